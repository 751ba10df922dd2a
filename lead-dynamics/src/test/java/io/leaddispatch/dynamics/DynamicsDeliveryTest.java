package io.leaddispatch.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.Lead;
import io.leaddispatch.dynamics.simulator.DataverseSimulator;
import io.leaddispatch.dynamics.simulator.Environment;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.DeliveryResult.Retry;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ReceivedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Against a real OAuth server and a real OData server, both with TLS. */
class DynamicsDeliveryTest extends Servers {
    private static final Environment.Refusal PLUG_IN =
            new Environment.Refusal(400, "0x80040265", "No leads from Lovelace-7f3a1c, ask sales@contoso.com");

    @Test
    void oneLeadIsInsertedUnderItsOwnId() throws Exception {
        Lead lead = Leads.ada();
        assertThat(one(open(), lead))
                .isEqualTo(new Delivered(
                        Confirmation.CREATED, LeadGuid.of(lead.id()).toString(), List.of()));
        assertThat(stored(lead))
                .containsEntry("subject", "AzureMarketplace-INS|contoso.backup")
                .containsEntry("lastname", "Lovelace-7f3a1c")
                .containsEntry("leadsourcecode", 8);
    }

    @Test
    void aRepeatIsFoundAndOverwritesNothing() throws Exception {
        DynamicsDestination destination = open();
        one(destination, Leads.ada());
        stored(Leads.ada()).put("jobtitle", "changed by a salesperson");
        DeliveryResult again = one(destination, Leads.ada());
        assertThat(((Delivered) again).confirmation()).isEqualTo(Confirmation.ALREADY_PRESENT);
        assertThat(((Delivered) again).recordId())
                .isEqualTo(LeadGuid.of(Leads.ada().id()).toString());
        assertThat(stored(Leads.ada())).containsEntry("jobtitle", "changed by a salesperson");
    }

    @Test
    void aPostIsAsSafeAsThePatch() throws Exception {
        DynamicsDestination destination = open("insertBy", "post");
        assertThat(((Delivered) one(destination, Leads.ada())).confirmation()).isEqualTo(Confirmation.CREATED);
        assertThat(((Delivered) one(destination, Leads.ada())).confirmation()).isEqualTo(Confirmation.ALREADY_PRESENT);
        List<DeliveryResult> both = deliver(destination, true, List.of(Leads.ada(), Leads.grace()));
        assertThat(both)
                .extracting(r -> ((Delivered) r).confirmation())
                .containsExactly(Confirmation.ALREADY_PRESENT, Confirmation.CREATED);
    }

    @Test
    void manyGoInOneTransactionAndOneBadOneRefusesAll() throws Exception {
        environment().logic = lead -> "Hopper-b20e94".equals(lead.get("lastname")) ? PLUG_IN : null;
        DynamicsDestination destination = open();
        List<Lead> leads = List.of(Leads.ada(), Leads.grace(), Leads.sparse());
        assertThat(deliver(destination, false, leads)).allSatisfy(result -> {
            assertThat(result).isInstanceOf(NotExecuted.class);
            assertThat(code(result)).isEqualTo("dynamics.batch-refused");
        });
        assertThat(environment().leads).isEmpty();
        List<DeliveryResult> results = deliver(destination, true, leads);
        assertThat(results.get(0)).isInstanceOf(Delivered.class);
        assertThat(code(results.get(1))).isEqualTo("dynamics.customer-logic");
        assertThat(results.get(2)).isInstanceOf(Delivered.class);
        assertThat(stored(Leads.grace())).isNull();
        assertThat(targets()).containsExactly("leads/Microsoft.Dynamics.CRM.CreateMultiple", "$batch");
    }

    @Test
    void aRefusalShowsThePlugInsWordsButNothingOfTheLead() throws Exception {
        environment().logic = lead -> PLUG_IN;
        DeliveryResult result = one(open(), Leads.ada());
        assertThat(result).isInstanceOf(Rejected.class);
        assertThat(((Rejected) result).problem().cause())
                .contains("No leads from ***, ask ***")
                .doesNotContain("Lovelace", "contoso.com");
    }

    @Test
    void writtenLeadsInATransactionAreFoundEachForItself() throws Exception {
        DynamicsDestination destination = open();
        deliver(destination, false, List.of(Leads.ada(), Leads.grace()));
        assertThat(deliver(destination, false, List.of(Leads.ada(), Leads.sparse())))
                .allSatisfy(result -> assertThat(result).isInstanceOf(NotExecuted.class));
        assertThat(deliver(destination, true, List.of(Leads.ada(), Leads.sparse())))
                .extracting(r -> ((Delivered) r).confirmation())
                .containsExactly(Confirmation.ALREADY_PRESENT, Confirmation.CREATED);
    }

    @Test
    void anEnvironmentWithoutCreateMultipleGetsBatchesFromThenOn() throws Exception {
        environment().hasCreateMultiple = false;
        DynamicsDestination destination = open();
        assertThat(deliver(destination, false, List.of(Leads.ada(), Leads.grace())))
                .allSatisfy(result -> assertThat(code(result)).isEqualTo("dynamics.way-unavailable"));
        assertThat(deliver(destination, false, List.of(Leads.ada(), Leads.grace())))
                .allSatisfy(result -> assertThat(result).isInstanceOf(Delivered.class));
        assertThat(targets()).containsExactly("leads/Microsoft.Dynamics.CRM.CreateMultiple", "$batch");
    }

    @Test
    void aMissingCampaignHoldsAndDoesNotChangeTheWay() throws Exception {
        servers.dataverse().instead = request -> request.target().endsWith("CreateMultiple")
                ? DataverseSimulator.error(404, "0x80040217", "campaign With Id = 1 Does Not Exist")
                : null;
        DynamicsDestination destination = open();
        for (int i = 0; i < 2; i++) {
            assertThat(deliver(destination, false, List.of(Leads.ada(), Leads.grace())))
                    .allSatisfy(result -> assertThat(code(result)).isEqualTo("dynamics.reference-missing"));
        }
        assertThat(targets()).allMatch(target -> target.endsWith("CreateMultiple"));
    }

    /** What a proxy says of one batch says nothing of the environment. */
    @Test
    void aPageInPlaceOfABatchHoldsAndDoesNotChangeTheWay() throws Exception {
        servers.dataverse().instead =
                request -> Answer.of(400).with("Content-Type", "text/html").with("<html>Bad request</html>");
        DynamicsDestination destination = open("writeMode", "batch");
        assertThat(deliver(destination, false, List.of(Leads.ada(), Leads.grace())))
                .allSatisfy(result -> assertThat(code(result)).isEqualTo("dynamics.not-dataverse"));
        assertThat(destination.limits().batch()).isEqualTo(100);
    }

    @Test
    void aBatchRefusedForItsFormIsFollowedBySingleLeads() throws Exception {
        servers.dataverse().instead = request -> request.target().endsWith("$batch")
                ? DataverseSimulator.error(400, "0x80048d19", "Stream was not readable.")
                : null;
        DynamicsDestination destination = open("writeMode", "batch");
        assertThat(destination.limits().batch()).isEqualTo(100);
        assertThat(deliver(destination, false, List.of(Leads.ada(), Leads.grace())))
                .allSatisfy(result -> assertThat(result).isInstanceOf(NotExecuted.class));
        assertThat(destination.limits().batch()).isEqualTo(1);
    }

    @Test
    void aPartWithoutAnAnswerIsTriedAgain() throws Exception {
        servers.dataverse().afterwards = (request, answer) -> request.target().endsWith("$batch")
                ? answer.with(answer.body().substring(0, answer.body().indexOf("--batchresponse", 20)))
                : answer;
        List<DeliveryResult> results = deliver(open(), true, List.of(Leads.ada(), Leads.grace()));
        assertThat(results).allSatisfy(result -> assertThat(code(result)).isEqualTo("dynamics.no-answer"));
    }

    @Test
    void aLostAnswerIsTriedAgainAndFindsTheLead() throws Exception {
        AtomicInteger lost = new AtomicInteger();
        servers.dataverse().afterwards = (request, answer) ->
                lost.getAndIncrement() == 0 ? Answer.fault(Answer.Fault.CLOSED_AFTER_STORING) : answer;
        DynamicsDestination destination = open();
        DeliveryResult first = one(destination, Leads.ada());
        assertThat(first).isInstanceOf(Retry.class);
        assertThat(code(first)).isEqualTo("dynamics.no-answer");
        assertThat(((Delivered) one(destination, Leads.ada())).confirmation()).isEqualTo(Confirmation.ALREADY_PRESENT);
        assertThat(environment().inserts.get(LeadGuid.of(Leads.ada().id()))).hasValue(1);
    }

    @Test
    void throttlingPausesUntilTheServiceSays() throws Exception {
        servers.dataverse().instead = request -> DataverseSimulator.error(
                        429,
                        "0x80072322",
                        "Number of requests exceeded the limit of 6000 over time window of 300 seconds.")
                .with("Retry-After", "7");
        Instant before = Instant.now();
        Pause pause = (Pause) one(open(), Leads.ada());
        assertThat(pause.problem().code()).isEqualTo("dynamics.throttled");
        assertThat(pause.until()).isBetween(before.plusSeconds(7), Instant.now().plusSeconds(7));
    }

    @Test
    void theServicesHintSteersConcurrency() throws Exception {
        servers.dataverse().afterwards = (request, answer) -> answer.with("x-ms-dop-hint", "2");
        DynamicsDestination destination = open("concurrency", 8);
        assertThat(destination.limits().concurrency()).isEqualTo(8);
        one(destination, Leads.ada());
        assertThat(destination.limits().concurrency()).isEqualTo(2);
        servers.dataverse().afterwards = (request, answer) -> answer.with("x-ms-dop-hint", "40");
        one(destination, Leads.grace());
        assertThat(destination.limits().concurrency()).isEqualTo(8);
    }

    @Test
    void aDoNotContactLeadSaysSoInThreeColumns() throws Exception {
        Lead lead = Leads.ada().toBuilder().source("SPZA-DNC|contoso.app").build();
        one(open("moreDoNotContact", List.of("donotfax")), lead);
        assertThat(stored(lead))
                .containsEntry("donotemail", true)
                .containsEntry("donotphone", true)
                .containsEntry("donotbulkemail", true)
                .containsEntry("donotfax", true);
    }

    @Test
    void aValueTooLongForTheEnvironmentIsRefusedByName() throws Exception {
        servers.dataverse().column("jobtitle", 5);
        DeliveryResult result = one(open(), Leads.ada());
        assertThat(code(result)).isEqualTo("dynamics.value-too-long");
        assertThat(((Rejected) result).problem().cause()).endsWith("column: jobtitle");
        DynamicsDestination destination = open();
        destination.verify(new io.leaddispatch.spi.Verification.Probe(null));
        Delivered delivered = (Delivered) one(destination, Leads.ada());
        assertThat(delivered.notes()).containsExactly("jobtitle: 15 -> 5 characters");
        assertThat((String) stored(Leads.ada()).get("description")).contains("jobtitle: Countess-7f3a1c");
    }

    @Test
    void anUnknownColumnHoldsTheDestinationByNameInEveryWay() throws Exception {
        DynamicsDestination destination = open("fields", Map.of("new_colour", "{company}"));
        List<DeliveryResult> results = new ArrayList<>(deliver(destination, false, List.of(Leads.ada())));
        results.addAll(deliver(destination, false, List.of(Leads.ada(), Leads.grace())));
        results.addAll(deliver(destination, true, List.of(Leads.ada(), Leads.grace())));
        assertThat(results).hasSize(5).allSatisfy(result -> {
            assertThat(result).isInstanceOf(Pause.class);
            assertThat(((Pause) result).problem().code()).isEqualTo("dynamics.column-missing");
            assertThat(((Pause) result).problem().cause()).endsWith(": new_colour");
            assertThat(((Pause) result).problem().vendorCode()).isEqualTo("0x80048d19");
        });
    }

    /** What was made of the lead's values is the lead's, too. */
    @Test
    void aRefusalShowsNeitherCutNorDerivedNorShortValues() throws Exception {
        environment().logic = lead -> new Environment.Refusal(
                400, "0x80040265", "No " + lead.get("lastname") + ", " + lead.get("jobtitle") + ": call back");
        Lead cut = Leads.ada().toBuilder()
                .lastName("L" + "o".repeat(60))
                .title("VP")
                .build();
        Lead derived =
                Lead.builder().email("grace.hopper@example.com").title("Dr").build();
        for (Lead lead : List.of(cut, derived)) {
            assertThat(Results.problem(one(open(), lead)).cause()).endsWith(": No ***, ***: call back");
        }
    }

    @Test
    void aServerThatIsSilentTimesOut() throws Exception {
        DynamicsDestination destination = open();
        one(destination, Leads.grace()); // the token is there, so that the time is the environment's alone
        servers.dataverse().instead = request -> Answer.fault(Answer.Fault.SILENT);
        List<DeliveryResult> results = destination.deliver(new io.leaddispatch.spi.LeadBatch(
                List.of(Leads.ada()), Instant.now().plus(Duration.ofSeconds(5)), false));
        assertThat(code(results.get(0))).isEqualTo("dynamics.timeout");
    }

    @Test
    void aHostThatIsUnknownHoldsAtTheThird() throws Exception {
        DynamicsDestination destination = open("instanceUrl", "https://contoso.crm4.dynamics.invalid");
        assertThat(code(one(destination, Leads.ada()))).isEqualTo("dynamics.host-unknown");
        assertThat(code(one(destination, Leads.ada()))).isEqualTo("dynamics.host-unknown");
        assertThat(code(one(destination, Leads.ada()))).isEqualTo("dynamics.wrong-address");
    }

    /** A restart behind the address refuses for a while, and ends no lead. */
    @Test
    void refusedConnectionsAreTriedAgain() throws Exception {
        DynamicsDestination destination = open("instanceUrl", "https://localhost:1");
        for (int i = 0; i < 5; i++) {
            assertThat(code(one(destination, Leads.ada()))).isEqualTo("dynamics.unreachable");
        }
    }

    @Test
    void onlyTheMissingSignBeforeATypeIsChangedOnTheWayToTheJudge() throws Exception {
        DynamicsDestination destination = open();
        deliver(destination, false, Leads.numbered(0, 7));
        deliver(destination, true, Leads.numbered(7, 12));
        one(destination, Leads.unicode());
        destination.verify(new io.leaddispatch.spi.Verification.Probe(Leads.ada()));
        assertThat(servers.dataverse().typesCompleted()).isEqualTo(7);
        assertThat(servers.dataverse().judged().size()).isGreaterThan(8);
        assertThat(servers.dataverse().judged()).allSatisfy(judged -> {
            String handedOver = new String(judged.handedOver(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(handedOver.replace("\"#Microsoft.Dynamics.CRM.lead\"", "\"Microsoft.Dynamics.CRM.lead\""))
                    .isEqualTo(judged.received().body());
            assertThat(judged.method()).isEqualTo(judged.received().method());
            assertThat(judged.address())
                    .isEqualTo(servers.dataverse().uri() + judged.received().target());
            assertThat(judged.headers()).isEqualTo(judged.received().headers());
        });
    }

    @Test
    void previewShowsTheRequestWithoutTheToken() {
        assertThat(open().preview(Leads.ada()))
                .startsWith("PATCH " + servers.dataverse().uri() + "/api/data/v9.2/leads(")
                .contains("If-None-Match: *", "Authorization: ***", "\"lastname\":\"Lovelace-7f3a1c\"");
        assertThat(servers.dataverse().requests()).isEmpty();
    }

    @Test
    void duplicateRulesApplyWhereTheCustomerWantsThem() throws Exception {
        environment().logic = lead -> new Environment.Refusal(
                500,
                "0x80040333",
                "A record was not created or updated because a duplicate of the current record already exists.");
        DeliveryResult rejected = one(open("duplicateDetection", true), Leads.ada());
        assertThat(code(rejected)).isEqualTo("dynamics.lead-duplicate");
        assertThat(rejected).isInstanceOf(Rejected.class);
        assertThat(servers.dataverse().requests().get(0).header("MSCRM.SuppressDuplicateDetection"))
                .isEqualTo("false");
        DynamicsDestination lenient = open("duplicateDetection", true, "onDuplicateRule", "delivered");
        assertThat(deliver(lenient, true, List.of(Leads.ada(), Leads.grace())))
                .allSatisfy(result -> assertThat(result).isInstanceOf(Delivered.class));
    }

    private List<String> targets() {
        return servers.dataverse().requests().stream()
                .map(ReceivedRequest::target)
                .map(target -> target.substring("/api/data/v9.2/".length()))
                .toList();
    }
}
