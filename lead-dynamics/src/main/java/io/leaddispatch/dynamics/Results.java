package io.leaddispatch.dynamics;

import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import org.jspecify.annotations.Nullable;

/** What results have in common. */
final class Results {
    private Results() {}

    /** Why, or null if the lead was delivered. */
    static @Nullable Problem problem(DeliveryResult result) {
        if (result instanceof DeliveryResult.Rejected rejected) {
            return rejected.problem();
        }
        if (result instanceof DeliveryResult.Retry retry) {
            return retry.problem();
        }
        if (result instanceof DeliveryResult.Pause pause) {
            return pause.problem();
        }
        if (result instanceof DeliveryResult.NotExecuted not) {
            return not.problem();
        }
        return result instanceof DeliveryResult.Unknown unknown ? unknown.problem() : null;
    }
}
