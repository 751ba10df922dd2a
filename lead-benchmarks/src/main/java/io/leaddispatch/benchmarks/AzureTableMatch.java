package io.leaddispatch.benchmarks;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableClientBuilder;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.json.LeadJson;
import io.leaddispatch.testkit.Azurite;
import io.leaddispatch.testkit.Leads;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Leads into Azurite: our {@code sendAll} against two loops over the SDK as one writes them by hand. */
final class AzureTableMatch {
    private static final Path MODULE = Path.of("lead-azure-table");
    private static final int MOST_ROWS = 100;

    private final Azurite azurite;
    private final List<Lead> leads;
    private final AtomicInteger tables = new AtomicInteger();

    private static final String TRANSACTIONS = "SDK, transactions of 100 by hand";
    private static final String SINGLES = "SDK, one upsert after the other";

    private AzureTableMatch(Azurite azurite, List<Lead> leads) {
        this.azurite = azurite;
        this.leads = leads;
    }

    static void play(int number, int rounds, PrintStream out) throws Exception {
        try (Azurite azurite = Azurite.start(
                MODULE.resolve(Path.of("src", "test", "node", "azurite")),
                MODULE.resolve(Path.of("target", "node", "azurite")))) {
            AzureTableMatch contestants = new AzureTableMatch(azurite, Leads.numbered(0, number));
            Match match = new Match("leads", number, rounds, azurite::requests);
            Map<String, List<Match.Measured>> all =
                    match.play(List.of(contestants.ours(), contestants.transactions(), contestants.singles()));
            match.print(all, out);
            match.goal(all, TRANSACTIONS, 0.9, out);
            match.goal(all, SINGLES, 3, out);
        }
    }

    private interface Work {
        void with(String table, TableClient client) throws Exception;
    }

    private Contestant contestant(String name, Work work) {
        return new Contestant(name, () -> {
            String table = "Match" + tables.incrementAndGet();
            TableClient client = new TableClientBuilder()
                    .connectionString(azurite.connectionString())
                    .tableName(table)
                    .buildClient();
            client.createTable();
            return new Contestant.Run(() -> work.with(table, client), () -> {
                long rows = client.listEntities().stream().count();
                client.deleteTable();
                if (rows != leads.size()) {
                    throw new IllegalStateException(name + " wrote " + rows + " of " + leads.size());
                }
            });
        });
    }

    private Contestant ours() {
        return contestant("lead-azure-table, sendAll", (table, client) -> {
            try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                    .insecureLoopback(true)
                    .patience(Duration.ofMinutes(5))
                    .to(
                            "table",
                            "azure-table",
                            Map.of("storageAccountConnectionString", azurite.connectionString(), "tableName", table))
                    .build()) {
                SendSummary summary = dispatcher.sendAll(leads, SendProgress.NONE);
                if (!summary.isSettled()) {
                    throw new IllegalStateException(summary.toString());
                }
            }
        });
    }

    private Contestant transactions() {
        return contestant(TRANSACTIONS, (table, client) -> {
            for (int from = 0; from < leads.size(); from += MOST_ROWS) {
                client.submitTransaction(leads.subList(from, Math.min(from + MOST_ROWS, leads.size())).stream()
                        .map(lead -> new TableTransactionAction(TableTransactionActionType.CREATE, entity(lead)))
                        .toList());
            }
        });
    }

    private Contestant singles() {
        return contestant(SINGLES, (table, client) -> {
            for (Lead lead : leads) {
                client.upsertEntity(entity(lead));
            }
        });
    }

    /** All leads are of one day, so that a loop by hand need not sort them. */
    private static TableEntity entity(Lead lead) {
        return new TableEntity("2026-02-03", lead.id().value())
                .addProperty("ActionCode", "INS")
                .addProperty("CreatedTime", String.valueOf(lead.createdAt()))
                .addProperty("LeadSource", "AzureMarketplace")
                .addProperty("ProductId", "contoso.backup")
                .addProperty("CustomerInfo", LeadJson.writeCustomerInfo(lead.contact()));
    }
}
