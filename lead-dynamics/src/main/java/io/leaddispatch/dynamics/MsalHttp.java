package io.leaddispatch.dynamics;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.Redaction;
import io.leaddispatch.http.TransportException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * MSAL's requests over our transport, for one sign-in: with its proxy, its TLS and its bounds. It remembers what came,
 * since MSAL's exceptions lose status and headers. Used by one thread.
 */
final class MsalHttp implements IHttpClient {
    /** MSAL logs the words of a refusal, which may name the user; it is {@link #last} that is read here. */
    private static final String REFUSED = "{\"error\":\"refused\",\"error_description\":\"see the problem's code\"}";

    private final HttpTransport transport;
    private final String authority;
    private final Instant deadline;

    @Nullable HttpAnswer last;

    @Nullable TransportException failure;

    boolean interrupted;

    /** Whether MSAL wanted to go elsewhere, as it does with a federated user's name and password. */
    boolean elsewhere;

    /** @param authority scheme, host and port of the only server that is asked, but for Microsoft's own sign-in hosts */
    MsalHttp(HttpTransport transport, String authority, Instant deadline) {
        this.transport = transport;
        this.authority = authority;
        this.deadline = deadline;
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws IOException {
        last = null;
        HttpCall call = call(request);
        if (!authority.equals(Redaction.origin(call.uri())) && !Clouds.isAuthority(call.uri())) {
            elsewhere = true;
            throw new IOException("not the authority");
        }
        try {
            HttpAnswer answer = transport.exchange(call, deadline);
            last = answer;
            HttpResponse response =
                    new HttpResponse().statusCode(answer.status()).body(answer.isSuccess() ? answer.text() : REFUSED);
            response.addHeaders(answer.headers().map());
            return response;
        } catch (TransportException e) {
            failure = e;
            throw e;
        } catch (InterruptedException e) { // MSAL would swallow it
            interrupted = true;
            throw new IOException("interrupted", e);
        }
    }

    private static HttpCall call(HttpRequest request) throws IOException {
        URI uri;
        try {
            uri = request.url().toURI();
        } catch (URISyntaxException e) {
            throw new IOException("not an address", e);
        }
        String body = request.body();
        HttpCall call = body == null || body.isEmpty()
                ? HttpCall.get(uri)
                : HttpCall.post(
                        uri, "application/x-www-form-urlencoded; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
        Map<String, String> headers = request.headers() == null ? Map.of() : request.headers();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            boolean given = header.getValue() != null && !header.getValue().isEmpty();
            if (given && !name.equals("content-type") && !name.equals("user-agent")) {
                call = call.header(header.getKey(), header.getValue());
            }
        }
        return call;
    }
}
