package io.leaddispatch.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.Redaction;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.spi.Verification;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes up to 200 leads in one call of sObject Collections: by upsert, whose repeat finds the record it made, or by
 * plain create. Each record has its own outcome.
 */
final class RestDestination implements LeadDestination {
    private record Ready(LeadFields fields, LeadRecord record) {}

    private final String name;
    private final URI loginUrl;
    private final Session session;
    private final RestCalls calls;
    private final Schema schema;
    private final FieldAdvice advice;
    private final Function<LeadFields, LeadRecord> records;
    private final Function<LeadRecord, RestAnswers> answers;
    private final Clock clock;
    private final Limits limits;
    private volatile @Nullable Ready ready;

    RestDestination(
            String name,
            URI loginUrl,
            Session session,
            RestCalls calls,
            Schema schema,
            FieldAdvice advice,
            Function<LeadFields, LeadRecord> records,
            Function<LeadRecord, RestAnswers> answers,
            Clock clock,
            Limits limits) {
        this.name = name;
        this.loginUrl = loginUrl;
        this.session = session;
        this.calls = calls;
        this.schema = schema;
        this.advice = advice;
        this.records = records;
        this.answers = answers;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public List<DeliveryResult> deliver(LeadBatch batch) throws IOException, InterruptedException {
        try {
            return deliver(batch.leads(), batch.deadline());
        } catch (NotWrittenException e) {
            return DeliveryResult.all(batch, e.result());
        }
    }

    /** Leads that fit go out in one call; the others have their verdict without it. */
    private List<DeliveryResult> deliver(List<Lead> leads, Instant deadline) throws IOException, InterruptedException {
        LeadFields fields = schema.get(deadline);
        LeadRecord record = record(fields);
        List<LeadRecord.Draft> drafts =
                leads.stream().map(lead -> draft(record, lead)).toList();
        List<LeadRecord.Draft> fit =
                drafts.stream().filter(draft -> unfit(draft, fields) == null).toList();
        Iterator<DeliveryResult> written =
                (fit.isEmpty() ? List.<DeliveryResult>of() : write(answers.apply(record), fit, deadline)).iterator();
        List<DeliveryResult> results = new ArrayList<>(leads.size());
        for (LeadRecord.Draft draft : drafts) {
            DeliveryResult unfit = unfit(draft, fields);
            results.add(unfit != null ? unfit : written.next());
        }
        if (results.stream().anyMatch(RestDestination::doubtsFields)) {
            schema.forget();
        }
        return results;
    }

    private LeadRecord.Draft draft(LeadRecord record, Lead lead) {
        LeadRecord.Draft draft = record.of(lead);
        if (calls.keyField() != null) {
            draft.fields().put(calls.keyField(), LeadKey.of(lead.id()));
        }
        return draft;
    }

    private LeadRecord record(LeadFields fields) {
        Ready latest = ready;
        if (latest == null || latest.fields() != fields) {
            latest = new Ready(fields, records.apply(fields));
            ready = latest;
        }
        return latest.record();
    }

    /** Why it cannot be sent, or null. A key is never cut: two leads could get the same one. */
    private @Nullable DeliveryResult unfit(LeadRecord.Draft draft, LeadFields fields) {
        if (!draft.tooLong().isEmpty()) {
            return new DeliveryResult.Rejected(SalesforceProblems.TOO_LONG.problem(String.join(", ", draft.tooLong())));
        }
        String keyField = calls.keyField();
        LeadFields.Field field = keyField == null ? null : fields.find(keyField);
        if (keyField == null || field == null || field.length() == 0) {
            return null;
        }
        int length = String.valueOf(draft.fields().get(keyField)).length();
        return length > field.length() ? RestAnswers.keyTooLong(keyField, field.length(), length) : null;
    }

    private List<DeliveryResult> write(RestAnswers reader, List<LeadRecord.Draft> drafts, Instant deadline)
            throws IOException, InterruptedException {
        byte[] body = RestCalls.body(drafts);
        HttpAnswer answer;
        try {
            answer = session.exchange(server -> calls.write(server, body), deadline);
        } catch (TransportException e) {
            DeliveryResult lost = reader.read(e);
            return drafts.stream().map(draft -> lost).toList();
        }
        RestAnswers.Reading reading = reader.read(answer, drafts, session.misroutedBefore(answer));
        schema.learn(reading.learned());
        return reading.results();
    }

    /** Whether the org sees its fields otherwise than it told us, or let us see. */
    private static boolean doubtsFields(DeliveryResult result) {
        Problem problem = result instanceof DeliveryResult.Pause pause ? pause.problem() : null;
        return problem != null
                && List.of(
                                SalesforceProblems.MAPPING.code(),
                                SalesforceProblems.EXTERNAL_ID.code(),
                                SalesforceProblems.NOT_PERMITTED.code())
                        .contains(problem.code());
    }

    @Override
    public Verification verify(Verification.Probe probe) throws InterruptedException {
        Instant deadline = clock.instant().plus(limits.callTimeout());
        return new RestVerification(this, session, schema, advice, Redaction.origin(loginUrl), deadline).run(probe);
    }

    @Override
    public Map<String, Long> gauges() {
        ApiUsage usage = session.usage();
        return usage == null ? Map.of() : Map.of("api-usage", usage.used(), "api-limit", usage.limit());
    }

    @Override
    public String preview(Lead lead) {
        Ready latest = ready;
        LeadRecord record = latest != null ? latest.record() : records.apply(LeadFields.STANDARD);
        byte[] body = RestCalls.body(List.of(draft(record, lead)));
        HttpCall call = calls.write(loginUrl, body);
        StringBuilder text = new StringBuilder(call.method())
                .append(' ')
                .append(call.uri().getPath())
                .append('\n');
        text.append("Authorization: Bearer ***\n");
        call.headers()
                .forEach(header -> text.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append('\n'));
        return text.append('\n').append(new String(body, UTF_8)).toString();
    }

    /** The destination's name. */
    @Override
    public String toString() {
        return "RestDestination[" + name + "]";
    }
}
