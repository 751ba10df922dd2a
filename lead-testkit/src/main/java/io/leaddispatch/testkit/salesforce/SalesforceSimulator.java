package io.leaddispatch.testkit.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.ScriptedServer;
import io.leaddispatch.testkit.TlsIdentity;
import java.net.URI;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Salesforce org on loopback, for tests of anything that sends leads there. It keeps what it takes, and can be told to
 * expire sessions, lose answers, run out of quota, or refuse.
 *
 * <p>Safe for use by many threads. It never learned anything from a live org: see the package for what it is built from.
 */
public final class SalesforceSimulator implements AutoCloseable {
    /** The client id that it knows. */
    public static final String CLIENT_ID = TokenDesk.CLIENT_ID;
    /** That client's secret. */
    public static final String CLIENT_SECRET = TokenDesk.CLIENT_SECRET;
    /** The integration user. */
    public static final String USER = TokenDesk.USER;
    /** That user's password, for clients of the password flow. */
    public static final String PASSWORD = TokenDesk.PASSWORD;
    /** A refresh token that it knows. */
    public static final String REFRESH_TOKEN = TokenDesk.REFRESH_TOKEN;
    /** The organization that Web-to-Lead takes. */
    public static final String ORGANIZATION = WebDesk.ORGANIZATION;
    /** The external id field that the org has from the beginning. */
    public static final String EXTERNAL_ID = "Marketplace_Lead_Id__c";

    private static final int KEY_LENGTH = 128;
    private static final long USUAL_QUOTA = 15_000_000;

    private final ScriptedServer server;
    private final LeadTable table = new LeadTable();
    private final TokenDesk tokens;
    private final WebDesk web = new WebDesk();
    private final OrgRouter router;
    private final Queue<Answer> instead = new ArrayDeque<>();
    private final Queue<Answer> insteadOfReads = new ArrayDeque<>();
    private volatile Duration delay = Duration.ZERO;
    private volatile @Nullable String instanceUrl;
    private int answersToLose;
    private int writes;
    private long used;
    private long quota = USUAL_QUOTA;

    private SalesforceSimulator(ScriptedServer server, Clock clock) {
        this.server = server;
        this.tokens = new TokenDesk(clock);
        this.router = new OrgRouter(table);
        table.define(OrgField.externalId(EXTERNAL_ID, KEY_LENGTH));
        server.otherwise(this::answer);
    }

    /** An org over plain HTTP. */
    public static SalesforceSimulator start() {
        return new SalesforceSimulator(ScriptedServer.start(), Clock.systemUTC());
    }

    /** An org over TLS, with that certificate. */
    public static SalesforceSimulator start(TlsIdentity identity) {
        return new SalesforceSimulator(ScriptedServer.start(identity), Clock.systemUTC());
    }

    private Answer answer(ReceivedRequest request) {
        if (!delay.isZero()) {
            LockSupport.parkNanos(delay.toNanos());
        }
        synchronized (this) {
            String path = OrgRouter.path(request);
            if (path.equals("/services/oauth2/token")) {
                String named = instanceUrl;
                return tokens.token(request, named != null ? named : uri().toString());
            }
            if (path.equals("/services/oauth2/revoke")) {
                return tokens.revoke(request);
            }
            if (path.equals("/servlet/servlet.WebToLead")) {
                return request.method().equals("POST")
                        ? lost(prescribed(instead, () -> web.post(request)))
                        : Answer.of(200);
            }
            return data(request);
        }
    }

    private Answer data(ReceivedRequest request) {
        if (!tokens.admits(request)) { // [3.3 peer-observed]
            return OrgJson.refused(401, "INVALID_SESSION_ID", "Session expired or invalid");
        }
        if (used >= quota) { // [3.7 documented] code and status; [peer-observed] text
            return OrgJson.refused(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
        }
        used++;
        boolean write = !request.method().equals("GET");
        writes += write ? 1 : 0;
        Answer answer = write
                ? lost(prescribed(instead, () -> router.answer(request)))
                : prescribed(insteadOfReads, () -> router.answer(request));
        return answer.with("Sforce-Limit-Info", "api-usage=" + used + "/" + quota); // [3.6 recorded]
    }

    private static Answer prescribed(Queue<Answer> answers, java.util.function.Supplier<Answer> otherwise) {
        Answer next = answers.poll();
        return next != null ? next : otherwise.get();
    }

    /** What was written stays written. */
    private Answer lost(Answer answer) {
        if (answersToLose == 0) {
            return answer;
        }
        answersToLose--;
        return Answer.fault(Fault.CLOSED_AFTER_STORING);
    }

    /** The address, without a path. */
    public URI uri() {
        return server.uri();
    }

    /** The next write is answered like this instead of being executed; after others prescribed before. */
    public synchronized SalesforceSimulator answerInstead(Answer answer) {
        instead.add(answer);
        return this;
    }

    /** The same for the next read: describe, or one record. */
    public synchronized SalesforceSimulator answerReadInstead(Answer answer) {
        insteadOfReads.add(answer);
        return this;
    }

    /** So many writes are executed and not answered. */
    public synchronized SalesforceSimulator loseAnswers(int number) {
        answersToLose = number;
        return this;
    }

    /** All sessions are refused from now on, until somebody logs in. */
    public synchronized SalesforceSimulator expireSessions() {
        tokens.expire();
        return this;
    }

    /** A session is refused after so many calls. */
    public synchronized SalesforceSimulator expireSessionsAfter(int calls) {
        tokens.callsPerSession(calls);
        return this;
    }

    /** Log-ins are refused with that error; null ends it. */
    public synchronized SalesforceSimulator refuseLogins(@Nullable String error, String description) {
        tokens.refuse(error == null ? null : TokenDesk.refused(error, description));
        return this;
    }

    /** Assertions signed by the owner of that key are taken, for that audience; null for this server's address. */
    public synchronized SalesforceSimulator trust(PublicKey key, @Nullable String audience) {
        tokens.trust(key, audience);
        return this;
    }

    /** Each log-in by refresh token brings another one, and the old one is not taken any more. */
    public synchronized SalesforceSimulator rotateRefreshTokens() {
        tokens.giveRefreshTokens(true);
        return this;
    }

    /** Every log-in, by whatever flow, brings the refresh token along. */
    public synchronized SalesforceSimulator giveRefreshTokens() {
        tokens.giveRefreshTokens(false);
        return this;
    }

    /** Log-ins name that server instead of this one. */
    public SalesforceSimulator instanceUrl(String url) {
        instanceUrl = url;
        return this;
    }

    /** Every answer takes so much longer. */
    public SalesforceSimulator delay(Duration time) {
        delay = time;
        return this;
    }

    /** So many calls a day are allowed, those already made included. */
    public synchronized SalesforceSimulator quota(long calls) {
        quota = calls;
        return this;
    }

    /** Adds a field to Lead, or replaces the one of that name. */
    public synchronized SalesforceSimulator field(OrgField field) {
        table.define(field);
        return this;
    }

    /** Takes a field away. */
    public synchronized SalesforceSimulator withoutField(String name) {
        table.remove(name);
        return this;
    }

    /** What the org's own rules say of a record that is well-formed: a fault, or null. */
    public synchronized SalesforceSimulator rule(Function<ObjectNode, @Nullable OrgFault> rule) {
        table.rule(rule);
        return this;
    }

    /** The lead becomes a contact. */
    public synchronized SalesforceSimulator convert(String leadId) {
        table.convert(leadId);
        return this;
    }

    /** Versions of the API before that one are retired, such as 63 for 63.0. */
    public synchronized SalesforceSimulator retireVersionsBefore(int version) {
        router.retireBefore(version);
        return this;
    }

    /** An active assignment rule gives new leads to that owner, unless a call asks for none; null ends it. */
    public synchronized SalesforceSimulator assignTo(@Nullable String ownerId) {
        table.assignTo(ownerId);
        return this;
    }

    /** Web forms are dropped as if a captcha was required. */
    public synchronized SalesforceSimulator requireCaptcha() {
        web.requireCaptcha();
        return this;
    }

    /** Every web form is answered with that value of Is-Processed. */
    public synchronized SalesforceSimulator isProcessed(String value) {
        web.isProcessed(value);
        return this;
    }

    /** The leads that the API wrote, in order. */
    public synchronized List<OrgLead> leads() {
        return table.leads();
    }

    /** Forms that came, by name and values, in order. */
    public synchronized List<Map<String, List<String>>> forms() {
        return web.forms();
    }

    /** Forms that became leads. */
    public synchronized List<Map<String, List<String>>> webLeads() {
        return web.made();
    }

    /** Log-ins that succeeded. */
    public synchronized int logins() {
        return tokens.logins();
    }

    /** Calls with a good session that write. */
    public synchronized int writes() {
        return writes;
    }

    /** Every request that came, in order. */
    public List<ReceivedRequest> requests() {
        return server.requests();
    }

    /** Closes the port and all connections. */
    @Override
    public void close() {
        server.close();
    }
}
