package io.leaddispatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.http.TokenCache.Token;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant DEADLINE = START.plusSeconds(86_400);
    private static final Duration EARLY = Duration.ofSeconds(60);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MANY = 32;

    private final AtomicInteger fetches = new AtomicInteger();
    private volatile Instant now = START;
    private final Clock clock = moved();

    private Clock moved() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    private TokenCache<IOException> hourly() {
        return new TokenCache<>(
                (deadline, refused) -> new Token("t" + fetches.incrementAndGet(), now.plus(HOUR)), clock, EARLY);
    }

    private static <T> List<FutureTask<T>> atOnce(Callable<T> call) {
        List<FutureTask<T>> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            FutureTask<T> one = new FutureTask<>(call);
            Thread thread = new Thread(one);
            thread.setDaemon(true);
            thread.start();
            all.add(one);
        }
        return all;
    }

    @Test
    void aTokenIsFetchedOnceAndRenewedBeforeItsEnd() throws Exception {
        TokenCache<IOException> cache = hourly();
        assertThat(cache.get(DEADLINE).value()).isEqualTo("t1");
        now = START.plus(HOUR).minus(EARLY).minusMillis(1);
        assertThat(cache.get(DEADLINE).value()).isEqualTo("t1");
        now = START.plus(HOUR).minus(EARLY);
        assertThat(cache.get(DEADLINE).value()).isEqualTo("t2");
    }

    @Test
    void aTokenWithoutAnEndIsKeptUntilRefused() throws Exception {
        TokenCache<IOException> cache = new TokenCache<>(
                (deadline, refused) -> new Token("t" + fetches.incrementAndGet(), Instant.MAX), clock, EARLY);
        Token first = cache.get(DEADLINE);
        now = START.plus(Duration.ofDays(1000));
        assertThat(cache.get(Instant.MAX)).isSameAs(first);
        cache.refused(first);
        assertThat(cache.get(Instant.MAX).value()).isEqualTo("t2");
    }

    @Test
    void aTokenThatComesWithLittleTimeLeftIsUsedUntilItsEnd() throws Exception {
        TokenCache<IOException> cache = new TokenCache<>(
                (deadline, refused) -> new Token("t" + fetches.incrementAndGet(), now.plusSeconds(30)), clock, EARLY);
        cache.get(DEADLINE);
        now = START.plusSeconds(29);
        assertThat(cache.get(DEADLINE).value()).isEqualTo("t1");
        now = START.plusSeconds(30);
        assertThat(cache.get(DEADLINE).value()).isEqualTo("t2");
    }

    @Test
    void manyCallersOnAnEmptyCacheMakeOneFetch() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        TokenCache<IOException> cache = new TokenCache<>(
                (deadline, refused) -> {
                    go.await();
                    return new Token("t" + fetches.incrementAndGet(), now.plus(HOUR));
                },
                clock,
                EARLY);
        List<FutureTask<Token>> all = atOnce(() -> cache.get(DEADLINE));
        go.countDown();
        for (FutureTask<Token> one : all) {
            assertThat(one.get().value()).isEqualTo("t1");
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void manyRefusalsOfOneTokenMakeOneFetch() throws Exception {
        TokenCache<IOException> cache = hourly();
        Token old = cache.get(DEADLINE);
        List<FutureTask<Token>> all = atOnce(() -> {
            cache.refused(old);
            return cache.get(DEADLINE);
        });
        for (FutureTask<Token> one : all) {
            assertThat(one.get().value()).isEqualTo("t2");
        }
        cache.refused(old);
        assertThat(cache.get(DEADLINE).value()).isEqualTo("t2");
        assertThat(fetches).hasValue(2);
    }

    @Test
    void theSourceHearsWhichTokenWasRefused() throws Exception {
        List<Token> heard = new ArrayList<>();
        TokenCache<IOException> cache = new TokenCache<>(
                (deadline, refused) -> {
                    heard.add(refused);
                    return new Token("t" + fetches.incrementAndGet(), now.plus(HOUR));
                },
                clock,
                EARLY);
        Token first = cache.get(DEADLINE);
        cache.refused(first);
        cache.get(DEADLINE);
        assertThat(heard).containsExactly(null, first);
    }

    @Test
    void aFailureIsSharedByThoseWhoWaitAndForgottenSoon() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        TokenCache<IOException> cache = new TokenCache<>(
                (deadline, refused) -> {
                    go.await();
                    throw new IOException("no " + fetches.incrementAndGet());
                },
                clock,
                EARLY);
        List<FutureTask<Token>> all = atOnce(() -> cache.get(DEADLINE));
        go.countDown();
        for (FutureTask<Token> one : all) {
            assertThatThrownBy(one::get).isInstanceOf(ExecutionException.class).hasRootCauseMessage("no 1");
        }
        now = START.plus(TokenCache.FAILURE_KEPT).minusMillis(1);
        assertThatThrownBy(() -> cache.get(DEADLINE)).hasMessage("no 1");
        now = START.plus(TokenCache.FAILURE_KEPT);
        assertThatThrownBy(() -> cache.get(DEADLINE)).hasMessage("no 2");
    }

    @Test
    void aFaultOfTheSourceItselfIsSharedToo() {
        TokenCache<IOException> cache = new TokenCache<>(
                (deadline, refused) -> {
                    throw new IllegalStateException("no " + fetches.incrementAndGet());
                },
                clock,
                EARLY);
        assertThatThrownBy(() -> cache.get(DEADLINE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cache.get(DEADLINE)).hasMessage("no 1");
    }

    @Test
    void whoeverWaitsTooLongGetsNothing() throws Exception {
        CountDownLatch fetching = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        TokenCache<IOException> cache = new TokenCache<>(
                (deadline, refused) -> {
                    fetching.countDown();
                    go.await();
                    return new Token("t", now.plus(HOUR));
                },
                clock,
                EARLY);
        FutureTask<Token> first = new FutureTask<>(() -> cache.get(DEADLINE));
        new Thread(first).start();
        fetching.await();
        assertThat(cache.get(now.plusMillis(20))).isNull();
        assertThat(cache.get(now.minusSeconds(1))).isNull();
        go.countDown();
        assertThat(first.get().value()).isEqualTo("t");
    }

    @Test
    void anInterruptedFetchIsNobodyElsesFailure() throws Exception {
        CountDownLatch fetching = new CountDownLatch(1);
        TokenCache<IOException> cache = new TokenCache<>(
                (deadline, refused) -> {
                    if (fetches.incrementAndGet() == 1) {
                        fetching.countDown();
                        new CountDownLatch(1).await();
                    }
                    return new Token("t", now.plus(HOUR));
                },
                clock,
                EARLY);
        FutureTask<Token> first = new FutureTask<>(() -> cache.get(DEADLINE));
        Thread thread = new Thread(first);
        thread.start();
        fetching.await();
        thread.interrupt();
        assertThatThrownBy(first::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(cache.get(DEADLINE).value()).isEqualTo("t");
    }

    @Test
    void whileOneRenewsEarlyTheOthersGoOnWithTheOldToken() throws Exception {
        CountDownLatch renewing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        TokenCache<IOException> cache = new TokenCache<>(
                (deadline, refused) -> {
                    if (fetches.incrementAndGet() == 2) {
                        renewing.countDown();
                        go.await();
                    }
                    return new Token("t" + fetches.get(), now.plus(HOUR));
                },
                clock,
                EARLY);
        cache.get(DEADLINE);
        now = START.plus(HOUR).minusSeconds(30);
        FutureTask<Token> renewal = new FutureTask<>(() -> cache.get(DEADLINE));
        new Thread(renewal).start();
        renewing.await();
        assertThat(cache.get(DEADLINE).value()).isEqualTo("t1");
        go.countDown();
        assertThat(renewal.get().value()).isEqualTo("t2");
    }

    @Test
    void anEarlyRenewalThatFailsLeavesTheOldTokenUntilItsEnd() throws Exception {
        TokenCache<IOException> cache = new TokenCache<>(
                (deadline, refused) -> {
                    if (fetches.incrementAndGet() > 1) {
                        throw new IOException("no");
                    }
                    return new Token("t1", now.plus(HOUR));
                },
                clock,
                EARLY);
        cache.get(DEADLINE);
        now = START.plus(HOUR).minusSeconds(30);
        assertThat(cache.get(DEADLINE).value()).isEqualTo("t1");
        assertThat(cache.get(DEADLINE).value()).isEqualTo("t1");
        assertThat(fetches).hasValue(2);
        now = START.plus(HOUR);
        assertThatThrownBy(() -> cache.get(DEADLINE)).hasMessage("no");
    }

    @Test
    void aRefusedCallIsReplayedOnceWithANewToken() throws Exception {
        TokenCache<IOException> cache = hourly();
        List<String> used = new ArrayList<>();
        String answer = cache.call(
                DEADLINE,
                token -> {
                    used.add(token.value());
                    return token.value().equals("t1") ? "401" : "200";
                },
                "401"::equals);
        assertThat(answer).isEqualTo("200");
        assertThat(used).containsExactly("t1", "t2");
    }

    @Test
    void aSecondRefusalEndsIt() throws Exception {
        TokenCache<IOException> cache = hourly();
        List<String> used = new ArrayList<>();
        String answer = cache.call(
                DEADLINE,
                token -> {
                    used.add(token.value());
                    return "401";
                },
                "401"::equals);
        assertThat(answer).isEqualTo("401");
        assertThat(used).containsExactly("t1", "t2");
        assertThat(cache.get(DEADLINE).value()).isEqualTo("t3");
    }

    @Test
    void aTokenDoesNotPrint() {
        Token token = new Token("s3cret", START, URI.create("https://s3cret.example"));
        assertThat(token).hasToString("Token[***, expiresAt=2026-01-01T00:00:00Z]");
    }
}
