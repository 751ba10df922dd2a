package io.leaddispatch.testkit.marketo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.ScriptedServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A Marketo instance on loopback: tokens, three levels of errors, limits, people, forms. It starts with the limits and
 * fields of a real one, one form ({@link #FORM_ID}) and one client. Safe for use by many threads.
 */
public final class MarketoSimulator implements AutoCloseable {
    /** The client that it knows. */
    public static final String CLIENT_ID = "6170fd81-b815-4929-973c-2e0f399c1c9d";
    /** That client's secret. */
    public static final String CLIENT_SECRET = "dGCxesW3LdBPjh3jyAFqqEk984eh9oNp";
    /** A form with the eight fields that the marketplace asks for. */
    public static final int FORM_ID = 1179;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BYTES = 1_000_000;
    private static final String SYNC = "/rest/v1/leads.json";
    private static final String SUBMIT = "/rest/v1/leads/submitForm.json";
    private static final String DESCRIBE = "/rest/v1/leads/describe.json";
    private static final String ASSETS = "/rest/asset/v1/form/";
    private static final String TOKEN = "/identity/oauth/token";

    private final ScriptedServer server = ScriptedServer.start();
    private final MarketoTokens tokens;
    private final MarketoLimits limits = new MarketoLimits();
    private final MarketoFields fields = new MarketoFields();
    private final MarketoPeople people = new MarketoPeople();
    private final MarketoReply reply = new MarketoReply();
    private final MarketoWrites writes = new MarketoWrites(fields, people, reply);
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;
    private volatile Runnable meanwhile = () -> {};

    private MarketoSimulator(Clock clock) {
        tokens = new MarketoTokens(clock);
        form(FORM_ID, "email", "firstName", "lastName", "phone", "title", "company", "country", "leadSource");
        server.otherwise(this::answer);
    }

    /** An instance whose tokens end by the system's clock. */
    public static MarketoSimulator start() {
        return start(Clock.systemUTC());
    }

    /** An instance whose tokens end by that clock. */
    public static MarketoSimulator start(Clock clock) {
        return new MarketoSimulator(clock);
    }

    /** The base address, without a path. */
    public URI uri() {
        return server.uri();
    }

    /** The server below: requests as they came, and faults of HTTP by {@link ScriptedServer#answer(Answer)}. */
    public ScriptedServer server() {
        return server;
    }

    /** Also a form with these fields, by their REST names. */
    public MarketoSimulator form(int id, String... restNames) {
        writes.form(id, new LinkedHashSet<>(List.of(restNames)));
        return this;
    }

    /** Also a text field with these two names. */
    public MarketoSimulator field(String restName, String pageName) {
        fields.addCustom(restName, pageName);
        return this;
    }

    /** Other limits: calls in a rolling window, and calls at once. */
    public MarketoSimulator limits(int calls, Duration window, int concurrency) {
        limits.set(calls, window, concurrency);
        return this;
    }

    /** Another daily quota. */
    public MarketoSimulator dailyQuota(int calls) {
        limits.daily(calls);
        return this;
    }

    /** How long each write takes. */
    public MarketoSimulator takes(Duration time) {
        delay = time;
        return this;
    }

    /** What each write does besides, after it has looked for people and before it writes: it may wait for another. */
    public MarketoSimulator meanwhile(Runnable work) {
        meanwhile = work;
        return this;
    }

    /** The next so many writes fail as a whole with that code, and execute nothing. */
    public MarketoSimulator failNext(String code, int times) {
        for (int i = 0; i < times; i++) {
            failures.add(code);
        }
        return this;
    }

    /** Every token given so far is expired now (602). */
    public MarketoSimulator expireTokens() {
        tokens.expireAll();
        return this;
    }

    /** Whether every token is refused (601) and given again when asked for: assumed in the facts. */
    public MarketoSimulator refuseTokens(boolean refuse) {
        tokens.refuse(refuse);
        return this;
    }

    /** How long tokens live that are made from now on; at first 3,600 s. */
    public MarketoSimulator tokensLive(Duration life) {
        tokens.life(life);
        return this;
    }

    /** The client may not call addresses with that beginning (603). */
    public MarketoSimulator forbid(String path) {
        forbidden.add(path);
        return this;
    }

    /** Whether an unknown field in lead synchronisation fails the call or, as at first, the record: open in the facts. */
    public MarketoSimulator unknownFieldFailsCall(boolean fails) {
        writes.unknownFieldFailsCall(fails);
        return this;
    }

    /** Whether skipped submissions of a form have a reason, as at first: open in the facts. */
    public MarketoSimulator skipsSayWhy(boolean say) {
        writes.skipsSayWhy(say);
        return this;
    }

    /** All people, with their fields by REST name. */
    public List<Map<String, Object>> people() {
        return people.all();
    }

    /** How many people there are. */
    public int size() {
        return people.size();
    }

    /** How often a form was filled out. */
    public int submissions() {
        return writes.submissions();
    }

    /** Data calls that counted against rate and quota. */
    public int calls() {
        return limits.calls();
    }

    /** The most data calls that came in any window of that length. */
    public int mostCallsIn(Duration window) {
        return limits.mostIn(window);
    }

    /** The most data calls at once. */
    public int mostAtOnce() {
        return atOnce().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** How many calls ran when each began, itself included, in their order. */
    public List<Integer> atOnce() {
        return limits.atOnce();
    }

    /** Requests for a token. */
    public int tokenRequests() {
        return tokens.requests();
    }

    private Answer answer(ReceivedRequest request) {
        int query = request.target().indexOf('?');
        String path = query < 0 ? request.target() : request.target().substring(0, query);
        if (path.equals(TOKEN)) {
            return tokens.answer(request, query < 0 ? "" : request.target().substring(query + 1));
        }
        boolean known = path.equals(SYNC) || path.equals(SUBMIT) || path.equals(DESCRIBE) || formOf(path) >= 0;
        if (!known || path.contains("//")) { // section 2
            return Answer.of(404);
        }
        if (request.bytes().length > MOST_BYTES) { // section 8
            return Answer.of(413);
        }
        String refused = tokens.fault(request.header("Authorization"));
        if (refused != null) { // not counted: section 8, the codes with a star
            return reply.error(refused, refused.equals("602") ? "Access token expired" : "Access token invalid");
        }
        return counted(request, path);
    }

    private Answer counted(ReceivedRequest request, String path) {
        try {
            String over = limits.begin();
            if (over != null) {
                return reply.error(over, "limit exceeded");
            }
            if (forbidden.stream().anyMatch(path::startsWith)) {
                return reply.error("603", "Access denied");
            }
            return path.equals(SYNC) || path.equals(SUBMIT) ? write(request, path) : read(request, path);
        } finally {
            limits.end();
        }
    }

    private Answer read(ReceivedRequest request, String path) {
        if (!request.method().equals("GET")) {
            return reply.error("605", "HTTP method not supported");
        }
        return path.equals(DESCRIBE) ? reply.result(fields.describe()) : writes.formFields(formOf(path));
    }

    private Answer write(ReceivedRequest request, String path) {
        if (!request.method().equals("POST")) {
            return reply.error("605", "HTTP method not supported");
        }
        if (!request.header("Content-Type").startsWith("application/json")) { // section 4
            return reply.error("612", "Invalid content type");
        }
        String failure = failures.poll();
        if (failure != null) {
            LockSupport.parkNanos(delay.toNanos());
            return reply.error(failure, "as prescribed");
        }
        JsonNode body = parsed(request.body());
        if (body == null) {
            return reply.error("609", "Invalid JSON");
        }
        Runnable work = () -> {
            LockSupport.parkNanos(delay.toNanos());
            meanwhile.run();
        };
        return path.equals(SYNC) ? writes.sync(body, work) : writes.submit(body, work);
    }

    private static @Nullable JsonNode parsed(String body) {
        try {
            JsonNode root = JSON.readTree(body);
            return root.isObject() ? root : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static int formOf(String path) {
        boolean fits = path.startsWith(ASSETS) && path.matches(ASSETS + "[0-9]{1,9}/fields\\.json");
        return fits ? Integer.parseInt(path.substring(ASSETS.length(), path.lastIndexOf('/'))) : -1;
    }

    /** Closes the port and all connections. */
    @Override
    public void close() {
        server.close();
    }
}
