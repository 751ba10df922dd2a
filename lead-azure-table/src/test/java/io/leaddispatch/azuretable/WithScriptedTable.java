package io.leaddispatch.azuretable;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.ScriptedServer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A destination whose service answers what the test tells it to. */
abstract class WithScriptedTable {
    final ScriptedServer server = ScriptedServer.start();
    final Given given = Given.server(server.uri());

    @AfterEach
    final void stop() {
        server.close();
    }

    final DeliveryResult one() throws InterruptedException {
        return deliver(given.open(), false, Leads.ada()).get(0);
    }

    static List<DeliveryResult> deliver(AzureTableDestination to, boolean suspect, Lead... leads)
            throws InterruptedException {
        return to.deliver(new LeadBatch(List.of(leads), Instant.now().plusSeconds(30), suspect));
    }

    static Answer json(int status, String code) {
        return Answer.json(
                status,
                "{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"No.\"}}}");
    }

    static Answer xml(int status, String code) {
        return Answer.of(status)
                .with("Content-Type", "application/xml")
                .with("<?xml version=\"1.0\" encoding=\"utf-8\"?><error"
                        + " xmlns=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\"><code>" + code
                        + "</code><message xml:lang=\"en-US\">Server failed</message></error>");
    }

    static String code(DeliveryResult result) {
        Problem problem = AzureTableAnswers.problem(result);
        return problem == null ? "none" : problem.code();
    }
}
