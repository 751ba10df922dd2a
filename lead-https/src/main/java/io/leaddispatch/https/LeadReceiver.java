package io.leaddispatch.https;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.leaddispatch.InvalidLeadException;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadParseException;
import io.leaddispatch.Problem;
import io.leaddispatch.Secret;
import io.leaddispatch.json.LeadJson;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front door: takes leads as the marketplace posts them, hands them to a sink that keeps them, and only then answers
 * 2xx. What it refuses it refuses without repeating a word of it.
 *
 * <p>By default bodies have up to 256 KiB and 30 seconds, and nobody needs a key. For any framework by {@link #receive}, for the JDK's
 * HttpServer by {@link #handler}. Immutable; safe for use by many threads.
 *
 * @see <a href="https://learn.microsoft.com/partner-center/referrals/commercial-marketplace-lead-management-instructions-https">
 *     Use an HTTPS endpoint to manage leads</a>
 */
public final class LeadReceiver {
    /** The most bytes of a body unless set. */
    public static final int DEFAULT_MOST_BYTES = 256 * 1024;

    /** The longest that a body may take to arrive unless set. */
    public static final Duration DEFAULT_MOST_TIME = Duration.ofSeconds(30);

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Logger LOG = LoggerFactory.getLogger("io.leaddispatch.https");

    /** Where leads are kept; returns when the lead is safe. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Keeps the lead: it is safe when this returns.
         *
         * @throws Exception if it is not; the sender is told to repeat it
         */
        void keep(Lead lead) throws Exception;
    }

    /**
     * What to answer.
     *
     * @param status the status
     * @param text a sentence for people, with nothing of the request in it
     */
    public record Reply(int status, String text) {}

    private final Sink sink;
    private final @Nullable Secret key;
    private final List<Secret> webhookSecrets;
    private final int mostBytes;
    private final Duration mostTime;
    private final Clock clock;

    private LeadReceiver(
            Sink sink,
            @Nullable Secret key,
            List<Secret> webhookSecrets,
            int mostBytes,
            Duration mostTime,
            Clock clock) {
        this.sink = sink;
        this.key = key;
        this.webhookSecrets = List.copyOf(webhookSecrets);
        this.mostBytes = mostBytes;
        this.mostTime = mostTime;
        this.clock = clock;
    }

    /** A receiver that lets everybody in. */
    public static LeadReceiver into(Sink sink) {
        return new LeadReceiver(
                Objects.requireNonNull(sink, "sink"),
                null,
                List.of(),
                DEFAULT_MOST_BYTES,
                DEFAULT_MOST_TIME,
                Clock.systemUTC());
    }

    /** Only for senders whose URL has that key as its parameter {@code key}, as in {@code /leads?key=...}. */
    public LeadReceiver withKey(Secret newKey) {
        return new LeadReceiver(
                sink, Objects.requireNonNull(newKey, "key"), webhookSecrets, mostBytes, mostTime, clock);
    }

    /**
     * Only for requests with a signature of Standard Webhooks under one of these secrets, at most 5 minutes old.
     *
     * @param secrets each {@code whsec_} and Base64 of 24 to 64 bytes; at least one
     * @throws IllegalArgumentException if there is none, or one of another form
     */
    public LeadReceiver withWebhookSecrets(List<Secret> secrets) {
        if (secrets.isEmpty() || !secrets.stream().allMatch(one -> WebhookSignature.isSecret(one.reveal()))) {
            throw new IllegalArgumentException("needs secrets of the form whsec_ and Base64 of 24 to 64 bytes");
        }
        return new LeadReceiver(sink, key, secrets, mostBytes, mostTime, clock);
    }

    /** With bodies of at most so many bytes, at least 1. */
    public LeadReceiver withMostBytes(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("mostBytes must be at least 1: " + bytes);
        }
        return new LeadReceiver(sink, key, webhookSecrets, bytes, mostTime, clock);
    }

    /**
     * With bodies that arrive within that time, more than none and at most a day. It bounds what {@link #handler} reads;
     * whoever calls {@link #receive} has read the body, and bounds that.
     */
    public LeadReceiver withMostTime(Duration time) {
        if (time.isZero() || time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("mostTime must be more than none and at most a day: " + time);
        }
        return new LeadReceiver(sink, key, webhookSecrets, mostBytes, time, clock);
    }

    /** With this clock for the age of signatures. */
    public LeadReceiver withClock(Clock other) {
        return new LeadReceiver(sink, key, webhookSecrets, mostBytes, mostTime, Objects.requireNonNull(other, "clock"));
    }

    /** The most bytes of a body that are worth reading: more than that are refused. */
    public int mostBytes() {
        return mostBytes;
    }

    /**
     * Answers one request.
     *
     * @param method e.g. {@code POST}
     * @param query the raw query of the URL, or null
     * @param headers by name, in any case
     * @param body the whole body, or its first {@link #mostBytes} and one more
     */
    public Reply receive(String method, @Nullable String query, Map<String, List<String>> headers, byte[] body) {
        Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> {
            if (name != null) {
                byName.put(name, values);
            }
        });
        try {
            Reply refused = refuse(method, query, byName, body);
            return refused != null ? refused : keep(body);
        } catch (RuntimeException e) { // a secret's source is the host's code
            return notStored(e);
        }
    }

    private @Nullable Reply refuse(
            String method, @Nullable String query, Map<String, List<String>> headers, byte[] body) {
        if (!method.equals("POST")) {
            return new Reply(405, "Leads are posted.");
        }
        if (key != null && !UrlKey.isIn(query, key.reveal())) {
            return new Reply(401, "The key in the URL is missing or wrong.");
        }
        if (body.length > mostBytes) {
            return new Reply(413, "A lead has at most " + mostBytes + " bytes here.");
        }
        if (!isJson(first(headers, "Content-Type"))) {
            return new Reply(415, "A lead is sent as application/json.");
        }
        if (!webhookSecrets.isEmpty() && !isSigned(headers, body)) {
            return new Reply(401, "The signature is missing or wrong, or older than 5 minutes.");
        }
        return null;
    }

    /** What the marketplace names its body is not documented: only what is certainly something else is refused. */
    private static boolean isJson(@Nullable String type) {
        String lower = type == null ? "" : type.toLowerCase(Locale.ROOT).strip();
        return lower.isEmpty() || lower.contains("json") || lower.startsWith("text/plain");
    }

    private boolean isSigned(Map<String, List<String>> headers, byte[] body) {
        return WebhookCheck.accepts(
                webhookSecrets.stream().map(Secret::reveal).toList(),
                first(headers, "webhook-id"),
                first(headers, "webhook-timestamp"),
                first(headers, "webhook-signature"),
                body,
                clock.instant());
    }

    private static @Nullable String first(Map<String, List<String>> headers, String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    private Reply keep(byte[] body) {
        Lead lead;
        try {
            lead = LeadJson.read(body);
        } catch (LeadParseException e) { // says where, never what
            return new Reply(400, "This is not a lead: " + e.getMessage());
        } catch (InvalidLeadException e) {
            return new Reply(422, "This lead breaks a rule: " + e.getMessage());
        }
        try {
            sink.keep(lead);
            return new Reply(202, "The lead is stored.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply(503, "The lead was not stored. Send it again.");
        } catch (Exception e) { // the host's code: whatever it is, the lead is not safe
            return notStored(e);
        }
    }

    private static Reply notStored(Exception e) {
        Problem problem = HttpsProblems.NOT_STORED.problem(e.getClass().getName());
        LOG.warn("front door [{}]: {}. {}", problem.code(), problem.cause(), problem.remedy());
        return new Reply(503, "The lead was not stored. Send it again.");
    }

    /**
     * For a context of the JDK's HttpServer. A body that does not arrive in time is answered 408, and a sender that falls
     * silent is cut off. For what comes before it, the headers, the server has a bound of its own: the system property
     * {@code sun.net.httpserver.maxReqTime}, in seconds.
     */
    public HttpHandler handler() {
        return this::handle;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (TimedBody timed = new TimedBody(mostTime);
                exchange) {
            byte[] body = timed.read(exchange.getRequestBody(), mostBytes + 1);
            if (body == null) {
                exchange.sendResponseHeaders(408, -1); // with a text it would wait for the rest
                return;
            }
            Headers headers = exchange.getRequestHeaders();
            Reply reply = receive(
                    exchange.getRequestMethod(), exchange.getRequestURI().getRawQuery(), headers, body);
            byte[] text = (reply.text + "\n").getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            if (reply.status == 503) {
                exchange.getResponseHeaders().set("Retry-After", "10");
            } else if (reply.status == 405) {
                exchange.getResponseHeaders().set("Allow", "POST");
            }
            exchange.sendResponseHeaders(reply.status, text.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(text);
            }
        }
    }
}
