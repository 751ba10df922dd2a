package io.leaddispatch.marketo;

import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.MovableClock;
import io.leaddispatch.testkit.ReceivedRequest;
import io.leaddispatch.testkit.marketo.MarketoSimulator;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The destination alone, call by call, against the simulator. */
abstract class WithMarketo {
    final MovableClock clock = MovableClock.at(Instant.now());
    final MarketoSimulator marketo = MarketoSimulator.start(clock);

    @AfterEach
    final void stop() {
        marketo.close();
    }

    final Given form() {
        return Given.at(marketo.uri());
    }

    final Given leads() {
        return form().with(MarketoSettings.MODE, "leads");
    }

    final DeliveryResult one(LeadDestination destination) throws Exception {
        return Given.deliver(destination, clock, Leads.ada()).get(0);
    }

    static String shown(DeliveryResult result) {
        Problem problem = MarketoAnswers.problem(result);
        return result.getClass().getSimpleName() + (problem == null ? "" : " " + problem.code());
    }

    final List<ReceivedRequest> requests(String path) {
        return marketo.server().requests().stream()
                .filter(request -> request.target().equals(path))
                .toList();
    }
}
