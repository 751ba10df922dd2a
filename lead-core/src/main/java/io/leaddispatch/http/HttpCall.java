package io.leaddispatch.http;

import io.leaddispatch.Experimental;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request. Immutable; each change makes a new one. It never prints its path, query, header values or body, since
 * any of them may hold a secret or personal data.
 */
@Experimental
public final class HttpCall {
    private final String method;
    private final URI uri;
    private final List<Map.Entry<String, String>> headers;
    private final byte @Nullable [] body;

    private HttpCall(String method, URI uri, List<Map.Entry<String, String>> headers, byte @Nullable [] body) {
        Objects.requireNonNull(uri, "uri");
        if (uri.getHost() == null || !isHttp(uri.getScheme())) { // the JDK's own refusal quotes the whole address
            throw new IllegalArgumentException("the address has no host or is neither https nor http");
        }
        this.method = method;
        this.uri = uri;
        this.headers = headers;
        this.body = body;
    }

    private static boolean isHttp(@Nullable String scheme) {
        return "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
    }

    /**
     * A request without a body.
     *
     * @throws IllegalArgumentException if the address has no host or is neither https nor http; it is not quoted
     */
    public static HttpCall get(URI uri) {
        return new HttpCall("GET", uri, List.of(), null);
    }

    /** A request with these bytes, which are sent as they are and must not be changed any more. */
    public static HttpCall post(URI uri, String contentType, byte[] body) {
        return of("POST", uri, contentType, body);
    }

    /** As {@link #post} with any method. */
    public static HttpCall of(String method, URI uri, String contentType, byte[] body) {
        return new HttpCall(method, uri, List.of(), body).header("Content-Type", contentType);
    }

    /**
     * This request with one more header.
     *
     * @throws IllegalArgumentException if the name is no token or the value is not printable ASCII; the value is not
     *     quoted
     */
    public HttpCall header(String name, String value) {
        HttpHeaderRules.check(name, value);
        List<Map.Entry<String, String>> more = new ArrayList<>(headers.size() + 1);
        more.addAll(headers);
        more.add(Map.entry(name, value));
        return new HttpCall(method, uri, Collections.unmodifiableList(more), body);
    }

    /** The method. */
    public String method() {
        return method;
    }

    /** The address, which may hold a secret. */
    public URI uri() {
        return uri;
    }

    /** Names and values in order; the values may hold secrets. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** The bytes to send, or null; not a copy. */
    public byte @Nullable [] body() {
        return body;
    }

    /** Method, scheme and host, header names and the body's length; no value. */
    @Override
    public String toString() {
        return method + " " + Redaction.origin(uri) + " "
                + headers.stream().map(Map.Entry::getKey).toList() + " "
                + (body == null ? 0 : body.length) + " bytes";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HttpCall that
                && method.equals(that.method)
                && uri.equals(that.uri)
                && headers.equals(that.headers)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return Objects.hash(method, uri, headers, Arrays.hashCode(body));
    }
}
