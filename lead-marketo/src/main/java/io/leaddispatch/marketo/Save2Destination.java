package io.leaddispatch.marketo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.Redaction;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.spi.VerificationSteps;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The old form post, which Adobe forbids: only where the operator has said that this is known. */
final class Save2Destination implements LeadDestination {
    static final String PATH = "/index.php/leadCapture/save2";

    private final URI address;
    private final String frame;
    private final LeadRecord records;
    private final HttpTransport transport;
    private final Clock clock;
    private final Limits limits;

    Save2Destination(
            URI host,
            String munchkinId,
            int formId,
            LeadRecord records,
            HttpTransport transport,
            Clock clock,
            Limits limits) {
        this.address = host.resolve(PATH);
        this.frame = "munchkinId=" + URLEncoder.encode(munchkinId, UTF_8) + "&formid=" + formId + "&formVid=" + formId;
        this.records = records;
        this.transport = transport;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public String serialKey(Lead lead) {
        return records.serialKey(lead);
    }

    @Override
    public List<DeliveryResult> deliver(LeadBatch batch) throws InterruptedException {
        return List.of(deliver(batch.only(), batch.deadline()));
    }

    private DeliveryResult deliver(Lead lead, Instant deadline) throws InterruptedException {
        LeadRecord.Fields fields = records.of(lead);
        if (fields.problem() != null) {
            return new DeliveryResult.Rejected(fields.problem());
        }
        HttpCall call = HttpCall.post(
                address,
                "application/x-www-form-urlencoded",
                form(fields.fields()).getBytes(UTF_8));
        try {
            return Save2Answers.read(transport.exchange(call, deadline), fields.notes());
        } catch (TransportException e) {
            return Save2Answers.read(e);
        }
    }

    private String form(Map<String, Object> fields) {
        StringBuilder form = new StringBuilder(frame);
        fields.forEach((name, value) -> form.append('&')
                .append(URLEncoder.encode(name, UTF_8))
                .append('=')
                .append(URLEncoder.encode(value.toString(), UTF_8)));
        return form.toString();
    }

    /** There is nothing to look at but what the post itself answers. */
    @Override
    public Verification verify(Verification.Probe probe) throws InterruptedException {
        Lead testLead = probe.testLead();
        return testLead == null
                ? Verification.NOTHING_TO_CHECK
                : new VerificationSteps()
                        .then("deliver the test lead", "Marketo does not say whether it is stored", () -> {
                            return problem(testLead);
                        })
                        .verification();
    }

    private @Nullable Problem problem(Lead testLead) throws InterruptedException {
        return MarketoAnswers.problem(deliver(testLead, clock.instant().plus(limits.callTimeout())));
    }

    @Override
    public String preview(Lead lead) {
        return "POST " + Redaction.origin(address) + PATH + "\nContent-Type: application/x-www-form-urlencoded\n\n"
                + form(records.of(lead).fields());
    }
}
