package io.leaddispatch.azuretable;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Retry;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Answer.Fault;
import io.leaddispatch.testkit.Leads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the real service does and the emulator does not, and what no service should do. */
class ScriptedTableTest extends WithScriptedTable {
    @Test
    void anErrorInXmlIsReadEveryTime() throws Exception {
        for (int i = 0; i < 3; i++) {
            server.answer(xml(403, "AuthenticationFailed"));
            assertThat(one()).isInstanceOf(Pause.class).extracting(r -> code(r)).isEqualTo("azure-table.unauthorized");
        }
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "403, AuthenticationFailed, Pause, azure-table.unauthorized",
        "400, PropertyValueTooLarge, Rejected, azure-table.refused-lead",
        "409, EntityAlreadyExists, Delivered, none",
        "503, ServerBusy, Pause, azure-table.throttled",
        "500, InternalError, Retry, azure-table.server-error"
    })
    void aCodeIsFoundInJsonInXmlAndInTheHeader(int status, String code, String kind, String problem) throws Exception {
        server.answer(json(status, code))
                .answer(xml(status, code))
                .answer(Answer.of(status).with("x-ms-error-code", code));
        for (int i = 0; i < 3; i++) {
            DeliveryResult result = one();
            assertThat(result.getClass().getSimpleName()).isEqualTo(kind);
            assertThat(code(result)).isEqualTo(problem);
        }
    }

    @Test
    void nothingIsTriedAgainByTheSdkAndRetryAfterIsHeard() throws Exception {
        server.otherwise(request -> json(503, "ServerBusy").with("Retry-After", "7"));
        Instant before = Instant.now();
        assertThat(one())
                .isInstanceOfSatisfying(
                        Pause.class,
                        pause -> assertThat(pause.until())
                                .isBetween(before.plusSeconds(7), Instant.now().plusSeconds(8)));
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "CLOSED_AFTER_STORING",
                "RESET_AFTER_STORING",
                "TRUNCATED_BODY",
                "NOT_HTTP",
                "CLOSED_BEFORE_STORING"
            })
    void aLostAnswerIsTriedAgainLater(Fault fault) throws Exception {
        server.answer(Answer.fault(fault));
        assertThat(one()).isInstanceOf(Retry.class).extracting(r -> code(r)).isEqualTo("azure-table.no-answer");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SILENT", "STALLED_BODY"})
    void aCallEndsAtItsDeadline(Fault fault) throws Exception {
        server.answer(Answer.fault(fault));
        LeadBatch batch = new LeadBatch(List.of(Leads.ada()), Instant.now().plusMillis(300), false);
        assertThat(given.open().deliver(batch).get(0))
                .isInstanceOf(Retry.class)
                .extracting(r -> code(r))
                .isEqualTo("azure-table.no-answer");
    }

    @Test
    void anInterruptionEndsTheCall() throws Exception {
        server.answer(Answer.fault(Fault.SILENT));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread delivering = new Thread(() -> {
            try {
                deliver(given.open(), false, Leads.ada());
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });
        delivering.start();
        while (server.requests().isEmpty() && delivering.isAlive()) {
            Thread.onSpinWait();
        }
        delivering.interrupt();
        delivering.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aLoginPageIsNoTable() throws Exception {
        server.answer(Answer.of(200).with("Content-Type", "text/html").with("<html>Sign in</html>"));
        assertThat(one()).isInstanceOf(Retry.class).extracting(r -> code(r)).isEqualTo("azure-table.unexpected-answer");
        server.answer(Answer.of(202).with("Content-Type", "text/html").with("<html>Sign in</html>"));
        assertThat(deliver(given.open(), false, Leads.ada(), Leads.grace()))
                .allSatisfy(result -> assertThat(code(result)).isEqualTo("azure-table.unexpected-answer"));
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        server.answer(Answer.of(302).with("Location", "http://localhost:1/"));
        assertThat(one()).isInstanceOf(Pause.class).extracting(r -> code(r)).isEqualTo("azure-table.refuses-requests");
    }

    @Test
    void aTableThatIsBeingDeletedPausesTheDestination() throws Exception {
        server.answer(json(404, "TableNotFound")).answer(json(409, "TableBeingDeleted"));
        assertThat(one())
                .isInstanceOf(Pause.class)
                .extracting(r -> code(r))
                .isEqualTo("azure-table.table-being-deleted");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aTableThatSomebodyElseMadeInTheMeantimeIsFine() throws Exception {
        server.answer(json(404, "TableNotFound"))
                .answer(json(409, "TableAlreadyExists"))
                .answer(Answer.of(204));
        assertThat(one()).isInstanceOf(Delivered.class);
    }

    @Test
    void aSignatureThatMayNotMakeTablesHoldsTheDestination() throws Exception {
        server.answer(json(404, "TableNotFound")).answer(json(403, "AuthorizationPermissionMismatch"));
        assertThat(one()).isInstanceOf(Pause.class).extracting(r -> code(r)).isEqualTo("azure-table.forbidden");
    }

    @Test
    void limitsSayThatARepeatIsSafe() {
        AzureTableDestination destination =
                given.with(AzureTableSettings.CONCURRENCY, 9).open();
        assertThat(destination.limits().repeatSafe()).isTrue();
        assertThat(destination.limits().batch()).isEqualTo(100);
        assertThat(destination.limits().concurrency()).isEqualTo(9);
        assertThat(destination.limits().callTimeout()).isEqualTo(Duration.ofSeconds(35));
        assertThat(destination.batchKey(Leads.sparse())).isEqualTo("undated");
        assertThat(destination.preview(Leads.ada())).contains("insert row 2026-02-03/", "LeadSource: AzureMarketplace");
        assertThat(destination).hasToString("AzureTableDestination[table]");
    }
}
