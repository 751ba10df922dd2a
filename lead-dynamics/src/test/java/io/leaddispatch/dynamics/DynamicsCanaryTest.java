package io.leaddispatch.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.dynamics.simulator.DataverseSimulator;
import io.leaddispatch.dynamics.simulator.DynamicsServers;
import io.leaddispatch.dynamics.simulator.EntraSimulator.Refusal;
import io.leaddispatch.dynamics.simulator.Environment;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No secret and nothing personal gets into logs, reports or checks, whatever goes wrong; MSAL's log included. */
class DynamicsCanaryTest extends Servers {
    private static final String PASSWORD = "p4ssw0rd-canary-77aa";
    private static final String USER = "someone-canary-77aa@contoso.example";

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    void nothingPersonalAndNoSecretIsSaid() throws Exception {
        Handler handler = listen();
        Logger root = Logger.getLogger("");
        Logger msal = Logger.getLogger("com.microsoft.aad.msal4j");
        Logger ours = Logger.getLogger("io.leaddispatch");
        root.addHandler(handler);
        msal.setLevel(Level.FINE);
        ours.setLevel(Level.FINE);
        try {
            everythingGoesWrong();
        } finally {
            root.removeHandler(handler);
            msal.setLevel(null);
            ours.setLevel(null);
        }
        List<String> canaries = Stream.concat(
                        Stream.of(DynamicsServers.KEY, PASSWORD, USER, "someone-canary", "eyJ"),
                        Leads.personalValues(Leads.ada()).stream())
                .toList();
        assertThat(lines).hasSizeGreaterThan(10).allSatisfy(line -> {
            for (String canary : canaries) {
                assertThat(line).doesNotContain(canary);
            }
        });
    }

    private void everythingGoesWrong() throws InterruptedException {
        Lead ada = Leads.ada();
        try (LeadDispatcher application = dispatcher();
                LeadDispatcher user =
                        dispatcher("authentication", "office365", "username", USER, "password", PASSWORD)) {
            tell(application, ada);
            environment().leads.clear();
            environment().logic = lead -> new Environment.Refusal(
                    400, "0x80040265", "No " + lead.get("lastname") + " with " + lead.get("emailaddress1"));
            tell(application, ada);
            servers.dataverse().instead = request -> DataverseSimulator.error(
                    400, "0x80040203", "Value " + ada.contact().company() + " is wrong");
            tell(application, ada);
            servers.dataverse().instead =
                    request -> Answer.of(403).with("Forbidden " + ada.contact().email());
            tell(application, ada);
            servers.dataverse().instead = request -> null;
            servers.entra().refuses = path -> path.endsWith("/token")
                    ? Refusal.of(400, "invalid_grant", 50034, "The user account " + USER + " does not exist.")
                    : null;
            tell(user, ada);
            servers.entra().refuses = path -> path.endsWith("/token")
                    ? Refusal.of(400, "new_error", 12345, "The user account " + USER + " is odd.")
                    : null;
            tell(user, ada);
        }
    }

    private LeadDispatcher dispatcher(Object... more) {
        return LeadDispatcher.builder().to("crm", "dynamics", settings(more)).build();
    }

    private void tell(LeadDispatcher dispatcher, Lead lead) throws InterruptedException {
        lines.add(dispatcher.send(lead).toString());
        lines.add(dispatcher.verify("crm", new Verification.Probe(lead)).toString());
        lines.add(dispatcher.stats().toString());
    }

    private Handler listen() {
        return new Handler() {
            private final SimpleFormatter formatter = new SimpleFormatter();

            @Override
            public void publish(LogRecord line) {
                lines.add(formatter.format(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
