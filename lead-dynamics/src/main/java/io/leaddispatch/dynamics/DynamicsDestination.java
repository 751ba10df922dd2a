package io.leaddispatch.dynamics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Lead;
import io.leaddispatch.dynamics.DynamicsSettings.WriteMode;
import io.leaddispatch.http.AddressFailures;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes leads under keys of ours, insert-only: one alone, many in one transaction, and suspects each for itself in one
 * batch. What the environment turns out not to take is not tried again.
 */
final class DynamicsDestination implements LeadDestination {
    private final String name;
    private final DataverseClient client;
    private final LeadRequests requests;
    private final DynamicsAnswers answers;
    private final AddressFailures failures = new AddressFailures();
    private final Limits limits;
    private final VerifySettings verifySettings;
    private volatile LeadRecord record;
    private volatile WriteMode mode;

    DynamicsDestination(
            String name,
            DataverseClient client,
            LeadRequests requests,
            LeadRecord record,
            DynamicsAnswers answers,
            Limits limits,
            WriteMode mode,
            VerifySettings verifySettings) {
        this.name = name;
        this.client = client;
        this.requests = requests;
        this.record = record;
        this.answers = answers;
        this.limits = limits;
        this.mode = mode;
        this.verifySettings = verifySettings;
    }

    /** Within the service's own hint on how many requests at once it wants to see. */
    @Override
    public Limits limits() {
        Limits now = mode == WriteMode.SINGLE ? limits.withBatch(1) : limits;
        return client.hint() < now.concurrency() ? now.withConcurrency(client.hint()) : now;
    }

    @Override
    public List<DeliveryResult> deliver(LeadBatch batch) throws InterruptedException {
        List<LeadRow> rows = new ArrayList<>(batch.size());
        List<DeliveryResult> results = new ArrayList<>(batch.size());
        for (Lead lead : batch.leads()) {
            LeadRow row = record.of(lead);
            boolean fits = row.tooLong().isEmpty();
            results.add(fits ? DeliveryResult.delivered(io.leaddispatch.Confirmation.CREATED) : tooLong(row));
            if (fits) {
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            return results;
        }
        List<DeliveryResult> written = write(rows, batch.suspect(), batch.deadline());
        int next = 0;
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) instanceof DeliveryResult.Delivered) {
                results.set(i, written.get(next++));
            }
        }
        return results;
    }

    private static DeliveryResult tooLong(LeadRow row) {
        return new DeliveryResult.Rejected(DynamicsProblems.VALUE_TOO_LONG.problem(String.join(", ", row.tooLong())));
    }

    private List<DeliveryResult> write(List<LeadRow> rows, boolean suspect, Instant deadline)
            throws InterruptedException {
        int begun = failures.begun();
        try {
            if (rows.size() == 1) {
                return List.of(answers.one(call(requests.one(rows.get(0)), deadline), rows.get(0)));
            }
            return suspect || mode != WriteMode.CREATE_MULTIPLE ? each(rows, deadline) : all(rows, deadline);
        } catch (SignInException e) {
            return same(e.result(), rows);
        } catch (TransportException e) {
            return same(
                    failures.isWrong(begun, e)
                            ? new DeliveryResult.Pause(DynamicsProblems.WRONG_ADDRESS.problem(e.describe()), null)
                            : DynamicsAnswers.read(e),
                    rows);
        } catch (IOException e) {
            return same(new DeliveryResult.Retry(DynamicsProblems.NO_ANSWER.problem(), null), rows);
        }
    }

    private List<DeliveryResult> all(List<LeadRow> rows, Instant deadline) throws IOException, InterruptedException {
        HttpAnswer answer = call(requests.all(rows), deadline);
        if (DynamicsAnswers.lacksAction(answer)) {
            mode = WriteMode.BATCH;
            return same(wayUnavailable(answer), rows);
        }
        return answers.all(answer, rows);
    }

    private List<DeliveryResult> each(List<LeadRow> rows, Instant deadline) throws IOException, InterruptedException {
        HttpAnswer answer = call(requests.each(rows), deadline);
        if (DynamicsAnswers.refusesForm(answer)) {
            mode = WriteMode.SINGLE;
            return same(wayUnavailable(answer), rows);
        }
        return answers.each(answer, rows);
    }

    private static DeliveryResult wayUnavailable(HttpAnswer answer) {
        return new DeliveryResult.NotExecuted(
                DynamicsProblems.WAY_UNAVAILABLE.problem().withVendorCode("HTTP " + answer.status()));
    }

    private HttpAnswer call(HttpCall call, Instant deadline) throws IOException, InterruptedException {
        HttpAnswer answer = client.call(call, deadline);
        failures.answered();
        return answer;
    }

    private static List<DeliveryResult> same(DeliveryResult result, List<LeadRow> rows) {
        return java.util.Collections.nCopies(rows.size(), result);
    }

    @Override
    public Verification verify(Verification.Probe probe) throws InterruptedException {
        DynamicsVerification verification = new DynamicsVerification(client, answers, requests, record, verifySettings);
        Verification steps = verification.run(probe);
        record = record.withLengths(verification.lengths());
        return steps;
    }

    /** The insert that would carry the lead, without the token. */
    @Override
    public String preview(Lead lead) {
        HttpCall call = requests.one(record.of(lead));
        StringBuilder text = new StringBuilder(256)
                .append(call.method())
                .append(' ')
                .append(Redaction.origin(call.uri()))
                .append(call.uri().getRawPath())
                .append("\nAuthorization: ***\n");
        for (Map.Entry<String, String> header : call.headers()) {
            text.append(header.getKey()).append(": ").append(header.getValue()).append('\n');
        }
        byte[] body = call.body();
        return text.append('\n')
                .append(body == null ? "" : new String(body, UTF_8))
                .toString();
    }

    /** The destination's name. */
    @Override
    public String toString() {
        return "DynamicsDestination[" + name + "]";
    }
}
