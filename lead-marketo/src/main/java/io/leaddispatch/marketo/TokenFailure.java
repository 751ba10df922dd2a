package io.leaddispatch.marketo;

import io.leaddispatch.Problem;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** There is no token, so nothing was sent. Without a stack: it is kept and thrown again to those who waited. */
final class TokenFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Where it went wrong, for the connection check. */
    enum Stage {
        ADDRESS,
        TOKEN
    }

    private final transient DeliveryResult result;
    private final transient Problem problem;
    private final Stage stage;

    private TokenFailure(DeliveryResult result, Problem problem, Stage stage, @Nullable TransportException cause) {
        super(problem.code(), cause, false, false);
        this.result = result;
        this.problem = problem;
        this.stage = stage;
    }

    static TokenFailure hold(Problem problem, Stage stage) {
        return new TokenFailure(new DeliveryResult.Pause(problem, null), problem, stage, null);
    }

    static TokenFailure pause(Problem problem, Instant until) {
        return new TokenFailure(new DeliveryResult.Pause(problem, until), problem, Stage.TOKEN, null);
    }

    static TokenFailure retry(Problem problem, Stage stage, @Nullable Instant notBefore) {
        return new TokenFailure(new DeliveryResult.Retry(problem, notBefore), problem, stage, null);
    }

    static TokenFailure unreachable(TransportException failure) {
        Problem problem = MarketoProblems.UNREACHABLE.problem(failure.describe());
        return new TokenFailure(new DeliveryResult.Retry(problem, null), problem, Stage.ADDRESS, failure);
    }

    /** What kept the identity service from being reached, or null. */
    @Nullable TransportException transport() {
        return getCause() instanceof TransportException failure ? failure : null;
    }

    DeliveryResult result() {
        return result;
    }

    Problem problem() {
        return problem;
    }

    Stage stage() {
        return stage;
    }
}
