package io.leaddispatch.azuretable;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import io.leaddispatch.http.HttpAnswer;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An answer as the SDK wants it. An error in XML is given to it as JSON, and nothing is called XML, whoever sent it:
 * reading XML the SDK would look for a library that is not there, and throw a {@link LinkageError}, which takes worker
 * threads down.
 */
final class SdkResponse extends HttpResponse {
    private static final int FIRST_ERROR = 400;
    private static final String JSON = "application/json";

    private final int status;
    private final HttpHeaders headers = new HttpHeaders();
    private final byte[] body;

    SdkResponse(HttpRequest request, HttpAnswer answer) {
        super(request);
        this.status = answer.status();
        answer.headers().map().forEach((name, values) -> headers.set(HttpHeaderName.fromString(name), values));
        if (answer.status() >= FIRST_ERROR && !isJson(answer)) {
            String code = ErrorCode.of(answer);
            body = ("{\"odata.error\":{\"code\":\"" + (code == null ? "" : code) + "\"}}").getBytes(UTF_8);
            headers.set(HttpHeaderName.CONTENT_TYPE, JSON);
        } else {
            body = answer.body();
            if (!isMultipart(answer)) {
                headers.set(HttpHeaderName.CONTENT_TYPE, JSON);
            }
        }
    }

    private static boolean isMultipart(HttpAnswer answer) {
        String type = answer.header("Content-Type");
        return type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static boolean isJson(HttpAnswer answer) {
        return answer.text().strip().startsWith("{");
    }

    @Override
    public int getStatusCode() {
        return status;
    }

    @Deprecated
    @Override
    public @Nullable String getHeaderValue(String name) {
        return headers.getValue(HttpHeaderName.fromString(name));
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public BinaryData getBodyAsBinaryData() {
        return BinaryData.fromBytes(body);
    }

    @Override
    public Flux<ByteBuffer> getBody() {
        return Flux.just(ByteBuffer.wrap(body));
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
        return Mono.just(body);
    }

    @Override
    public Mono<String> getBodyAsString() {
        return Mono.just(new String(body, UTF_8));
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
        return Mono.just(new String(body, charset));
    }

    /** All of it is in memory. */
    @Override
    public HttpResponse buffer() {
        return this;
    }
}
