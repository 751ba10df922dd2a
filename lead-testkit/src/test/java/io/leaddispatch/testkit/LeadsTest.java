package io.leaddispatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeadsTest {
    @Test
    void everyLeadHasValuesThatNothingElseHas() {
        List<Lead> leads = List.of(Leads.ada(), Leads.grace(), Leads.sparse(), Leads.unicode(), Leads.longest());
        assertThat(leads).doesNotHaveDuplicates();
        for (Lead lead : leads) {
            assertThat(Leads.personalValues(lead)).isNotEmpty();
            for (String value : Leads.personalValues(lead)) {
                assertThat(lead.toString()).doesNotContain(value);
            }
        }
    }

    @Test
    void theSameSeedMakesTheSameLeads() {
        List<Lead> once = Leads.generate(42).limit(500).toList();
        assertThat(Leads.generate(42).limit(500)).isEqualTo(once);
        assertThat(once.stream().map(Lead::id)).doesNotHaveDuplicates();
        assertThat(Leads.generate(43).limit(500)).isNotEqualTo(once);
    }

    @Test
    void numberedLeadsAreToldByTheirNumber() {
        assertThat(Leads.numbered(3, 6))
                .extracting(lead -> lead.id().value())
                .containsExactly("lead-3", "lead-4", "lead-5");
    }

    @Test
    void theClockMovesOnlyWhenItIsMoved() {
        MovableClock clock = MovableClock.at("2026-01-01T00:00:00Z");
        assertThat(clock.pass(Duration.ofSeconds(7)).instant()).isEqualTo(Instant.parse("2026-01-01T00:00:07Z"));
        assertThat(MovableClock.at(Instant.EPOCH).instant()).isEqualTo(Instant.EPOCH);
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    }
}
