package io.leaddispatch.azuretable;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.SendProgress;
import io.leaddispatch.SendSummary;
import io.leaddispatch.testkit.Azurite;
import io.leaddispatch.testkit.Leads;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A process that sends is killed in the middle; the same leads are sent again, and each is there once. */
@ExtendWith(WithAzurite.class)
class KilledSenderTest {
    private static final int BATCH = 100;
    private static final int MOST_CALLS_A_BATCH = 4;

    @Test
    void fiveThousandLeadsAreThereOnceAfterTheSecondSending(Azurite azurite) throws Exception {
        killAndSendAgain(5_000, azurite);
    }

    private static void killAndSendAgain(int leads, Azurite azurite) throws Exception {
        Given given = Given.table(azurite);
        String table = given.get(AzureTableSettings.TABLE);
        int before = killInTheMiddle(leads, azurite, table);
        long calls = azurite.requests();
        try (LeadDispatcher dispatcher = dispatcher(azurite.connectionString(), table)) {
            SendSummary summary = dispatcher.sendAll(leads(leads), SendProgress.NONE);
            assertThat(summary.isSettled()).as("%s", summary).isTrue();
        }
        long needed = azurite.requests() - calls;
        AzureTableLeads reading = AzureTableLeads.open(given, Given.context(Clock.systemUTC()));
        assertThat(reading.stream(LeadQuery.ALL).map(row -> row.row().id()).distinct())
                .hasSize(leads);
        System.out.println("killed after " + before + " reports; the second sending of " + leads + " leads took "
                + needed + " calls for " + leads / BATCH + " batches");
        assertThat(needed).isLessThanOrEqualTo((long) leads / BATCH * MOST_CALLS_A_BATCH);
    }

    /** @return how many leads had their report by then */
    private static int killInTheMiddle(int leads, Azurite azurite, String table) throws Exception {
        Process sender = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sender.class.getName(),
                        azurite.connectionString(),
                        table,
                        Integer.toString(leads))
                .redirectErrorStream(true)
                .start();
        int reports = 0;
        try (BufferedReader lines = sender.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null && reports < leads / 2; line = lines.readLine()) {
                if (line.startsWith("reports ")) {
                    reports = Integer.parseInt(line.substring("reports ".length()));
                }
            }
        } finally {
            sender.destroyForcibly(); // SIGKILL: nothing in the process can prepare for it
            assertThat(sender.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(reports).isBetween(leads / 2, leads - 1);
        return reports;
    }

    private static Iterable<io.leaddispatch.Lead> leads(int number) {
        return () -> IntStream.range(0, number).mapToObj(Leads::numbered).iterator();
    }

    private static LeadDispatcher dispatcher(String connection, String table) {
        return LeadDispatcher.builder()
                .insecureLoopback(true)
                .patience(Duration.ofMinutes(2))
                .to(
                        "table",
                        AzureTableDestinationProvider.TYPE,
                        Map.of("storageAccountConnectionString", connection, "tableName", table))
                .build();
    }

    /** The process that is killed. */
    static final class Sender {
        private Sender() {}

        public static void main(String[] args) throws InterruptedException {
            try (LeadDispatcher dispatcher = dispatcher(args[0], args[1])) {
                dispatcher.sendAll(leads(Integer.parseInt(args[2])), new SendProgress() {
                    @Override
                    public void advanced(SendSummary soFar) {
                        System.out.println("reports " + soFar.finished());
                    }
                });
            }
        }
    }
}
