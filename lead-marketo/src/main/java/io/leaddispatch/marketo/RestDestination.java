package io.leaddispatch.marketo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Lead;
import io.leaddispatch.http.Redaction;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.spi.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Both REST modes: a form submission carries one lead, a lead synchronisation up to 300. */
final class RestDestination implements LeadDestination {
    static final String SUBMIT_FORM = "/rest/v1/leads/submitForm.json";
    static final String SYNC_LEADS = "/rest/v1/leads.json";

    private final Parts parts;
    private final FixedCompanies fixedCompanies = new FixedCompanies();

    /** What a destination is made of. */
    record Parts(
            String name,
            String path,
            MarketoJson json,
            LeadRecord records,
            MarketoClient client,
            MarketoAnswers answers,
            Streaks streaks,
            MarketoInstance instance,
            @Nullable Integer mostDailyCalls,
            Limits limits,
            @Nullable FormFields formFields) {}

    RestDestination(Parts parts) {
        this.parts = parts;
    }

    @Override
    public Limits limits() {
        return parts.limits();
    }

    @Override
    public String serialKey(Lead lead) {
        return parts.records().serialKey(lead);
    }

    @Override
    public List<DeliveryResult> deliver(LeadBatch batch) throws InterruptedException {
        Load load = new Load(batch.size());
        boolean allFit = fixedCompanies.isEmpty(); // mostly, and keys cost time
        for (int i = 0; i < batch.size(); i++) {
            Lead lead = batch.leads().get(i);
            LeadRecord.Fields fields = parts.records().of(lead);
            load.add(i, allFit ? fields : fit(lead, fields));
        }
        if (!load.places.isEmpty()) {
            load.answered(call(load, batch.deadline()), batch.leads());
        }
        return load.results();
    }

    private LeadRecord.Fields fit(Lead lead, LeadRecord.Fields fields) {
        return fields.fields().containsKey(FixedCompanies.FIELD) && fixedCompanies.contains(serialKey(lead))
                ? fields.without(FixedCompanies.FIELD, FixedCompanies.NOTE)
                : fields;
    }

    private List<DeliveryResult> call(Load load, Instant deadline) throws InterruptedException {
        int begun = parts.streaks().begun();
        try {
            parts.client().authenticate(deadline); // without a token nothing is sent, and that is no call of the day
            Instant reset = reset();
            if (reset != null) {
                return all(load, new DeliveryResult.Pause(MarketoProblems.DAILY_CAP.problem(), reset));
            }
            Reply reply = parts.client().post(parts.path(), load.body.end(), deadline);
            DeliveryResult held = parts.streaks().exchanged(begun, reply.failure());
            List<DeliveryResult> results = parts.answers().read(reply, load.sent);
            return held != null ? all(load, held) : results;
        } catch (TokenFailure e) {
            DeliveryResult held = parts.streaks().exchanged(begun, e.transport());
            return all(load, held != null ? held : e.result());
        }
    }

    /** Counts a call; or says when the next may be made. */
    private @Nullable Instant reset() {
        Integer most = parts.mostDailyCalls();
        return most == null ? null : parts.instance().calls().take(most);
    }

    private static List<DeliveryResult> all(Load load, DeliveryResult one) {
        return Collections.nCopies(load.places.size(), one);
    }

    /** The leads of one call that are fit to be sent and fit into it, and what becomes of the others. */
    private final class Load {
        private final @Nullable DeliveryResult[] results;
        private final List<Integer> places;
        private final List<Map<String, Object>> sent;
        private final List<List<String>> notes;
        private final MarketoJson.Body body;

        Load(int leads) {
            results = new DeliveryResult[leads];
            places = new ArrayList<>(leads);
            sent = new ArrayList<>(leads);
            notes = new ArrayList<>(leads);
            body = parts.json().body(leads);
        }

        void add(int place, LeadRecord.Fields fields) {
            if (fields.problem() != null) {
                results[place] = new DeliveryResult.Rejected(fields.problem());
                return;
            }
            int size = body.add(fields.fields());
            if (parts.json().frame() + size > MarketoJson.MOST_BYTES) {
                body.drop();
                results[place] = new DeliveryResult.Rejected(MarketoProblems.TOO_LARGE.problem(size + " bytes"));
            } else if (body.size() > MarketoJson.MOST_BYTES) {
                body.drop();
                results[place] = new DeliveryResult.NotExecuted(MarketoProblems.TOO_LARGE.problem("together"));
            } else {
                places.add(place);
                sent.add(fields.fields());
                notes.add(fields.notes());
            }
        }

        void answered(List<DeliveryResult> answers, List<Lead> leads) {
            for (int i = 0; i < answers.size(); i++) {
                DeliveryResult one = answers.get(i);
                if (parts.answers().form()) {
                    one = parts.streaks().submitted(one);
                }
                int place = places.get(i);
                results[place] = one instanceof Delivered delivered
                        ? noted(delivered, notes.get(i))
                        : withoutCompany(one, sent.get(i), leads.get(place));
            }
        }

        private static Delivered noted(Delivered delivered, List<String> notes) {
            return notes.isEmpty() ? delivered : new Delivered(delivered.confirmation(), delivered.recordId(), notes);
        }

        /** A lead whose answer was lost may be the one that made the person: its repeat must not be refused. */
        private DeliveryResult withoutCompany(DeliveryResult one, Map<String, Object> fields, Lead lead) {
            boolean again = !parts.answers().form()
                    && one instanceof DeliveryResult.Rejected rejected
                    && rejected.problem().code().equals(MarketoProblems.COMPANY_FIXED.code())
                    && fields.containsKey(FixedCompanies.FIELD);
            if (!again) {
                return one;
            }
            fixedCompanies.add(serialKey(lead));
            return new DeliveryResult.Retry(((DeliveryResult.Rejected) one).problem(), null);
        }

        List<DeliveryResult> results() {
            return Arrays.asList(results);
        }
    }

    @Override
    public Verification verify(Verification.Probe probe) throws InterruptedException {
        return new MarketoVerification(parts, this).run(probe);
    }

    /** Method, address, and body; the token is not asked for. */
    @Override
    public String preview(Lead lead) {
        LeadRecord.Fields fields = parts.records().of(lead);
        MarketoJson.Body record = parts.json().body(1);
        record.add(fields.fields());
        return "POST " + Redaction.origin(parts.client().address().base()) + parts.path() + "\n"
                + "Content-Type: application/json\nAccept: application/json\nAuthorization: Bearer ***\n\n"
                + new String(record.end(), UTF_8)
                + (fields.problem() == null
                        ? ""
                        : "\n(it is not sent: " + fields.problem().cause() + ")");
    }

    /** The destination's name. */
    @Override
    public String toString() {
        return "RestDestination[" + parts.name() + "]";
    }
}
