package io.leaddispatch.http;

import io.leaddispatch.Experimental;
import io.leaddispatch.http.TransportException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Tells a wrong address from passing trouble: a host that is unknown, or shows no certificate that we trust, three times in
 * a row. What many calls see of one failure is one failure, since a hold ends what waits in memory; connections that are
 * refused or do not come about pass by themselves.
 *
 * <p>Safe for use by many threads.
 */
@Experimental
public final class AddressFailures {
    private static final int MOST = 3;

    private volatile int inARow;
    private int counted;
    private @Nullable TransportException last;

    /** None so far. */
    public AddressFailures() {}

    /** A call begins: what this says is told with its failure. */
    public synchronized int begun() {
        return counted;
    }

    /** Something answered there. */
    public void answered() {
        if (inARow != 0) { // mostly there is nothing to end
            synchronized (this) {
                inARow = 0;
            }
        }
    }

    /**
     * Whether the address must be wrong, now that this call failed too.
     *
     * @param begun what {@link #begun} said when it began
     * @param failure as the transport threw it; one that several calls were given counts once
     */
    public synchronized boolean isWrong(int begun, TransportException failure) {
        boolean known = failure.equals(last);
        last = failure;
        return isWrong(known ? counted - 1 : begun, failure.kind());
    }

    /**
     * Whether the address must be wrong, now that this call failed too.
     *
     * @param begun what {@link #begun} said when it began
     */
    public synchronized boolean isWrong(int begun, Kind kind) {
        if (kind != Kind.TLS && kind != Kind.UNKNOWN_HOST) {
            inARow = 0;
            return false;
        }
        if (begun == counted) {
            counted++;
            inARow++;
        }
        return inARow >= MOST;
    }
}
