package io.leaddispatch.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.http.TransportException.Kind;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Retry;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One moment of trouble is one failure, however many calls it meets: a hold ends what waits in memory. */
class AddressFailuresTest {
    private static final int THREADS = 4;

    private final AddressFailures failures = new AddressFailures();

    @Test
    void callsThatFailAtOnceAreOneFailure() throws Exception {
        TransportException unknown = failure("https://contoso.crm4.dynamics.invalid", HttpClient.newHttpClient());
        assertThat(unknown.kind()).isEqualTo(Kind.UNKNOWN_HOST);
        assertThat(atOnce(unknown)).hasSize(THREADS).allMatch(result -> result instanceof Retry);
        assertThat(atOnce(unknown)).allMatch(result -> result instanceof Retry);
        assertThat(atOnce(unknown)).anyMatch(result -> result instanceof Pause);
        failures.answered();
        assertThat(atOnce(unknown)).allMatch(result -> result instanceof Retry);
    }

    /** What passes by itself is left to the lane, which pauses it for a while and ends nothing. */
    @Test
    void refusedAndMissingConnectionsNeverHold() throws Exception {
        TransportException refused = failure("https://localhost:1", HttpClient.newHttpClient());
        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        TransportException missing = failure("https://localhost:1", new NoConnection());
        assertThat(missing.kind()).isEqualTo(Kind.CONNECT_TIMEOUT);
        for (int i = 0; i < 5; i++) {
            assertThat(atOnce(refused)).allMatch(result -> result instanceof Retry);
            assertThat(atOnce(missing)).allMatch(result -> result instanceof Retry);
        }
    }

    private List<DeliveryResult> atOnce(TransportException failure) throws Exception {
        CyclicBarrier begun = new CyclicBarrier(THREADS);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<DeliveryResult>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                futures.add(pool.submit((Callable<DeliveryResult>) () -> {
                    int before = failures.counted();
                    begun.await();
                    return failures.failed(failure, before);
                }));
            }
            List<DeliveryResult> results = new ArrayList<>();
            for (Future<DeliveryResult> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static TransportException failure(String address, HttpClient client) {
        HttpTransport transport = new HttpTransport(() -> client, Clock.systemUTC(), "test", 100);
        return catchThrowableOfType(
                TransportException.class,
                () -> transport.exchange(
                        HttpCall.get(URI.create(address)), Instant.now().plusSeconds(20)));
    }
}
