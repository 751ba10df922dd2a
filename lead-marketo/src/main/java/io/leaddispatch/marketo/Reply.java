package io.leaddispatch.marketo;

import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.TransportException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of one call.
 *
 * @param sentAt when it was begun
 * @param http the answer, or null if there was none
 * @param envelope what was in it, or null if that was not JSON
 * @param failure why there was no answer, or null
 */
record Reply(
        Instant sentAt,
        @Nullable HttpAnswer http,
        @Nullable Envelope envelope,
        @Nullable TransportException failure) {
    static Reply of(Instant sentAt, HttpAnswer answer) {
        return new Reply(sentAt, answer, answer.truncated() ? null : Envelope.parse(answer.body()), null);
    }

    static Reply of(Instant sentAt, TransportException failure) {
        return new Reply(sentAt, null, null, failure);
    }

    /** Whether the token was refused, which proves that nothing was executed: 601 and 602 come with HTTP 200. */
    boolean refusesToken() {
        if (http != null && http.status() == 401) {
            return true;
        }
        return envelope != null
                && envelope.failed()
                && !envelope.errors().isEmpty()
                && MarketoCodes.of(envelope.errors(), "").verdict().action() == MarketoCodes.Action.RENEW;
    }
}
