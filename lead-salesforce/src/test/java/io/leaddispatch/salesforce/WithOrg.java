package io.leaddispatch.salesforce;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Mode rest behind a dispatcher, against a simulated org of each test's own. */
abstract class WithOrg {
    final SalesforceSimulator org = SalesforceSimulator.start();
    final Map<String, Object> settings = Given.restConfig(org);

    @AfterEach
    final void stop() {
        org.close();
    }

    final LeadDispatcher dispatcher() {
        return LeadDispatcher.builder()
                .to("crm", "salesforce", settings)
                .insecureLoopback(true)
                .patience(Duration.ofSeconds(20))
                .build();
    }

    final Outcome send(Lead lead) {
        try (LeadDispatcher dispatcher = dispatcher()) {
            return dispatcher.send(lead).at("crm");
        }
    }

    final Outcome send() {
        return send(Leads.ada());
    }

    /** The problem with which the dispatcher answers a lead that could not be delivered. */
    final String refusal() {
        return problem(send());
    }

    static String problem(Outcome outcome) {
        return outcome instanceof Outcome.Undelivered undelivered
                ? undelivered.problem().code()
                : ((Outcome.Rejected) outcome).problem().code();
    }
}
