package io.leaddispatch.azuretable;

import com.azure.core.util.Context;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.TransportException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * One call through the SDK, as seen below it. The SDK's exceptions of different methods are of different types and some
 * have lost the answer, so what is true of a call is what came over the wire. Used by one thread.
 */
final class Exchange {
    private static final String KEY = "io.leaddispatch.exchange";

    final Instant deadline;

    /** Whether it writes rows. */
    final boolean ofRows;

    private @Nullable HttpAnswer answer;
    private @Nullable TransportException failure;
    private @Nullable InterruptedException interruption;

    Exchange(Instant deadline, boolean ofRows) {
        this.deadline = deadline;
        this.ofRows = ofRows;
    }

    Context context() {
        return new Context(KEY, this);
    }

    static Exchange of(Context context) {
        return (Exchange) context.getData(KEY)
                .orElseThrow(() -> new IllegalStateException("a call of the SDK that we did not make"));
    }

    void answered(HttpAnswer received) {
        answer = received;
    }

    void failed(TransportException thrown) {
        failure = thrown;
    }

    void interrupted(InterruptedException thrown) {
        interruption = thrown;
    }

    /** The last answer, or null. */
    @Nullable HttpAnswer answer() {
        return answer;
    }

    /** When the service answered, by its own clock and in whole seconds; null if it did not say. */
    @Nullable Instant date() {
        String date = answer == null ? null : answer.header("Date");
        try {
            return date == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Throws why there is no answer, if there is none. */
    void throwIfUnanswered() throws TransportException, InterruptedException {
        if (interruption != null) {
            throw interruption;
        }
        if (failure != null) {
            throw failure;
        }
    }
}
