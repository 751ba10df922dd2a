package io.leaddispatch.example.zoho;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leaddispatch.Lead;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.TokenCache;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.FieldLengths.Fitted;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Limits;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Up to 100 leads per call; Zoho tells a repeated lead by its e-mail address. */
final class ZohoDestination implements LeadDestination {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Limits LIMITS =
            Limits.ONE_BY_ONE.withBatch(100).withConcurrency(5).whereRepeatIsSafe();

    private final URI upsert;
    private final ZohoRecord record;
    private final TokenCache<IOException> tokens;
    private final HttpTransport transport;
    private final ZohoAnswers answers;

    ZohoDestination(
            URI api, ZohoRecord record, TokenCache<IOException> tokens, HttpTransport transport, ZohoAnswers answers) {
        this.upsert = api.resolve("/crm/v8/Leads/upsert");
        this.record = record;
        this.tokens = tokens;
        this.transport = transport;
        this.answers = answers;
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    /** Two records with one address in a call would be one lead at Zoho. */
    @Override
    public String serialKey(Lead lead) {
        String email = lead.contact().email();
        return email == null ? lead.id().value() : email.toLowerCase(Locale.ROOT);
    }

    @Override
    public List<DeliveryResult> deliver(LeadBatch batch) throws InterruptedException {
        List<Fitted> records = batch.leads().stream().map(record::of).toList();
        List<Fitted> sent =
                records.stream().filter(each -> each.tooLong().isEmpty()).toList();
        if (sent.isEmpty()) {
            return ZohoAnswers.merge(records, List.of());
        }
        return ZohoAnswers.merge(records, send(sent, batch));
    }

    private List<DeliveryResult> send(List<Fitted> records, LeadBatch batch) throws InterruptedException {
        byte[] body = body(records);
        try {
            HttpAnswer answer = tokens.call(
                    batch.deadline(),
                    token -> transport.exchange(
                            HttpCall.post(upsert, "application/json; charset=utf-8", body)
                                    .header("Authorization", "Zoho-oauthtoken " + token.value()),
                            batch.deadline()),
                    ZohoAnswers::refusesToken);
            return answer == null ? ZohoAnswers.tooLate(records.size()) : answers.read(answer, records);
        } catch (ZohoTokens.NoToken e) {
            return ZohoAnswers.all(records.size(), e.result);
        } catch (TransportException e) {
            return ZohoAnswers.all(records.size(), ZohoAnswers.read(e));
        } catch (IOException e) {
            throw new IllegalStateException("no other failure is declared", e);
        }
    }

    private static byte[] body(List<Fitted> records) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode data = root.putArray("data");
        records.forEach(each -> data.addPOJO(each.fields()));
        root.putArray("duplicate_check_fields").add("Email");
        return root.toString().getBytes(UTF_8);
    }

    @Override
    public String preview(Lead lead) {
        return "POST " + upsert + "\n\n" + new String(body(List.of(record.of(lead))), UTF_8);
    }

    @Override
    public String toString() {
        return "ZohoDestination[" + upsert.getHost() + "]";
    }
}
