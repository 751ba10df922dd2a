package io.leaddispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.azuretable.NewLeads;
import io.leaddispatch.testkit.Leads;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EarlierDeliveriesTest {
    private final EarlierDeliveries earlier =
            new EarlierDeliveries(Map.of("ada", Set.of("crm"), "edited since", Set.of("crm")));

    @Test
    void aRowThatComesAgainGoesToThoseOnlyWhoHaveNotGotIt() {
        earlier.begins("ada", Leads.ada());
        earlier.begins("grace", Leads.grace());
        assertThat(earlier.reasonToSuppress(Leads.ada(), "crm")).isEqualTo(NewLeads.DELIVERED_EARLIER);
        assertThat(earlier.reasonToSuppress(Leads.ada(), "hook")).isNull();
        assertThat(earlier.reasonToSuppress(Leads.grace(), "crm")).isNull();
        earlier.ends("ada", Leads.ada(), Set.of());
        assertThat(earlier.reasonToSuppress(Leads.ada(), "crm")).isNull();
        assertThat(earlier.byRow()).containsOnlyKeys("edited since");
    }

    @Test
    void afterAWholeLookOnlyRowsThatWereFoundAreKept() {
        earlier.begins("ada", Leads.ada());
        earlier.ends("ada", Leads.ada(), Set.of("crm"));
        earlier.begins("grace", Leads.grace());
        earlier.ends("grace", Leads.grace(), Set.of("hook"));
        earlier.forgetOthers();
        assertThat(earlier.byRow()).containsOnlyKeys("ada", "grace");
        earlier.forgetOthers();
        assertThat(earlier.byRow()).isEmpty();
    }
}
