package io.leaddispatch.dynamics;

import io.leaddispatch.spi.DeliveryResult;
import java.io.IOException;

/** No token: nothing was sent to Dynamics. Carries what follows for the leads; the message is the problem's code. */
final class SignInException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient DeliveryResult result;

    SignInException(DeliveryResult result) {
        super(String.valueOf(Results.problem(result)));
        this.result = result;
    }

    DeliveryResult result() {
        return result;
    }
}
