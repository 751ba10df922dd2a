package io.leaddispatch.azuretable;

import static io.leaddispatch.Confirmation.ALREADY_PRESENT;
import static io.leaddispatch.Confirmation.CREATED;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.data.tables.models.TableEntity;
import io.leaddispatch.Confirmation;
import io.leaddispatch.Lead;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Azurite;
import io.leaddispatch.testkit.Leads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithAzurite.class)
class AzuriteDeliveryTest {
    private Given given;
    private AzureTableDestination destination;

    @BeforeEach
    void open(Azurite azurite) {
        given = Given.table(azurite);
        destination = given.open();
    }

    @Test
    void theFirstLeadMakesTheTableAndTheSecondTimeItIsThere() throws Exception {
        Lead ada = Leads.ada();
        assertThat(deliver(ada)).containsExactly(delivered(ada, CREATED));
        assertThat(deliver(ada)).containsExactly(delivered(ada, ALREADY_PRESENT));
        assertThat(rows()).hasSize(1);
    }

    @Test
    void columnsAreThoseOfTheMarketplace() throws Exception {
        deliver(Leads.ada());
        TableEntity row = rows().get(0);
        assertThat(row.getPartitionKey()).isEqualTo("2026-02-03");
        assertThat(row.getRowKey()).isEqualTo("251632209293999-lead-ada");
        assertThat(row.getProperties())
                .containsEntry("ActionCode", "INS")
                .containsEntry("CreatedTime", "2026-02-03T04:05:06Z")
                .containsEntry("Description", "wrote-7f3a1c the first program")
                .containsEntry("LeadSource", "AzureMarketplace")
                .containsEntry("OfferDisplayName", "Contoso Backup")
                .containsEntry("ProductId", "contoso.backup")
                .containsEntry(
                        "CustomerInfo",
                        "{\"FirstName\":\"Ada-7f3a1c\",\"LastName\":\"Lovelace-7f3a1c\","
                                + "\"Email\":\"ada-7f3a1c@example.com\",\"Phone\":\"+44-555-7731991\",\"Country\":\"GB\","
                                + "\"Company\":\"Analytical-7f3a1c Ltd\",\"Title\":\"Countess-7f3a1c\"}");
    }

    @Test
    void aLeadWithoutATimeHasAPartitionAndNoColumnForIt() throws Exception {
        deliver(Leads.sparse());
        TableEntity row = rows().get(0);
        assertThat(row.getPartitionKey()).isEqualTo("undated");
        assertThat(row.getRowKey()).isEqualTo("lead-sparse");
        assertThat(row.getProperties()).doesNotContainKey("CreatedTime").containsKey("CustomerInfo");
    }

    @Test
    void aHundredLeadsGoInOneCallAndAHundredMoreThatArePartlyThereInThree() throws Exception {
        List<Lead> leads = Leads.numbered(0, 100);
        assertThat(deliver(leads.toArray(Lead[]::new))).allMatch(Delivered.class::isInstance);
        List<Lead> overlapping = Leads.numbered(50, 150);
        assertThat(deliver(overlapping.toArray(Lead[]::new))).allMatch(NotExecuted.class::isInstance);
        List<DeliveryResult> results = deliver(true, overlapping.toArray(Lead[]::new));
        assertThat(results.subList(0, 50)).allMatch(result -> is(result, ALREADY_PRESENT));
        assertThat(results.subList(50, 100)).allMatch(result -> is(result, CREATED));
        assertThat(rows()).hasSize(150);
    }

    @Test
    void aSuspectBatchThatIsAllThereWritesNothing() throws Exception {
        Lead[] leads = Leads.numbered(0, 3).toArray(Lead[]::new);
        deliver(leads);
        assertThat(deliver(true, leads)).allMatch(result -> is(result, ALREADY_PRESENT));
    }

    @Test
    void aSuspectBatchForAMissingTableIsWritten() throws Exception {
        assertThat(deliver(true, Leads.ada(), Leads.grace())).allMatch(result -> is(result, CREATED));
    }

    /** Their keys are scattered over the partition, so that most of it lies between the first and the last. */
    @Test
    void aSuspectBatchAmongManyUndatedRowsIsSortedOut() throws Exception {
        for (int i = 0; i < 2_300; i += 100) {
            deliver(IntStream.range(i, i + 100)
                    .mapToObj(n -> undated(String.format("lead-%04d", n)))
                    .toArray(Lead[]::new));
        }
        List<DeliveryResult> results =
                deliver(true, undated("lead-0000"), undated("lead-1000-new"), undated("lead-2299"), undated("zzz"));
        assertThat(results)
                .satisfiesExactly(
                        there -> assertThat(is(there, ALREADY_PRESENT)).isTrue(),
                        made -> assertThat(is(made, CREATED)).isTrue(),
                        there -> assertThat(is(there, ALREADY_PRESENT)).isTrue(),
                        made -> assertThat(is(made, CREATED)).isTrue());
        assertThat(deliver(
                        true,
                        IntStream.range(0, 100)
                                .mapToObj(n -> undated(String.format("lead-%04d", n * 23)))
                                .toArray(Lead[]::new)))
                .allMatch(result -> is(result, ALREADY_PRESENT));
    }

    private static Lead undated(String id) {
        return Leads.sparse().toBuilder().id(id).build();
    }

    @Test
    void eightThreadsMakeTheTable() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<List<DeliveryResult>>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Lead lead = Leads.numbered(i);
                all.add(threads.submit(() -> deliver(lead)));
            }
            for (Future<List<DeliveryResult>> one : all) {
                assertThat(one.get()).allMatch(result -> is(result, CREATED));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void hostileIdsHaveRowsOfTheirOwn() throws Exception {
        String[] ids = {"a/b\\c#d?e", "%25+%2F", "o'clock", ":3A", "\"<&>\"", "~".repeat(128), "/".repeat(128)};
        for (String id : ids) {
            Lead lead = Leads.sparse().toBuilder().id(id).build();
            assertThat(deliver(lead)).allMatch(result -> is(result, CREATED));
            assertThat(is(deliver(true, lead, Leads.sparse()).get(0), ALREADY_PRESENT))
                    .isTrue();
        }
        assertThat(rows().stream()
                        .map(row -> RowKeys.leadId("undated", row.getRowKey()).value()))
                .contains(ids);
    }

    @Test
    void theLongestLeadAndOneOfAllAlphabetsArriveWhole() throws Exception {
        assertThat(deliver(Leads.unicode())).allMatch(result -> is(result, CREATED));
        assertThat(deliver(Leads.longest())).allMatch(result -> is(result, CREATED));
        assertThat(rows())
                .anySatisfy(row -> assertThat(row.getProperty("Description"))
                        .isEqualTo(Leads.longest().description()));
    }

    @Test
    void aTextOfExactlyTheLimitIsTakenAndALongerOneCut(Azurite azurite) throws Exception {
        String exact = "x".repeat(LeadRecord.LONGEST_TEXT - 4);
        Given wide = Given.table(azurite)
                .with(io.leaddispatch.spi.FieldMapping.FIELDS, java.util.Map.of("Exact", exact + "{phone}"));
        AzureTableDestination other = wide.open();
        Lead fits = Lead.builder().id("fits").phone("1234").build();
        Lead cut = Lead.builder().id("cut").phone("12345").build();
        assertThat(deliver(other, false, fits)).containsExactly(delivered(fits, CREATED));
        assertThat(deliver(other, false, cut))
                .satisfiesExactly(result ->
                        assertThat(((Delivered) result).notes()).containsExactly("Exact: 32769 -> 32768 characters"));
    }

    @Test
    void aWrongKeyHoldsTheDestinationEveryTime(Azurite azurite) throws Exception {
        String wrong = azurite.connectionString().replace("AccountKey=Eby8", "AccountKey=AAAA");
        AzureTableDestination other =
                Given.connection(wrong).with(AzureTableSettings.TABLE, "Wrong").open();
        for (int i = 0; i < 3; i++) {
            assertThat(deliver(other, false, Leads.ada())).satisfiesExactly(result -> {
                assertThat(result).isInstanceOf(Pause.class);
                assertThat(AzureTableAnswers.problem(result).code()).isEqualTo("azure-table.forbidden");
            });
            assertThat(deliver(other, true, Leads.ada(), Leads.grace())).allMatch(Pause.class::isInstance);
        }
    }

    @Test
    void aTableThatMustNotBeMadeHoldsTheDestination() throws Exception {
        AzureTableDestination other =
                given.with(AzureTableSettings.CREATE_TABLE, false).open();
        for (DeliveryResult result : deliver(other, false, Leads.ada(), Leads.grace())) {
            assertThat(AzureTableAnswers.problem(result).code()).isEqualTo("azure-table.table-missing");
        }
    }

    @Test
    void verifyMakesTheTableWritesTheTestLeadAndReadsItBack() throws Exception {
        Verification nothingYet = destination.verify(new Verification.Probe(null));
        assertThat(nothingYet.passed()).isTrue();
        assertThat(nothingYet.steps()).hasSize(2);
        assertThat(nothingYet.steps().get(1).advice()).contains("first lead makes it");
        Verification verification =
                destination.verify(new Verification.Probe(io.leaddispatch.TestLead.at(Instant.now())));
        assertThat(verification.passed()).as("%s", verification).isTrue();
        assertThat(verification.steps()).hasSize(4);
        assertThat(rows()).hasSize(1);
    }

    @Test
    void verifySaysThatTheTableIsMissingWhereItMustNotBeMade() throws Exception {
        Verification verification =
                given.with(AzureTableSettings.CREATE_TABLE, false).open().verify(new Verification.Probe(Leads.ada()));
        assertThat(verification.passed()).isFalse();
        assertThat(verification.steps().get(1).problem().code()).isEqualTo("azure-table.table-missing");
    }

    private List<DeliveryResult> deliver(Lead... leads) throws InterruptedException {
        return deliver(false, leads);
    }

    private List<DeliveryResult> deliver(boolean suspect, Lead... leads) throws InterruptedException {
        return deliver(destination, suspect, leads);
    }

    private static List<DeliveryResult> deliver(AzureTableDestination to, boolean suspect, Lead... leads)
            throws InterruptedException {
        return to.deliver(new LeadBatch(List.of(leads), Instant.now().plusSeconds(30), suspect));
    }

    private static Delivered delivered(Lead lead, Confirmation how) {
        return new Delivered(how, RowKeys.partition(lead) + "/" + RowKeys.row(lead), List.of());
    }

    private static boolean is(DeliveryResult result, Confirmation how) {
        return result instanceof Delivered delivered && delivered.confirmation() == how;
    }

    private List<TableEntity> rows() throws Exception {
        TableAccess table = AzureTableDestinationProvider.access(
                given, Given.context(java.time.Clock.systemUTC()), new ArrayList<>());
        return table.run(calls ->
                        calls.page(null, null, 1_000, null, Instant.now().plusSeconds(30)))
                .rows();
    }
}
