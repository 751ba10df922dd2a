package io.leaddispatch.dynamics.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.ScriptedServer;
import io.leaddispatch.testkit.TlsIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.olingo.commons.api.http.HttpMethod;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.ODataHandler;
import org.apache.olingo.server.api.ODataRequest;
import org.apache.olingo.server.api.ODataResponse;
import org.apache.olingo.server.api.ServiceMetadata;

/**
 * A Dataverse environment on loopback: Apache Olingo judges the protocol, this layer before it adds what Dataverse asks
 * beyond OData (tokens, headers, line ends of batches, users and roles) and what a network does. Of a request it changes
 * one thing only, the missing {@code #} before a target's type, and counts that. Safe for use by many threads.
 */
public final class DataverseSimulator implements AutoCloseable {
    /**
     * A request as it came and as it was handed to Olingo.
     *
     * @param received as it came
     * @param method of what was handed over
     * @param address of what was handed over, as a whole
     * @param headers of what was handed over, by name
     * @param handedOver the body's bytes
     */
    public record Judged(
            ReceivedRequest received,
            String method,
            String address,
            Map<String, List<String>> headers,
            byte[] handedOver) {}

    private static final String PATH = "/api/data/v9.2";
    private static final Pattern BARE_TYPE =
            Pattern.compile("\"@odata\\.type\"\\s*:\\s*\"(?=Microsoft\\.Dynamics\\.CRM\\.lead\")");

    private final ScriptedServer server;
    private final Environment environment = new Environment();
    private final DataverseEdm edm = new DataverseEdm();
    private final LeadTable table = new LeadTable(environment);
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final List<Judged> judged = new ArrayList<>();
    private final AtomicInteger typesCompleted = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();

    /** The tenant that this environment says it belongs to. */
    public volatile String tenant = "12345678-8af1-4aaf-8234-12234d01db47";

    /** Whether a bearer token is good; at first any is. */
    public volatile Predicate<String> acceptsToken = token -> true;

    /** Answers instead of the environment, or null; at first never. */
    public volatile Function<ReceivedRequest, Answer> instead = request -> null;

    /** Changes the environment's answer, after what it says was done; at first not. */
    public volatile BiFunction<ReceivedRequest, Answer, Answer> afterwards = (request, answer) -> answer;

    private DataverseSimulator(ScriptedServer server) {
        this.server = server;
        server.otherwise(this::answer);
    }

    /** An environment without TLS. */
    public static DataverseSimulator start() {
        return new DataverseSimulator(ScriptedServer.start());
    }

    /** An environment with TLS. */
    public static DataverseSimulator start(TlsIdentity identity) {
        return new DataverseSimulator(ScriptedServer.start(identity));
    }

    /** Its address. */
    public URI uri() {
        return server.uri();
    }

    /** What it holds and allows. */
    public Environment environment() {
        return environment;
    }

    /** A text column of that length, new or changed. */
    public void column(String name, int most) {
        edm.texts.put(name, most);
    }

    /** Takes a column away. */
    public void withoutColumn(String name) {
        edm.texts.remove(name);
        edm.others.remove(name);
    }

    /** What was wrong with requests as such, whatever the leads. */
    public List<String> protocolFaults() {
        return List.copyOf(faults);
    }

    /** How many types without # were completed. */
    public int typesCompleted() {
        return typesCompleted.get();
    }

    /** Every request that reached Olingo. */
    public List<Judged> judged() {
        synchronized (judged) {
            return List.copyOf(judged);
        }
    }

    /** Every request that came, also those that did not reach Olingo. */
    public List<ReceivedRequest> requests() {
        return server.requests();
    }

    /** The most requests that were answered at once. */
    public int mostRunning() {
        return mostRunning.get();
    }

    private Answer answer(ReceivedRequest request) {
        int now = running.incrementAndGet();
        mostRunning.accumulateAndGet(now, Math::max);
        try {
            Answer other = instead.apply(request);
            return other != null ? other : afterwards.apply(request, guarded(request));
        } finally {
            running.decrementAndGet();
        }
    }

    private Answer guarded(ReceivedRequest request) {
        String authorization = request.header("Authorization");
        if (!authorization.startsWith("Bearer ") || !acceptsToken.test(authorization.substring(7))) {
            return Answer.of(401)
                    .with(
                            "WWW-Authenticate",
                            "Bearer authorization_uri=https://login.microsoftonline.com/" + tenant
                                    + "/oauth2/authorize, resource_id=" + uri() + "/");
        }
        if (!environment.isMember) {
            return error(403, "0x80072560", "The user is not a member of the organization.");
        }
        if (!environment.hasRoles) {
            return error(403, "0x80042F09", "SecLib::RetrievePrivilegeForUser failed - no roles are assigned to user.");
        }
        layerFaults(request);
        if (request.target().endsWith("/$batch") && !hasBatchLineEnds(request.body())) {
            faults.add("line ends of a batch");
            return error(
                    400, "0x80048d19", "Error identified in Payload provided by the user: Stream was not readable.");
        }
        return judge(request);
    }

    /** An error in Dataverse's words. */
    public static Answer error(int status, String code, String message) {
        return Answer.json(
                status,
                "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message.replace("\"", "\\\"") + "\"}}");
    }

    private void layerFaults(ReceivedRequest request) {
        for (String header : List.of("OData-Version", "OData-MaxVersion")) {
            if (!request.header(header).equals("4.0")) {
                faults.add("no " + header + ": 4.0 with " + request.target());
            }
        }
        if (!request.header("Accept").equals("application/json")) {
            faults.add("no Accept: application/json with " + request.target());
        }
        if (request.target().endsWith("/$batch") && !request.body().contains("Content-Transfer-Encoding: binary")) {
            faults.add("no Content-Transfer-Encoding in a batch");
        }
        if (request.target().endsWith(".CreateMultiple")
                && count(request.body(), "\"leadid\"") != count(request.body(), "\"@odata.type\"")) {
            faults.add("a target without @odata.type");
        }
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    /** Every line ends with CRLF, the last one too. */
    private static boolean hasBatchLineEnds(String body) {
        return body.endsWith("--\r\n") && count(body, "\n") == count(body, "\r\n");
    }

    private Answer judge(ReceivedRequest request) {
        Matcher bare = BARE_TYPE.matcher(request.body());
        byte[] body = bare.replaceAll(found -> {
                    typesCompleted.incrementAndGet();
                    return Matcher.quoteReplacement(found.group() + "#");
                })
                .getBytes(UTF_8);
        ODataRequest handedOver = odata(request, body);
        synchronized (judged) {
            judged.add(new Judged(
                    request,
                    handedOver.getMethod().name(),
                    handedOver.getRawRequestUri(),
                    Map.copyOf(handedOver.getAllHeaders()),
                    body));
        }
        OData odata = OData.newInstance();
        ServiceMetadata metadata = odata.createServiceMetadata(edm, List.of());
        ODataHandler handler = odata.createRawHandler(metadata);
        handler.register(new DataverseProcessor(environment, table, edm, faults, uri().toString()));
        handler.register(new DataverseErrors(edm, faults));
        try {
            return answer(handler.process(handedOver));
        } catch (RuntimeException e) {
            faults.add("Olingo: " + e);
            return error(500, "0x80040216", "An unexpected error occurred.");
        }
    }

    private ODataRequest odata(ReceivedRequest request, byte[] body) {
        ODataRequest odata = new ODataRequest();
        String target = request.target();
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        odata.setMethod(HttpMethod.valueOf(request.method()));
        odata.setRawRequestUri(uri() + target);
        odata.setRawBaseUri(uri() + PATH);
        odata.setRawODataPath(path.substring(Math.min(path.length(), PATH.length())));
        odata.setRawQueryPath(query < 0 ? "" : target.substring(query + 1));
        odata.setProtocol("HTTP/1.1");
        request.headers().forEach(odata::addHeader);
        odata.setBody(new ByteArrayInputStream(body));
        return odata;
    }

    private static Answer answer(ODataResponse response) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.getAllHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Content-Length")) {
                headers.put(name, values.get(0));
            }
        });
        try (InputStream content = response.getContent()) {
            String body = content == null ? "" : new String(content.readAllBytes(), UTF_8);
            Answer answer = Answer.of(response.getStatusCode()).with(body);
            for (Map.Entry<String, String> header : headers.entrySet()) {
                answer = answer.with(header.getKey(), header.getValue());
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
