package io.leaddispatch.marketo;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Fields, forms and people that Marketo refuses, and who is to blame. */
class MarketoRefusalTest extends WithMarketo {
    private static void meet(CyclicBarrier meeting) {
        try {
            meeting.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anUnknownFieldHoldsTheDestinationAndIsNamed() throws Exception {
        Given given = leads().with(FieldMapping.FIELDS, Map.of("industri", "IT"));
        for (boolean whole : new boolean[] {true, false}) {
            marketo.unknownFieldFailsCall(whole);
            DeliveryResult result = one(given.open(clock));
            assertThat(shown(result)).isEqualTo("Pause marketo.unknown-field");
            assertThat(((Pause) result).problem().cause()).contains("industri");
        }
        assertThat(marketo.size()).isZero();
    }

    @Test
    void aFormThatSkipsEveryLeadIsHeld() throws Exception {
        marketo.form(8, "email");
        LeadDestination destination = form().with(MarketoSettings.FORM_ID, "8")
                .with(MarketoSettings.HOLD_AFTER_SKIPS, 3)
                .open(clock);
        List<String> results = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            results.add(shown(one(destination)));
        }
        assertThat(Given.deliver(destination, clock, Leads.sparse()).get(0)).isInstanceOf(Delivered.class);
        for (int i = 0; i < 4; i++) {
            results.add(shown(one(destination)));
        }
        assertThat(results.subList(0, 6)).containsOnly("Rejected marketo.form-skipped");
        assertThat(results.get(6)).isEqualTo("Pause marketo.form-skips-leads");
    }

    @Test
    void leadsWithBadValuesDoNotHoldASoundForm() throws Exception {
        LeadDestination destination = form().with(MarketoSettings.HOLD_AFTER_SKIPS, 2)
                .with(FieldMapping.FIELDS, Map.of("numberOfEmployees", "many"))
                .with(MarketoSettings.FORM_ID, "8")
                .open(clock);
        marketo.form(8, fieldsAnd("numberOfEmployees"));
        for (int i = 0; i < 4; i++) {
            Rejected rejected = (Rejected) one(destination);
            assertThat(rejected.problem().code()).isEqualTo("marketo.bad-value");
            assertThat(rejected.problem().cause()).endsWith(": fields numberOfEmployees");
        }
    }

    private static String[] fieldsAnd(String more) {
        return Stream.concat(LeadRecord.REST_FIELDS.keySet().stream(), Stream.of(more))
                .toArray(String[]::new);
    }

    @Test
    void aFormOfTheMarketplacesOwnGetsTheLeadSourceWhereItExpectsIt() throws Exception {
        marketo.form(9, "email", "firstName", "lastName", "phone", "title", "company", "country", "sourceSystemName");
        Given form = form().with(MarketoSettings.FORM_ID, "9");
        Rejected rejected = (Rejected) one(form.open(clock));
        assertThat(rejected.problem().cause()).endsWith(": fields leadSource");
        assertThat(rejected.problem().remedy()).contains("sourceSystemName");
        Map<String, Object> fields = new HashMap<>();
        fields.put("leadSource", null);
        fields.put("sourceSystemName", "{leadSource}");
        assertThat(one(form.with(FieldMapping.FIELDS, fields).open(clock))).isInstanceOf(Delivered.class);
        assertThat(marketo.people().get(0)).containsEntry("sourceSystemName", "AzureMarketplace-INS|contoso.backup");
    }

    @Test
    void aWrongFormIdHoldsTheDestinationBeforeALeadIsRefused() throws Exception {
        LeadDestination destination = form().with(MarketoSettings.FORM_ID, "99").open(clock);
        Pause pause = (Pause) one(destination);
        assertThat(pause.problem().code()).isEqualTo("marketo.form-not-found");
        assertThat(pause.problem().vendorCode()).isEqualTo("702");
        assertThat(pause.until()).isNull();
    }

    @Test
    void aRepeatOfALostAnswerIsNotRefusedForItsCompany() throws Exception {
        LeadDestination destination = leads().open(clock);
        one(destination); // arrived, but say that the answer was lost
        DeliveryResult.Retry retry = (DeliveryResult.Retry) one(destination);
        assertThat(retry.problem().code()).isEqualTo("marketo.company-fixed");
        assertThat(retry.problem().vendorCode()).isEqualTo("1021");
        assertThat(((Delivered) one(destination)).confirmation()).isEqualTo(Confirmation.UPDATED);
    }

    @Test
    void otherFieldsOfACompanyThatIsFixedRefuseTheLeadWithTheRemedy() throws Exception {
        Map<String, Object> fields = new HashMap<>();
        fields.put("company", null);
        fields.put("industry", "IT");
        LeadDestination destination = leads().with(FieldMapping.FIELDS, fields).open(clock);
        one(destination);
        marketo.server()
                .answer(Answer.json(
                        200,
                        "{\"success\":true,\"result\":[{\"status\":\"skipped\",\"reasons\":[{\"code\":\"1021\"}]}]}"));
        Rejected rejected = (Rejected) one(destination);
        assertThat(rejected.problem().code()).isEqualTo("marketo.company-fixed");
        assertThat(rejected.problem().remedy()).contains("fields: {\"company\": null}");
    }

    @Test
    void peopleWithOneKeyAreNamedToBeMerged() throws Exception {
        CyclicBarrier meeting = new CyclicBarrier(2);
        marketo.meanwhile(() -> meet(meeting));
        LeadDestination destination = leads().open(clock);
        assertThat(Given.atOnce(destination, clock, List.of(Leads.numbered(1), Leads.numbered(1))))
                .allMatch(Delivered.class::isInstance);
        assertThat(marketo.size()).isEqualTo(2);
        marketo.meanwhile(() -> {});
        Rejected rejected =
                (Rejected) Given.deliver(destination, clock, Leads.numbered(1)).get(0);
        assertThat(rejected.problem().code()).isEqualTo("marketo.several-matches");
    }
}
