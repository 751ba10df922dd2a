package io.leaddispatch.spi;

import io.leaddispatch.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of a {@link Verification} in order; after one that fails the others are reported as not run. Not safe
 * for use by many threads.
 */
public final class VerificationSteps {
    /** One step. */
    @FunctionalInterface
    public interface Check {
        /**
         * Runs it.
         *
         * @return why it failed, or null if it went well
         * @throws InterruptedException if interrupted; no further step is run then, and the check ends
         */
        @Nullable Problem run() throws InterruptedException;
    }

    private final List<Verification.Step> steps = new ArrayList<>();
    private boolean failed;

    /** No steps yet. */
    public VerificationSteps() {}

    /** Runs a step, unless an earlier one failed. */
    public VerificationSteps then(String what, Check check) throws InterruptedException {
        return then(what, null, check);
    }

    /**
     * Runs a step, unless an earlier one failed.
     *
     * @param advice what to know although it went well, or null
     */
    public VerificationSteps then(String what, @Nullable String advice, Check check) throws InterruptedException {
        Problem problem = failed ? null : check.run();
        if (failed) {
            steps.add(Verification.Step.notRun(what));
        } else if (problem != null) {
            steps.add(Verification.Step.failed(what, problem));
            failed = true;
        } else {
            steps.add(advice == null ? Verification.Step.passed(what) : Verification.Step.passed(what, advice));
        }
        return this;
    }

    /** All steps so far. */
    public Verification verification() {
        return new Verification(steps);
    }
}
