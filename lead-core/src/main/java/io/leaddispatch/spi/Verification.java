package io.leaddispatch.spi;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Steps of a connection check, in order. Immutable.
 *
 * @param steps every step there is, also those that were not run because an earlier one failed
 */
public record Verification(List<Step> steps) {
    /** A destination without a check. */
    public static final Verification NOTHING_TO_CHECK = new Verification(List.of());

    /** Copies the steps. */
    public Verification {
        steps = List.copyOf(steps);
    }

    /** Whether no step failed and none was left out because of a failure. */
    public boolean passed() {
        return steps.stream().allMatch(step -> step.state() == State.PASSED);
    }

    /** How a step went. */
    public enum State {
        /** It went well. */
        PASSED,
        /** It failed; the step has a problem. */
        FAILED,
        /** An earlier step failed, so it was not tried. */
        NOT_RUN
    }

    /**
     * One step.
     *
     * @param what what was checked, a few words
     * @param state how it went
     * @param problem why it failed; null unless it did
     * @param advice what the operator should know although it passed, or null
     */
    public record Step(
            String what,
            State state,
            @Nullable Problem problem,
            @Nullable String advice) {
        /** Checks that a failed step, and only that, has a problem. */
        public Step {
            Objects.requireNonNull(what, "what");
            if ((state == State.FAILED) != (problem != null)) {
                throw new IllegalArgumentException("a failed step, and only that, has a problem");
            }
        }

        /** It went well. */
        public static Step passed(String what) {
            return new Step(what, State.PASSED, null, null);
        }

        /** It went well, and there is something to know. */
        public static Step passed(String what, String advice) {
            return new Step(what, State.PASSED, null, advice);
        }

        /** It failed. */
        public static Step failed(String what, Problem problem) {
            return new Step(what, State.FAILED, problem, null);
        }

        /** An earlier step failed. */
        public static Step notRun(String what) {
            return new Step(what, State.NOT_RUN, null, null);
        }
    }

    /**
     * What a check may do.
     *
     * @param testLead the lead to write, or null to write nothing
     */
    public record Probe(@Nullable Lead testLead) {}
}
