package io.leaddispatch.marketo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leaddispatch.Confirmation;
import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.MovableClock;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.marketo.MarketoSimulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The destination alone, call by call. */
class MarketoDestinationTest {
    private final MovableClock clock = MovableClock.at(Instant.now());
    private final MarketoSimulator marketo = MarketoSimulator.start(clock);

    @AfterEach
    void stop() {
        marketo.close();
    }

    private Given form() {
        return Given.at(marketo.uri());
    }

    private Given leads() {
        return form().with(MarketoSettings.MODE, "leads");
    }

    private DeliveryResult one(LeadDestination destination) throws Exception {
        return Given.deliver(destination, clock, Leads.ada()).get(0);
    }

    private static String shown(DeliveryResult result) {
        Problem problem = MarketoAnswers.problem(result);
        return result.getClass().getSimpleName() + (problem == null ? "" : " " + problem.code());
    }

    private List<ReceivedRequest> requests(String path) {
        return marketo.server().requests().stream()
                .filter(request -> request.target().equals(path))
                .toList();
    }

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

    @Test
    void aTokenIsUsedUntilAMinuteBeforeItsEnd() throws Exception {
        LeadDestination destination = form().open(clock);
        one(destination);
        clock.pass(Duration.ofSeconds(3530));
        one(destination);
        assertThat(marketo.tokenRequests()).isOne();
        clock.pass(Duration.ofSeconds(20));
        assertThat(one(destination)).isInstanceOf(Delivered.class); // the same token, with 50 s left
        assertThat(marketo.tokenRequests()).isEqualTo(2);
        one(destination);
        assertThat(marketo.tokenRequests()).isEqualTo(2);
        clock.pass(Duration.ofSeconds(51));
        assertThat(one(destination)).isInstanceOf(Delivered.class);
        assertThat(marketo.tokenRequests()).isEqualTo(3);
    }

    @Test
    void aRefusedTokenIsRenewedOnce() throws Exception {
        LeadDestination destination = form().open(clock);
        one(destination);
        marketo.expireTokens();
        assertThat(one(destination)).isInstanceOf(Delivered.class);
        assertThat(requests(RestDestination.SUBMIT_FORM)).hasSize(3);
        assertThat(marketo.submissions()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"601", "602"})
    void aTokenRefusedTwiceHoldsTheDestination(String code) throws Exception {
        marketo.failNext(code, 2);
        assertThat(shown(one(form().open(clock)))).isEqualTo("Pause marketo.token-refused");
        assertThat(requests(RestDestination.SUBMIT_FORM)).hasSize(2);
    }

    private List<DeliveryResult> atOnce(LeadDestination destination, List<Lead> leads) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(leads.size());
        try {
            List<DeliveryResult> results = new ArrayList<>();
            for (Future<List<DeliveryResult>> call : threads.invokeAll(leads.stream()
                    .<Callable<List<DeliveryResult>>>map(lead -> () -> Given.deliver(destination, clock, lead))
                    .toList())) {
                results.addAll(call.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void meet(CyclicBarrier meeting) {
        try {
            meeting.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void callsThatNeedATokenAtOnceFetchOne() throws Exception {
        assertThat(atOnce(form().open(clock), Leads.numbered(0, 8))).allMatch(Delivered.class::isInstance);
        assertThat(marketo.tokenRequests()).isOne();
    }

    @Test
    void wrongCredentialsHoldTheDestination() throws Exception {
        DeliveryResult result =
                one(form().with(MarketoSettings.CLIENT_SECRET, "CANARY").open(clock));
        assertThat(shown(result)).isEqualTo("Pause marketo.credentials");
        assertThat(((Pause) result).until()).isNull();
        assertThat(result.toString()).doesNotContain("CANARY");
    }

    @Test
    void aDyingTokenPausesForTwoSeconds() throws Exception {
        marketo.server().answer(Answer.json(200, "{\"access_token\":\"a\",\"expires_in\":0}"));
        Pause pause = (Pause) one(form().open(clock));
        assertThat(pause.problem().code()).isEqualTo("marketo.token-expiring");
        assertThat(pause.until()).isEqualTo(clock.instant().plusSeconds(2));
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "503, , Retry marketo.token-unavailable",
        "429, , Retry marketo.token-unavailable",
        "404, , Pause marketo.wrong-address",
        "302, , Pause marketo.wrong-address",
        "200, <html>, Pause marketo.wrong-address",
        "200, {}, Pause marketo.credentials",
        "200, {\"access_token\":\"a b\"}, Pause marketo.credentials"
    })
    void withoutATokenNothingIsSent(int status, String body, String result) throws Exception {
        marketo.server().answer(Answer.of(status).with(body == null ? "" : body));
        assertThat(shown(one(form().open(clock)))).isEqualTo(result);
        assertThat(marketo.server().requests()).hasSize(1);
    }

    @Test
    void whatWasNotSentIsNoCallOfTheDay() throws Exception {
        LeadDestination destination =
                form().with(MarketoSettings.DAILY_CALLS, 1).open(clock);
        marketo.server().answer(Answer.of(503));
        assertThat(shown(one(destination))).isEqualTo("Retry marketo.token-unavailable");
        clock.pass(Duration.ofSeconds(2));
        assertThat(one(destination)).isInstanceOf(Delivered.class);
        assertThat(shown(one(destination))).isEqualTo("Pause marketo.daily-cap");
    }

    @Test
    void aTokenWithoutAnEndIsUsedUntilItIsRefused() throws Exception {
        LeadDestination destination = form().open(clock);
        one(form().open(clock));
        String token = requests(RestDestination.SUBMIT_FORM)
                .get(0)
                .header("authorization")
                .substring(7);
        marketo.server().answer(Answer.json(200, "{\"access_token\":\"" + token + "\"}"));
        assertThat(one(destination)).isInstanceOf(Delivered.class);
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
        assertThat(atOnce(nowhere, Leads.numbered(0, 5)).stream().map(MarketoDestinationTest::shown))
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
    void aLeadThatCannotBeSentDoesNotHurtTheOthers() throws Exception {
        List<DeliveryResult> results = Given.deliver(
                leads().open(clock), clock, Lead.builder().id("x").phone("1").build(), Leads.ada(), Leads.longest());
        assertThat(results.stream().map(MarketoDestinationTest::shown))
                .containsExactly("Rejected marketo.no-key", "Delivered", "Rejected marketo.too-long");
        new ObjectMapper().readTree(requests(RestDestination.SYNC_LEADS).get(0).body());
    }

    @Test
    void anUnknownFieldHoldsTheDestinationAndIsNamed() throws Exception {
        Given given = leads().with(FieldMapping.FIELDS, Map.of("industri", "IT"));
        for (boolean whole : new boolean[] {true, false}) {
            marketo.unknownFieldFailsCall(whole);
            DeliveryResult result = one(given.open(clock));
            assertThat(shown(result)).isEqualTo("Pause marketo.unknown-field");
            assertThat(((Pause) result).problem().cause()).contains("industri");
        }
        assertThat(marketo.size()).isZero();
    }

    @Test
    void aFormThatSkipsEveryLeadIsHeld() throws Exception {
        marketo.form(8, "email");
        LeadDestination destination = form().with(MarketoSettings.FORM_ID, "8")
                .with(MarketoSettings.HOLD_AFTER_SKIPS, 3)
                .open(clock);
        List<String> results = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            results.add(shown(one(destination)));
        }
        assertThat(Given.deliver(destination, clock, Leads.sparse()).get(0)).isInstanceOf(Delivered.class);
        for (int i = 0; i < 4; i++) {
            results.add(shown(one(destination)));
        }
        assertThat(results.subList(0, 6)).containsOnly("Rejected marketo.form-skipped");
        assertThat(results.get(6)).isEqualTo("Pause marketo.form-skips-leads");
    }

    @Test
    void aWrongFormIdHoldsTheDestinationBeforeALeadIsRefused() throws Exception {
        LeadDestination destination = form().with(MarketoSettings.FORM_ID, "99").open(clock);
        Pause pause = (Pause) one(destination);
        assertThat(pause.problem().code()).isEqualTo("marketo.form-not-found");
        assertThat(pause.problem().vendorCode()).isEqualTo("702");
        assertThat(pause.until()).isNull();
    }

    @Test
    void aRepeatOfALostAnswerIsNotRefusedForItsCompany() throws Exception {
        LeadDestination destination = leads().open(clock);
        one(destination); // arrived, but say that the answer was lost
        DeliveryResult.Retry retry = (DeliveryResult.Retry) one(destination);
        assertThat(retry.problem().code()).isEqualTo("marketo.company-fixed");
        assertThat(retry.problem().vendorCode()).isEqualTo("1021");
        assertThat(((Delivered) one(destination)).confirmation()).isEqualTo(Confirmation.UPDATED);
    }

    @Test
    void otherFieldsOfACompanyThatIsFixedRefuseTheLeadWithTheRemedy() throws Exception {
        Map<String, Object> fields = new HashMap<>();
        fields.put("company", null);
        fields.put("industry", "IT");
        LeadDestination destination = leads().with(FieldMapping.FIELDS, fields).open(clock);
        one(destination);
        marketo.server()
                .answer(Answer.json(
                        200,
                        "{\"success\":true,\"result\":[{\"status\":\"skipped\",\"reasons\":[{\"code\":\"1021\"}]}]}"));
        Rejected rejected = (Rejected) one(destination);
        assertThat(rejected.problem().code()).isEqualTo("marketo.company-fixed");
        assertThat(rejected.problem().remedy()).contains("fields: {\"company\": null}");
    }

    @Test
    void peopleWithOneKeyAreNamedToBeMerged() throws Exception {
        CyclicBarrier meeting = new CyclicBarrier(2);
        marketo.meanwhile(() -> meet(meeting));
        LeadDestination destination = leads().open(clock);
        assertThat(atOnce(destination, List.of(Leads.numbered(1), Leads.numbered(1))))
                .allMatch(Delivered.class::isInstance);
        assertThat(marketo.size()).isEqualTo(2);
        marketo.meanwhile(() -> {});
        Rejected rejected =
                (Rejected) Given.deliver(destination, clock, Leads.numbered(1)).get(0);
        assertThat(rejected.problem().code()).isEqualTo("marketo.several-matches");
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
