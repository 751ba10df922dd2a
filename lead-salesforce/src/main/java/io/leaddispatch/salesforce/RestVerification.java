package io.leaddispatch.salesforce;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.spi.Verification.Step;
import io.leaddispatch.spi.VerificationSteps;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Logs in, asks the org for the fields of Lead, compares them with the mapping, and writes the test lead. */
record RestVerification(
        RestDestination destination,
        Session session,
        Schema schema,
        FieldAdvice advice,
        String loginHost,
        Instant deadline) {

    private interface Attempt {
        void run() throws IOException, InterruptedException;
    }

    Verification run(Verification.Probe probe) throws InterruptedException {
        AtomicReference<@Nullable LeadFields> found = new AtomicReference<>();
        VerificationSteps steps = new VerificationSteps()
                .then("log in at " + loginHost, () -> tried(() -> session.logIn(deadline)))
                .then("read the fields of Lead", () -> tried(() -> found.set(schema.describe(deadline))))
                .then("find every mapped field", () -> {
                    LeadFields fields = found.get();
                    return fields == null ? null : schema.faultOf(fields);
                });
        Lead testLead = probe.testLead();
        if (testLead != null) {
            steps.then("deliver the test lead", "look for lead " + testLead.id() + " there", () -> deliver(testLead));
        }
        List<Step> all = new ArrayList<>(steps.verification().steps());
        LeadFields fields = found.get();
        if (fields != null) {
            advice.of(fields).forEach(text -> all.add(Step.passed("look at the fields of Lead", text)));
        }
        return new Verification(all);
    }

    private static @Nullable Problem tried(Attempt step) throws InterruptedException {
        try {
            step.run();
            return null;
        } catch (NotWrittenException e) {
            return Results.problem(e.result());
        } catch (IOException e) {
            return SalesforceProblems.UNREACHABLE.problem(e.getClass().getSimpleName());
        }
    }

    private @Nullable Problem deliver(Lead testLead) throws InterruptedException {
        try {
            return Results.problem(destination
                    .deliver(new LeadBatch(List.of(testLead), deadline, false))
                    .get(0));
        } catch (IOException e) {
            return SalesforceProblems.UNREACHABLE.problem(e.getClass().getSimpleName());
        }
    }
}
