package io.leaddispatch.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Lead;
import io.leaddispatch.ProblemType;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.spi.Verification;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts one form per lead. The answer can only say that the form was taken: a repeat would make a second lead, so none is
 * made unless the form certainly never arrived.
 */
final class WebToLeadDestination implements LeadDestination {
    private static final Logger LOG = LoggerFactory.getLogger(WebToLeadDestination.class);
    private static final String FORM = "application/x-www-form-urlencoded";

    private final String name;
    private final URI uri;
    private final WebForm form;
    private final LeadRecord record;
    private final HttpTransport transport;
    private final WebAnswers answers;
    private final DayCount day;
    private final Clock clock;
    private final Limits limits;

    WebToLeadDestination(
            String name,
            URI uri,
            WebForm form,
            LeadRecord record,
            HttpTransport transport,
            DayCount day,
            Clock clock,
            Limits limits) {
        this.name = name;
        this.uri = uri;
        this.form = form;
        this.record = record;
        this.transport = transport;
        this.answers = new WebAnswers(clock);
        this.day = day;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public List<DeliveryResult> deliver(LeadBatch batch) throws InterruptedException {
        return List.of(deliver(batch.only(), batch.deadline()));
    }

    DeliveryResult deliver(Lead lead, Instant deadline) throws InterruptedException {
        LeadRecord.Draft draft = record.of(lead);
        if (!draft.tooLong().isEmpty()) {
            return new DeliveryResult.Rejected(SalesforceProblems.TOO_LONG.problem(String.join(", ", draft.tooLong())));
        }
        DeliveryResult result;
        try {
            HttpAnswer answer = transport.exchange(call(draft), deadline);
            result = answers.read(answer, draft.notes());
        } catch (TransportException e) {
            result = WebAnswers.read(e);
        }
        if (result instanceof DeliveryResult.Delivered || result instanceof DeliveryResult.Unknown) {
            count();
        }
        return result;
    }

    private void count() {
        DayCount.Mark mark = day.add(clock.instant());
        if (mark != DayCount.Mark.NONE) {
            ProblemType limit = SalesforceProblems.WEB_LIMIT;
            LOG.warn(
                    "{}: {} of {} web leads in 24 hours [{}]: {}",
                    name,
                    day.total(clock.instant()),
                    day.limit(),
                    limit.code(),
                    limit.remedy());
        }
    }

    private HttpCall call(LeadRecord.Draft draft) {
        return HttpCall.post(uri, FORM, form.body(draft.fields()));
    }

    /** Whether the servlet's host answers at all; nothing is posted. */
    HttpAnswer ask(Instant deadline) throws TransportException, InterruptedException {
        return transport.exchange(HttpCall.get(uri), deadline);
    }

    @Override
    public Verification verify(Verification.Probe probe) throws InterruptedException {
        return new WebVerification(this, clock.instant().plus(limits.callTimeout())).run(probe);
    }

    @Override
    public Map<String, Long> gauges() {
        return Map.of("web-leads-24h", (long) day.total(clock.instant()), "web-leads-limit", (long) day.limit());
    }

    @Override
    public String preview(Lead lead) {
        HttpCall call = call(record.of(lead));
        String body = new String(java.util.Objects.requireNonNull(call.body()), UTF_8);
        StringBuilder text = new StringBuilder("POST ").append(uri).append('\n');
        text.append("Content-Type: ").append(FORM).append("\n\n");
        for (String field : body.split("&", -1)) {
            text.append(URLDecoder.decode(field, UTF_8)).append('\n');
        }
        return text.toString();
    }

    /** The destination's name. */
    @Override
    public String toString() {
        return "WebToLeadDestination[" + name + "]";
    }
}
