package io.leaddispatch.https;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.http.EndpointRules;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.Redaction;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.http.TransportException.Kind;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.spi.Verification;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts one lead per call. A repeat carries the same {@code webhook-id}, by which receivers tell it. */
final class HttpsDestination implements LeadDestination {
    private static final Logger LOG = LoggerFactory.getLogger(HttpsDestination.class);
    private static final int UNAUTHORIZED = 401;
    private static final URI NOWHERE = URI.create("https://localhost/");
    private static final Set<String> OPEN_HEADERS =
            Set.of("Content-Type", "Accept", "User-Agent", "webhook-id", "webhook-timestamp", "Idempotency-Key");

    private final String name;
    private final String userAgent;
    private final LeadRequest request;
    private final HttpTransport transport;
    private final Supplier<HttpClient> client;
    private final HttpsAnswers answers;
    private final Streaks streaks;
    private final Clock clock;
    private final Limits limits;
    private final boolean refuseNonPublic;
    private final AtomicBoolean saidHtml = new AtomicBoolean();

    HttpsDestination(
            String name,
            String userAgent,
            LeadRequest request,
            HttpTransport transport,
            Supplier<HttpClient> client,
            HttpsAnswers answers,
            Streaks streaks,
            Clock clock,
            Limits limits,
            boolean refuseNonPublic) {
        this.name = name;
        this.userAgent = userAgent;
        this.request = request;
        this.transport = transport;
        this.client = client;
        this.answers = answers;
        this.streaks = streaks;
        this.clock = clock;
        this.limits = limits;
        this.refuseNonPublic = refuseNonPublic;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public List<DeliveryResult> deliver(LeadBatch batch) throws InterruptedException {
        return List.of(deliver(batch.only(), batch.deadline()));
    }

    DeliveryResult deliver(Lead lead, Instant deadline) throws InterruptedException {
        int begun = streaks.begun();
        try {
            if (refuses(request.uri().getHost())) {
                return new DeliveryResult.Pause(HttpsProblems.NOT_PUBLIC.problem(), null);
            }
            List<String> before = request.secrets();
            HttpAnswer answer = post(lead, deadline);
            if (answer.status() == UNAUTHORIZED && !request.secrets().equals(before)) {
                answer = post(lead, deadline);
            }
            DeliveryResult result = answers.read(answer);
            if (result instanceof DeliveryResult.Delivered && answer.isHtml() && !saidHtml.getAndSet(true)) {
                Problem problem = HttpsProblems.HTML_ANSWER.problem();
                LOG.warn("{} [{}]: {}. {}", name, problem.code(), problem.cause(), problem.remedy());
            }
            return streaks.answered(result);
        } catch (UnusableSecretException e) {
            return new DeliveryResult.Pause(HttpsProblems.SECRET_UNUSABLE.problem(e.setting()), null);
        } catch (UnknownHostException e) {
            return streaks.failed(begun, Kind.UNKNOWN_HOST, new DeliveryResult.Retry(unknownHost(), null));
        } catch (TransportException e) {
            return streaks.failed(begun, e.kind(), HttpsAnswers.read(e));
        }
    }

    static Problem unknownHost() {
        return HttpsProblems.UNREACHABLE.problem("the host name has no address");
    }

    /** Whether the host must not get leads because one of its addresses is not public. */
    boolean refuses(String host) throws UnknownHostException {
        return refuseNonPublic && EndpointRules.nonPublicAddress(host);
    }

    private HttpAnswer post(Lead lead, Instant deadline)
            throws TransportException, UnusableSecretException, InterruptedException {
        return transport.exchange(request.of(lead, clock.instant()), deadline);
    }

    @Override
    public Verification verify(Verification.Probe probe) throws UnusableSecretException, InterruptedException {
        List<String> unusable =
                request.faults().stream().map(UnusableSecretException::setting).toList();
        URI uri = unusable.isEmpty() ? request.uri() : NOWHERE;
        return new HttpsVerification(this, uri, client.get()).run(unusable, probe);
    }

    /** The end of a call that begins now. */
    Instant deadline() {
        return clock.instant().plus(limits.callTimeout());
    }

    /** Method, host, header names and body: header values and the address's path may be keys. */
    @Override
    public String preview(Lead lead) {
        HttpCall call;
        try {
            call = request.of(lead, clock.instant());
        } catch (UnusableSecretException e) {
            return "(no request can be made: " + e.getMessage() + ")";
        }
        StringBuilder text = new StringBuilder(256);
        text.append(call.method()).append(' ').append(Redaction.origin(call.uri()));
        text.append("/***\n").append("User-Agent: ").append(userAgent).append('\n');
        for (Map.Entry<String, String> header : call.headers()) {
            boolean open = OPEN_HEADERS.contains(header.getKey());
            text.append(header.getKey()).append(": ").append(open ? header.getValue() : "***");
            text.append('\n');
        }
        byte[] body = call.body();
        return text.append('\n')
                .append(body == null ? "" : new String(body, UTF_8))
                .toString();
    }

    /** The destination's name. */
    @Override
    public String toString() {
        return "HttpsDestination[" + name + "]";
    }
}
