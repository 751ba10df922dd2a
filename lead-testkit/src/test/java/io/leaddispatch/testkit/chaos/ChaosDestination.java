package io.leaddispatch.testkit.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.ProblemType;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Brings leads to a chaos vendor, and says of each what the answer says and nothing more. */
final class ChaosDestination implements LeadDestination {
    private static final ProblemType BAD = type("bad", Category.INVALID_LEAD);
    private static final ProblemType BUSY = type("busy", Category.TRANSIENT);
    private static final ProblemType THROTTLED = type("throttled", Category.THROTTLED);
    private static final ProblemType TOO_LARGE = type("too-large", Category.TRANSIENT);
    private static final ProblemType REFUSED = type("refused", Category.AUTH);
    private static final ProblemType LOST = type("lost", Category.OUTCOME_UNKNOWN);

    private final URI uri;
    private final Limits limits;
    private final HttpTransport transport;

    ChaosDestination(URI uri, Limits limits, HttpClient client) {
        this.uri = uri;
        this.limits = limits;
        this.transport = new HttpTransport(() -> client, Clock.systemUTC(), "chaos/1", 64 * 1024);
    }

    private static ProblemType type(String name, Category category) {
        return new ProblemType("chaos." + name, category, name, "It is a test.");
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public List<DeliveryResult> deliver(LeadBatch batch) throws InterruptedException {
        String ids = batch.leads().stream().map(lead -> lead.id().value()).collect(Collectors.joining("\n", "", "\n"));
        HttpCall call = HttpCall.post(uri, "text/plain", ids.getBytes(UTF_8));
        try {
            return read(batch, transport.exchange(call, batch.deadline()));
        } catch (TransportException e) {
            return DeliveryResult.all(
                    batch, e.notSent() ? new DeliveryResult.Retry(BUSY.problem(e.describe()), null) : lost());
        }
    }

    private DeliveryResult lost() {
        return limits.repeatSafe()
                ? new DeliveryResult.Retry(LOST.problem(), null)
                : new DeliveryResult.Unknown(LOST.problem());
    }

    private List<DeliveryResult> read(LeadBatch batch, HttpAnswer answer) {
        List<String> lines = answer.text().lines().toList();
        return switch (answer.status()) {
            case 200 ->
                answer.truncated() || lines.size() != batch.size()
                        ? DeliveryResult.all(batch, lost())
                        : lines.stream().map(this::read).toList();
            case 401 -> DeliveryResult.all(batch, new DeliveryResult.Pause(REFUSED.problem(), null));
            case 413 -> DeliveryResult.all(batch, new DeliveryResult.NotExecuted(TOO_LARGE.problem()));
            case 429 -> DeliveryResult.all(batch, new DeliveryResult.Pause(THROTTLED.problem(), until(answer)));
            default -> DeliveryResult.all(batch, new DeliveryResult.Retry(BUSY.problem(), null));
        };
    }

    private static Instant until(HttpAnswer answer) {
        String millis = Objects.requireNonNull(answer.header(ChaosCall.WAIT_MILLIS));
        return Instant.now().plusMillis(Long.parseLong(millis));
    }

    private DeliveryResult read(String word) {
        return switch (word) {
            case ChaosCall.STORED -> DeliveryResult.delivered(Confirmation.CREATED);
            case ChaosCall.KNOWN -> DeliveryResult.delivered(Confirmation.ALREADY_PRESENT);
            case ChaosCall.BAD -> new DeliveryResult.Rejected(BAD.problem());
            case ChaosCall.BUSY -> new DeliveryResult.Retry(BUSY.problem(), null);
            default -> lost();
        };
    }
}
