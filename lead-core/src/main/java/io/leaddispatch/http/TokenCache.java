package io.leaddispatch.http;

import io.leaddispatch.Experimental;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one token and fetches the next, one request at a time whatever the concurrency.
 *
 * <p>A token is renewed before its end by one caller, while the others go on with it; if that fails it is used until
 * its end. Those who wait for a fetch share its token or its failure; a failure is kept for {@link #FAILURE_KEPT}, so
 * that a queue of callers does not become a queue of log-ins. Safe for use by many threads.
 *
 * @param <E> what a fetch, and a call with a token, may throw
 */
@Experimental
public final class TokenCache<E extends Exception> {
    /** How long a failed fetch is answered to others instead of being repeated. */
    public static final Duration FAILURE_KEPT = Duration.ofSeconds(1);

    /**
     * A token and when it ends.
     *
     * @param value the token itself, a secret
     * @param expiresAt when the server stops taking it; {@link Instant#MAX} if it does not say
     * @param server where it is to be used, if the answer that brought it said so
     */
    public record Token(
            String value, Instant expiresAt, @Nullable URI server) {
        /** Checks that value and end are there. */
        public Token {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(expiresAt, "expiresAt");
        }

        /** A token that is used where the settings say. */
        public Token(String value, Instant expiresAt) {
            this(value, expiresAt, null);
        }

        /** Never the value. */
        @Override
        public String toString() {
            return "Token[***, expiresAt=" + expiresAt + "]";
        }
    }

    /**
     * Fetches a token.
     *
     * @param <E> what it may throw
     */
    @FunctionalInterface
    public interface Source<E extends Exception> {
        /**
         * A new token, by that deadline.
         *
         * @param refused the token that the server refused last, if any: a cache further down must not give it again
         * @throws E if there is none to be had; callers of the next {@link #FAILURE_KEPT} get it too
         * @throws InterruptedException if interrupted; that is not kept
         */
        Token fetch(Instant deadline, @Nullable Token refused) throws E, InterruptedException;
    }

    /**
     * A call that needs a token.
     *
     * @param <R> its answer
     * @param <E> what it may throw
     */
    @FunctionalInterface
    public interface Call<R, E extends Exception> {
        /** Calls with this token. */
        R with(Token token) throws E, InterruptedException;
    }

    private record Kept(Token token, Instant renewAt) {}

    private record Failed(Exception failure, Instant until) {}

    private final Source<E> source;
    private final Clock clock;
    private final Duration early;
    private final ReentrantLock fetching = new ReentrantLock();
    private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();
    private volatile @Nullable Token lastRefused;
    private @Nullable Failed failed;

    /**
     * An empty cache.
     *
     * @param early how long before its end a token is renewed; not negative. A token that comes with less than that is
     *     used until its end
     */
    public TokenCache(Source<E> source, Clock clock, Duration early) {
        this.source = Objects.requireNonNull(source, "source");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.early = Objects.requireNonNull(early, "early");
    }

    /**
     * A token that is good now, fetched if need be.
     *
     * @return null if another thread's fetch did not end by the deadline
     * @throws E as the fetch did, now or at most {@link #FAILURE_KEPT} ago
     * @throws InterruptedException if interrupted while waiting or fetching
     */
    public @Nullable Token get(Instant deadline) throws E, InterruptedException {
        Instant now = clock.instant();
        Kept old = kept.get();
        if (old != null && now.isBefore(old.renewAt())) {
            return old.token();
        }
        boolean usable = old != null && now.isBefore(old.token().expiresAt());
        if (usable ? !fetching.tryLock() : !fetching.tryLock(nanos(now, deadline), TimeUnit.NANOSECONDS)) {
            return usable ? Objects.requireNonNull(old).token() : null;
        }
        try {
            return renewed(deadline);
        } finally {
            fetching.unlock();
        }
    }

    private static long nanos(Instant now, Instant deadline) {
        Duration day = Duration.ofDays(1);
        return deadline.isAfter(now.plus(day))
                ? day.toNanos()
                : Math.max(0, Duration.between(now, deadline).toNanos());
    }

    private Token renewed(Instant deadline) throws E, InterruptedException {
        Instant now = clock.instant();
        Kept old = kept.get();
        if (old != null && now.isBefore(old.renewAt())) {
            return old.token();
        }
        boolean usable = old != null && now.isBefore(old.token().expiresAt());
        Failed before = failed;
        if (before != null && now.isBefore(before.until())) {
            if (usable) {
                return Objects.requireNonNull(old).token();
            }
            throw asDeclared(before.failure());
        }
        try {
            Token fresh = source.fetch(deadline, lastRefused);
            failed = null;
            kept.set(new Kept(fresh, renewAt(fresh)));
            return fresh;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // whatever it was, those who wait shall not each run into it
            failed = new Failed(e, clock.instant().plus(FAILURE_KEPT));
            if (usable) {
                return Objects.requireNonNull(old).token();
            }
            throw e;
        }
    }

    private Instant renewAt(Token fresh) {
        Instant end = fresh.expiresAt();
        Instant now = clock.instant();
        return end.equals(Instant.MAX) || !end.isAfter(now.plus(early)) ? end : end.minus(early);
    }

    /** A fetch declares nothing but E, and what is unchecked passes as it is. */
    @SuppressWarnings("unchecked")
    private E asDeclared(Exception failure) {
        return (E) failure;
    }

    /** The server refused this token; the next {@link #get} fetches, unless somebody did already. */
    public void refused(Token refused) {
        Kept current = kept.get();
        if (current != null && refused.equals(current.token()) && kept.compareAndSet(current, null)) {
            lastRefused = refused;
        }
    }

    /**
     * Calls with a token and, if the server refuses it, once more with a new one; never a third time.
     *
     * @param refuses whether an answer refuses the token, which proves that nothing was executed
     * @return the last answer, or null if no token came by the deadline
     * @throws E as the fetch or the call did
     */
    public <R> @Nullable R call(Instant deadline, Call<R, E> call, Predicate<R> refuses)
            throws E, InterruptedException {
        Token token = get(deadline);
        if (token == null) {
            return null;
        }
        R answer = call.with(token);
        if (!refuses.test(answer)) {
            return answer;
        }
        refused(token);
        Token next = get(deadline);
        if (next == null) {
            return null;
        }
        R second = call.with(next);
        if (refuses.test(second)) {
            refused(next);
        }
        return second;
    }
}
