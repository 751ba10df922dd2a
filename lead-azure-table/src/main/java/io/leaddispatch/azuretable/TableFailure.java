package io.leaddispatch.azuretable;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The service answered and did not do what it was asked. Holds no text of the service, which may quote keys. */
final class TableFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String code;
    private final transient @Nullable Instant retryAfter;
    private final transient @Nullable Instant servedAt;
    private final int index;
    private final boolean ofRows;

    /**
     * A failed call.
     *
     * @param status of HTTP; of a transaction that of the part which failed
     * @param code the service's own, or null if it gave none
     * @param retryAfter when to ask again, or null
     * @param servedAt when that was, by the service's clock, or null
     * @param index which action of a transaction is to blame, or -1
     * @param ofRows whether it was asked to write rows, so that one of them may be to blame
     */
    TableFailure(
            int status,
            @Nullable String code,
            @Nullable Instant retryAfter,
            @Nullable Instant servedAt,
            int index,
            boolean ofRows) {
        super("HTTP " + status + (code == null ? "" : " " + code));
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
        this.servedAt = servedAt;
        this.index = index;
        this.ofRows = ofRows;
    }

    int status() {
        return status;
    }

    @Nullable String code() {
        return code;
    }

    @Nullable Instant retryAfter() {
        return retryAfter;
    }

    @Nullable Instant servedAt() {
        return servedAt;
    }

    boolean ofRows() {
        return ofRows;
    }

    int index() {
        return index;
    }

    boolean is(String otherCode) {
        return otherCode.equals(code);
    }

    /** For {@link io.leaddispatch.Problem#vendorCode()}. */
    String vendorCode() {
        return code == null ? "HTTP " + status : code;
    }
}
