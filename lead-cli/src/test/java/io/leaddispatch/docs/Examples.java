package io.leaddispatch.docs;

import static io.leaddispatch.Confirmation.CREATED;

import com.sun.net.httpserver.HttpServer;
import io.leaddispatch.DispatchReport;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.azuretable.AzureTableLeads;
import io.leaddispatch.azuretable.LeadQuery;
import io.leaddispatch.azuretable.LeadWatcher;
import io.leaddispatch.azuretable.StoredLead;
import io.leaddispatch.azuretable.TableCheckpoint;
import io.leaddispatch.https.LeadReceiver;
import io.leaddispatch.outbox.LeadOutbox;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadDestination;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The code that the documentation shows; run by {@link SnippetsTest}. */
final class Examples {
    private Examples() {}

    static DispatchReport embed(Map<String, String> settings) {
        try (LeadDispatcher dispatcher = LeadDispatcher.builder()
                .to("hook", "https", settings) // e.g. Map.of("httpsEndpointUrl", "https://example.com/leads")
                .build()) {
            Lead lead = Lead.builder()
                    .firstName("Ada")
                    .email("ada@example.com")
                    .source("AzureMarketplace-INS|contoso.app")
                    .build();
            return dispatcher.send(lead);
        }
    }

    static DispatchReport custom(List<String> log, Lead lead) {
        LeadDestination audit = LeadDestination.each(each -> {
            log.add(each.id() + " " + each.source());
            return DeliveryResult.delivered(CREATED);
        });
        try (LeadDispatcher dispatcher =
                LeadDispatcher.builder().to("audit", audit).build()) {
            return dispatcher.send(lead);
        }
    }

    static void readBack(String connectionString) {
        AzureTableLeads table = AzureTableLeads.open(Map.of("storageAccountConnectionString", connectionString));
        try (table;
                Stream<StoredLead> rows =
                        table.stream(LeadQuery.ALL.offer("contoso.backup").leaveOutTests())) {
            rows.forEach(row -> {
                if (row instanceof StoredLead.Read read) {
                    System.out.println(read.lead().id() + " " + read.lead().source());
                }
            });
        }
    }

    static void watch(AzureTableLeads table, TableCheckpoint since, List<String> told, Consumer<String> keeper)
            throws InterruptedException {
        table.watch(since, LeadQuery.ALL, Duration.ofMinutes(1), new LeadWatcher() {
            @Override
            public void found(StoredLead row) {
                told.add(row.row().id());
            }

            @Override
            public void reached(TableCheckpoint checkpoint) {
                keeper.accept(checkpoint.format());
            }
        });
    }

    static DispatchReport keep(LeadDestination crm, String url, Lead lead) throws InterruptedException {
        LeadOutbox outbox = LeadOutbox.open(url); // jdbc:sqlite:leads.db, or jdbc:postgresql://host/database
        try (LeadDispatcher dispatcher =
                LeadDispatcher.builder().to("crm", crm).queue(outbox.queue()).build()) {
            dispatcher.enqueue(lead); // returns once the lead is safe
            return dispatcher.send(lead); // waits for the outcome: at most its patience, then it is Pending
        }
    }

    static void join(LeadDispatcher dispatcher, LeadOutbox outbox, Connection connection, Lead lead)
            throws SQLException {
        connection.setAutoCommit(false);
        // ... what else the transaction writes
        outbox.enqueue(connection, dispatcher.plan(lead));
        connection.commit(); // yours: the outbox never commits
        outbox.wake();
    }

    static void door(LeadDispatcher dispatcher) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 8080), 0);
        server.createContext("/leads", LeadReceiver.into(dispatcher::enqueue).handler());
        server.start();
    }
}
