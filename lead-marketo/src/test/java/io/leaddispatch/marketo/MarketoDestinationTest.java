package io.leaddispatch.marketo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leaddispatch.Lead;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.marketo.MarketoSimulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests, their sizes, and calls that get no answer. */
class MarketoDestinationTest extends WithMarketo {
    @Test
    void aFormSubmissionHasTheDocumentedShape() throws Exception {
        one(form().with(MarketoSettings.PROGRAM_ID, 1).open(clock));
        ReceivedRequest request = requests(RestDestination.SUBMIT_FORM).get(0);
        assertThat(request.body())
                .startsWith("{\"formId\":1179,\"programId\":1,\"input\":[{\"leadFormFields\":{\"email\":\"ada-7f3a1c@")
                .endsWith("\"leadSource\":\"AzureMarketplace-INS|contoso.backup\"}}]}");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.headers()).doesNotContainKey("accept-encoding");
        assertThat(request.header("authorization")).startsWith("Bearer ");
    }

    @Test
    void aSynchronisationHasTheDocumentedShape() throws Exception {
        Given given = leads().with(MarketoSettings.PARTITION_NAME, "EMEA \"1\"");
        Given.deliver(given.open(clock), clock, Leads.sparse(), Leads.numbered(1));
        assertThat(requests(RestDestination.SYNC_LEADS).get(0).body())
                .startsWith(
                        "{\"action\":\"createOrUpdate\",\"lookupField\":\"email\",\"partitionName\":\"EMEA \\\"1\\\"\","
                                + "\"input\":[{\"email\":\"sparse-91c0de@example.net\"},{\"email\":\"e1e1e1-1@example.com\",");
    }

    @Test
    void everyAlphabetArrives() throws Exception {
        assertThat(one(leads().open(clock))).isInstanceOf(Delivered.class);
        Given.deliver(leads().open(clock), clock, Leads.unicode());
        assertThat(marketo.people())
                .anySatisfy(person -> assertThat(person)
                        .containsEntry("firstName", Leads.unicode().contact().firstName()));
    }

    @Test
    void secretAndTokenAreNeverInAnAddress() throws Exception {
        one(form().open(clock));
        assertThat(marketo.server().requests())
                .hasSize(2)
                .allSatisfy(request ->
                        assertThat(request.target()).doesNotContain("?", MarketoSimulator.CLIENT_SECRET, "cdf01657"));
        assertThat(requests("/identity/oauth/token").get(0).body())
                .startsWith("grant_type=client_credentials&client_id=6170fd81");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CLOSED_AFTER_STORING", "RESET_AFTER_STORING", "TRUNCATED_BODY"})
    void aLostAnswerIsUnknownInAFormAndWaitsForItsRepeatElsewhere(Fault fault) throws Exception {
        LeadDestination form = form().open(clock);
        LeadDestination leads = leads().open(clock);
        one(form);
        one(leads);
        marketo.server().answer(Answer.fault(fault));
        assertThat(shown(one(form))).isEqualTo("Unknown marketo.outcome-unknown");
        Instant sent = clock.instant();
        marketo.server().answer(Answer.fault(fault));
        DeliveryResult.Retry retry = (DeliveryResult.Retry) one(leads);
        assertThat(retry.problem().code()).isEqualTo("marketo.outcome-unknown");
        assertThat(retry.notBefore()).isEqualTo(sent.plusSeconds(90));
    }

    @Test
    void aSilentServerIsLeftAtTheDeadline() throws Exception {
        LeadDestination form = form().with(MarketoSettings.TIMEOUT, "300ms").open(Clock.systemUTC());
        Given.deliver(form, Clock.systemUTC(), Leads.grace());
        marketo.server().answer(Answer.fault(Fault.SILENT));
        assertThat(shown(Given.deliver(form, Clock.systemUTC(), Leads.ada()).get(0)))
                .isEqualTo("Unknown marketo.outcome-unknown");
    }

    @Test
    void nobodyThereIsTriedAgain() throws Exception {
        LeadDestination nobody = Given.at(URI.create("http://localhost:1")).open(clock);
        assertThat(shown(one(nobody))).isEqualTo("Retry marketo.unreachable");
    }

    @Test
    void aNameWithoutAnAddressHoldsTheDestinationAtLast() throws Exception {
        LeadDestination nowhere =
                Given.at(URI.create("https://nowhere.invalid")).open(clock);
        List<String> results = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            results.add(shown(one(nowhere)));
            clock.pass(Duration.ofSeconds(2)); // past the time that a failed fetch is kept
        }
        assertThat(results)
                .containsExactly(
                        "Retry marketo.unreachable", "Retry marketo.unreachable", "Pause marketo.wrong-address");
    }

    @Test
    void oneFailureThatManyCallsShareIsOne() throws Exception {
        LeadDestination nowhere =
                Given.at(URI.create("https://nowhere.invalid")).open(clock);
        assertThat(Given.atOnce(nowhere, clock, Leads.numbered(0, 5)).stream().map(WithMarketo::shown))
                .containsOnly("Retry marketo.unreachable");
        assertThat(shown(one(nowhere))).isEqualTo("Retry marketo.unreachable"); // the same one, which is still kept
    }

    @Test
    void aClientThatFollowsRedirectsIsRefused() throws Exception {
        HttpClient follows = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        assertThat(shown(one(form().open(follows, clock)))).isEqualTo("Pause marketo.client-unfit");
        assertThat(marketo.server().requests()).isEmpty();
    }

    @Test
    void whatDoesNotFitIntoAMegabyteGoesInTheNextCall() throws Exception {
        String letters = "ä".repeat(14_000); // 28,000 bytes
        Lead[] many = IntStream.range(0, 40)
                .mapToObj(
                        n -> Leads.numbered(n).toBuilder().description(letters).build())
                .toArray(Lead[]::new);
        LeadDestination destination = leads().with(FieldMapping.FIELDS, Map.of("mktoPersonNotes", "{description}"))
                .open(clock);
        List<DeliveryResult> results = Given.deliver(destination, clock, many);
        int size = requests(RestDestination.SYNC_LEADS).get(0).bytes().length;
        assertThat(size).isBetween(970_000, 1_000_000);
        assertThat(results.subList(0, 35)).allMatch(Delivered.class::isInstance);
        assertThat(results.subList(35, 40)).allMatch(NotExecuted.class::isInstance);
    }

    @Test
    void oneLeadThatIsTooLargeIsRejected() throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>();
        IntStream.range(0, 70).forEach(n -> fields.put("custom" + n, "{description}"));
        LeadDestination destination = leads().with(FieldMapping.FIELDS, fields).open(clock);
        Lead large = Leads.ada().toBuilder().description("x".repeat(15_000)).build();
        List<DeliveryResult> results = Given.deliver(destination, clock, large);
        assertThat(shown(results.get(0))).isEqualTo("Rejected marketo.too-large");
        assertThat(marketo.server().requests()).isEmpty();
    }

    @Test
    void aRecordThatJustFillsACallIsSent() throws Exception {
        int frame = MarketoJson.leads("email", null).frame();
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < 60; i++) {
            fields.put("custom" + i, "{description}");
            marketo.field("custom" + i, "Custom" + i);
        }
        String rest = "x".repeat(16_000);
        Given given = leads().with(FieldMapping.FIELDS, fields);
        Lead lead = Leads.sparse().toBuilder().description(rest).build();
        int size = frame + recordOf(given, lead).length;
        fields.put("last", "y".repeat(MarketoJson.MOST_BYTES - size - ",\"last\":\"\"".length()));
        Given full = leads().with(FieldMapping.FIELDS, fields);
        assertThat(frame + recordOf(full, lead).length).isEqualTo(MarketoJson.MOST_BYTES);
        assertThat(Given.deliver(full.open(clock), clock, lead).get(0)).isNotInstanceOf(NotExecuted.class);
        assertThat(requests(RestDestination.SYNC_LEADS).get(0).bytes()).hasSize(MarketoJson.MOST_BYTES);
    }

    private byte[] recordOf(Given given, Lead lead) {
        String preview = given.open(clock).preview(lead);
        String body = preview.substring(preview.indexOf("\n\n") + 2);
        return body.substring(body.indexOf('[') + 1, body.lastIndexOf(']')).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aLeadThatCannotBeSentDoesNotHurtTheOthers() throws Exception {
        List<DeliveryResult> results = Given.deliver(
                leads().open(clock), clock, Lead.builder().id("x").phone("1").build(), Leads.ada(), Leads.longest());
        assertThat(results.stream().map(WithMarketo::shown))
                .containsExactly("Rejected marketo.no-key", "Delivered", "Rejected marketo.too-long");
        new ObjectMapper().readTree(requests(RestDestination.SYNC_LEADS).get(0).body());
    }

    @Test
    void thePreviewShowsTheRequestAndNoSecret() {
        LeadDestination destination = form().open(clock);
        assertThat(destination.preview(Leads.ada()))
                .startsWith("POST " + marketo.uri() + "/rest/v1/leads/submitForm.json\n")
                .contains("Authorization: Bearer ***", "\"email\":\"ada-7f3a1c@example.com\"");
        assertThat(destination.preview(Lead.builder().phone("1").build())).contains("it is not sent: ");
        assertThat(destination).hasToString("RestDestination[crm]");
        assertThat(marketo.server().requests()).isEmpty();
    }

    @Test
    void noRequestOutlivesTheBatch() throws Exception {
        LeadBatch late = new LeadBatch(List.of(Leads.ada()), clock.instant(), false);
        assertThat(shown(form().open(clock).deliver(late).get(0))).isEqualTo("Retry marketo.unreachable");
    }
}
