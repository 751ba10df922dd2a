package io.leaddispatch.azuretable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableClientBuilder;
import com.azure.data.tables.models.TableEntity;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.Problem;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Azurite;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ScriptedServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithAzurite.class)
class AzuriteReadingTest {
    private Given given;
    private AzureTableLeads leads;

    @BeforeEach
    void open(Azurite azurite) {
        given = Given.table(azurite);
        leads = open(given);
    }

    private static AzureTableLeads open(Given given) {
        return AzureTableLeads.open(given, Given.context(Clock.systemUTC()));
    }

    private void write(Lead... all) throws InterruptedException {
        AzureTableDestination destination = given.open();
        for (Lead lead : all) {
            destination.deliver(new LeadBatch(List.of(lead), Instant.now().plusSeconds(30), false));
        }
    }

    private TableAccess access() {
        return AzureTableDestinationProvider.access(given, Given.context(Clock.systemUTC()), new ArrayList<>());
    }

    /** Somebody else's program. */
    private TableClient foreign(Azurite azurite) {
        HttpTransport transport = new HttpTransport(
                () -> java.net.http.HttpClient.newHttpClient(), Clock.systemUTC(), "foreign", 1 << 20);
        return new TableClientBuilder()
                .connectionString(azurite.connectionString())
                .tableName(given.get(AzureTableSettings.TABLE))
                .httpClient(new SdkTransport(transport))
                .buildClient();
    }

    private void put(Azurite azurite, String key, String person) {
        Exchange exchange = new Exchange(Instant.now().plusSeconds(30), true);
        TableEntity row = new TableEntity("9:2F28:2F2018", key)
                .addProperty("CustomerInfo", person)
                .addProperty("LeadSource", "AzureMarketplace")
                .addProperty("ActionCode", "INS")
                .addProperty("OfferDisplayName", "Contoso Backup")
                .addProperty("Description", "Campaigns: ");
        foreign(azurite)
                .upsertEntityWithResponse(
                        row, com.azure.data.tables.models.TableEntityUpdateMode.REPLACE, null, exchange.context());
    }

    private static List<String> ids(java.util.stream.Stream<StoredLead> rows) {
        return rows.map(row ->
                        row instanceof StoredLead.Read read ? read.lead().id().value() : "-")
                .sorted()
                .toList();
    }

    @Test
    void rowsOfThisLibraryAndOfTheMarketplaceAreLeads(Azurite azurite) throws Exception {
        write(Leads.ada(), Leads.sparse());
        put(azurite, "0001", "{\"FirstName\":\"Mia\",\"Email\":\"mia@example.com\"}");
        put(azurite, "0002", "{no json");
        List<StoredLead> rows = leads.stream(LeadQuery.ALL).toList();
        assertThat(rows).hasSize(4);
        assertThat(rows.stream().filter(StoredLead.Unreadable.class::isInstance))
                .hasSize(1);
        assertThat(ids(rows.stream())).contains("lead-ada", "lead-sparse");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.row().writtenAt()).isAfter(Instant.now().minusSeconds(600));
            assertThat(row.row().etag()).isNotEmpty();
        });
    }

    @Test
    void partitionOfferAndTimeLimitWhatIsRead() throws Exception {
        write(Leads.ada(), Leads.grace(), Leads.sparse());
        Instant later = Instant.now().plusSeconds(600);
        assertThat(ids(leads.stream(LeadQuery.ALL.partition("undated")))).containsExactly("lead-sparse");
        assertThat(ids(leads.stream(LeadQuery.ALL.offer("contoso.shield")))).containsExactly("lead-grace");
        assertThat(leads.stream(LeadQuery.ALL.writtenFrom(later))).isEmpty();
        assertThat(leads.stream(LeadQuery.ALL.writtenBefore(later))).hasSize(3);
    }

    @Test
    void moreThanAPageIsReadToItsEnd() throws Exception {
        AzureTableDestination destination = given.open();
        for (int i = 0; i < 1_200; i += 100) {
            destination.deliver(
                    new LeadBatch(Leads.numbered(i, i + 100), Instant.now().plusSeconds(30), false));
        }
        assertThat(leads.stream(LeadQuery.ALL)).hasSize(1_200);
        assertThat(leads.stream(LeadQuery.ALL).limit(3)).hasSize(3);
    }

    @Test
    void aMissingTableIsAProblemAndSoIsAWrongKey(Azurite azurite) {
        assertThatThrownBy(() -> leads.stream(LeadQuery.ALL).toList())
                .isInstanceOfSatisfying(
                        AzureTableException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("azure-table.table-missing"));
        Given wrong = Given.connection(azurite.connectionString().replace("AccountKey=Eby8", "AccountKey=AAAA"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> open(wrong).stream(LeadQuery.ALL).toList())
                    .hasMessageContaining("azure-table.forbidden");
        }
    }

    @Test
    void aWatchTellsEachNewRowAndAnEditedOneAgain(Azurite azurite) throws Exception {
        write(Leads.ada());
        put(azurite, "0001", "{\"FirstName\":\"Mia\",\"Email\":\"mia@example.com\"}");
        List<String> found = new ArrayList<>();
        List<TableCheckpoint> reached = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(4);
        LeadWatcher watcher = new LeadWatcher() {
            @Override
            public void found(StoredLead row) {
                found.add(row.row().key());
                all.countDown();
            }

            @Override
            public void reached(TableCheckpoint checkpoint) {
                reached.add(checkpoint);
                try {
                    if (reached.size() == 1) {
                        write(Leads.grace());
                    } else if (reached.size() == 2) {
                        put(azurite, "0001", "{\"FirstName\":\"Mia\",\"Email\":\"mia.edited@example.com\"}");
                    } else if (found.size() >= 4) {
                        leads.close();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        leads.watch(TableCheckpoint.BEGINNING, LeadQuery.ALL, Duration.ofMillis(20), watcher);
        assertThat(found)
                .containsExactlyInAnyOrder("0001", RowKeys.row(Leads.ada()), RowKeys.row(Leads.grace()), "0001");
        TableCheckpoint last =
                TableCheckpoint.parse(reached.get(reached.size() - 1).format());
        assertThat(open(given).since(last, LeadQuery.ALL).rows()).isEmpty();
    }

    @Test
    void aRowWhoseWatcherFailsComesAgain() throws Exception {
        write(Leads.ada());
        Set<Integer> calls = new HashSet<>();
        List<String> said = new ArrayList<>();
        Logger log = Logger.getLogger(Watch.class.getPackageName());
        Handler listening = new ConsoleHandler() {
            @Override
            public void publish(LogRecord line) {
                said.add(new SimpleFormatter().formatMessage(line));
            }
        };
        log.addHandler(listening);
        try {
            leads.watch(TableCheckpoint.BEGINNING, LeadQuery.ALL, Duration.ofMillis(20), row -> {
                calls.add(calls.size());
                if (calls.size() < 3) {
                    throw new IllegalStateException("not yet");
                }
                leads.close();
            });
        } finally {
            log.removeHandler(listening);
        }
        assertThat(calls).hasSize(3);
        assertThat(said).hasSize(2).allMatch(line -> line.contains("[azure-table.watcher-failed]"));
    }

    @Test
    void aWatchGoesOnWhereTheTableCannotBeRead() throws Exception {
        List<String> problems = new ArrayList<>();
        LeadWatcher watcher = new LeadWatcher() {
            @Override
            public void found(StoredLead row) {
                leads.close();
            }

            @Override
            public void failed(Problem problem) {
                problems.add(problem.code());
                if (problems.size() == 2) {
                    try {
                        write(Leads.ada());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        };
        leads.watch(TableCheckpoint.BEGINNING, LeadQuery.ALL, Duration.ofMillis(20), watcher);
        assertThat(problems).containsExactly("azure-table.table-missing", "azure-table.table-missing");
    }

    @Test
    void aWatchWaitsBetweenItsLooks() throws Exception {
        write(Leads.ada());
        for (Duration none : List.of(Duration.ZERO, Duration.ofNanos(999_999), Duration.ofSeconds(-1))) {
            assertThatThrownBy(() -> leads.watch(TableCheckpoint.BEGINNING, LeadQuery.ALL, none, row -> leads.close()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("every");
        }
    }

    @Test
    void aWatchCanBeInterrupted() throws Exception {
        write(Leads.ada());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> leads.watch(TableCheckpoint.BEGINNING, LeadQuery.ALL, Duration.ofDays(1), row -> {}))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void anEmptyPageWithAContinuationIsNotTheEnd() {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.answer(Answer.json(200, "{\"value\":[]}")
                            .with("x-ms-continuation-NextPartitionKey", "1!4!cA--")
                            .with("x-ms-continuation-NextRowKey", "1!4!cg--"))
                    .answer(Answer.json(
                            200,
                            "{\"value\":[{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"Timestamp\":\"2026-11-24T12:00:00Z\","
                                    + "\"CustomerInfo\":\"{\\\"Email\\\":\\\"a@b.example\\\"}\"}]}"));
            assertThat(open(Given.server(server.uri())).stream(LeadQuery.ALL)).hasSize(1);
            assertThat(server.requests().get(1).target()).contains("NextRowKey=");
        }
    }

    @Test
    void settingsAreCheckedWhenTheTableIsOpened() {
        assertThatThrownBy(() -> AzureTableLeads.open(Map.of("storageAccountConnectionString", "nonsense")))
                .isInstanceOf(LeadConfigurationException.class)
                .hasMessageContaining("storageAccountConnectionString");
        AzureTableLeads opened = AzureTableLeads.open(Map.of(
                "storageAccountConnectionString",
                "AccountName=contosoleads;AccountKey=" + Azurite.KEY + ";TableEndpoint=https://localhost:1"));
        assertThatThrownBy(() -> opened.stream(LeadQuery.ALL).toList()).hasMessageContaining("azure-table.unreachable");
    }

    @Test
    void aReaderThatIsInterruptedKeepsTheInterruption() throws Exception {
        write(Leads.ada());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> leads.stream(LeadQuery.ALL).toList()).isInstanceOf(AzureTableException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(access().mayCreate()).isTrue();
    }
}
