package io.leaddispatch.azuretable;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.TransportException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The SDK's HTTP client, made of core's transport: so a call has the bounds, proxy and certificates that all
 * destinations have, ends at its deadline, and can be interrupted. Safe for use by many threads.
 */
final class SdkTransport implements HttpClient {
    /** What the JDK or the transport sets itself. */
    private static final Set<String> NOT_OURS = Set.of("content-length", "host", "user-agent", "content-type");

    private final HttpTransport transport;

    SdkTransport(HttpTransport transport) {
        this.transport = transport;
    }

    /** Nobody calls it: all our calls are synchronous. */
    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.error(new UnsupportedOperationException("only synchronous calls"));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        Exchange exchange = Exchange.of(context);
        try {
            HttpAnswer answer = transport.exchange(call(request), exchange.deadline);
            exchange.answered(answer);
            return new SdkResponse(request, answer);
        } catch (TransportException e) {
            exchange.failed(e);
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            exchange.interrupted(e);
            throw new UncheckedIOException(new InterruptedIOException());
        }
    }

    private static HttpCall call(HttpRequest request) {
        HttpCall call = body(request, uri(request));
        for (HttpHeader header : request.getHeaders()) {
            if (!NOT_OURS.contains(header.getName().toLowerCase(Locale.ROOT))) {
                call = call.header(header.getName(), header.getValue());
            }
        }
        return call;
    }

    private static URI uri(HttpRequest request) {
        try {
            return request.getUrl().toURI();
        } catch (URISyntaxException e) { // its text quotes the address, which may hold a signature
            throw new UncheckedIOException(new IOException("the SDK made an address that is none"));
        }
    }

    private static HttpCall body(HttpRequest request, URI uri) {
        @Nullable String type = request.getHeaders().getValue(HttpHeaderName.CONTENT_TYPE);
        if (request.getBodyAsBinaryData() == null) {
            return type == null ? HttpCall.get(uri) : HttpCall.get(uri).header("Content-Type", type);
        }
        return HttpCall.of(
                request.getHttpMethod().toString(),
                uri,
                type == null ? "application/json" : type,
                request.getBodyAsBinaryData().toBytes());
    }
}
