package io.leaddispatch.salesforce;

import io.leaddispatch.spi.DeliveryResult;
import java.io.IOException;

/** Something that a write needs failed before anything was written; says what that means for every lead of the call. */
final class NotWrittenException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient DeliveryResult result;

    NotWrittenException(DeliveryResult result) {
        super(result.getClass().getSimpleName());
        this.result = result;
    }

    DeliveryResult result() {
        return result;
    }
}
