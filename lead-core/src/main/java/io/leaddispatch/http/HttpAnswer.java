package io.leaddispatch.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Experimental;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One answer; 4xx and 5xx are answers too. Immutable. It prints its status only. */
@Experimental
public final class HttpAnswer {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;
    private final boolean truncated;

    /**
     * An answer.
     *
     * @param body the bytes read, which must not be changed any more
     * @param truncated whether the body was longer and the rest was not read
     */
    public HttpAnswer(int status, HttpHeaders headers, byte[] body, boolean truncated) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.truncated = truncated;
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** The headers; names without regard to case. */
    public HttpHeaders headers() {
        return headers;
    }

    /** The bytes read, at most the transport's bound; not a copy. */
    public byte[] body() {
        return body;
    }

    /** Whether the body was longer than the transport's bound and the rest was not read. */
    public boolean truncated() {
        return truncated;
    }

    /** The first value of a header, or null. */
    public @Nullable String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, UTF_8);
    }

    /** Whether the status is 200 to 299. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether the content is said to be HTML: a login page or a proxy rather than an interface. */
    public boolean isHtml() {
        String type = header("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("text/html");
    }

    /** When the server wants to be asked again, or null if it does not say. */
    public @Nullable Instant retryAfter(Clock clock) {
        return RetryAfter.read(headers, clock.instant());
    }

    /** The status and the body's length. */
    @Override
    public String toString() {
        return "HttpAnswer[" + status + ", " + body.length + " bytes" + (truncated ? ", truncated" : "") + "]";
    }
}
