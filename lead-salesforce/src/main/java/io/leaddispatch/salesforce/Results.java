package io.leaddispatch.salesforce;

import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import org.jspecify.annotations.Nullable;

/** Reads results. */
final class Results {
    private Results() {}

    /** Why it is no delivery, or null if it is one. */
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
