package io.leaddispatch.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.testkit.MovableClock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a lead counts as written, and when as written before. */
class WrittenRecordTest {
    private static final DynamicsAnswers ANSWERS =
            new DynamicsAnswers(DynamicsSettings.OnDuplicateRule.REJECT, MovableClock.at("2026-01-01T00:00:00Z"));
    private static final UUID ID = UUID.fromString("5f0c0000-0000-5000-8000-000000000001");
    private static final LeadRow ROW =
            new LeadRow(ID, Map.of(), List.of("a note"), List.of(), List.of("Ada Lovelace", "ada"));
    private static final List<LeadRow> TWO = List.of(ROW, ROW);

    @Test
    void theRecordIdIsTheServices() {
        String other = "00000000-0000-0000-0000-00000000000f";
        assertThat(created(Answers.of(204, "", "OData-EntityId", "https://o/api/data/v9.2/leads(" + other + ")")))
                .isEqualTo(other);
        assertThat(created(Answers.of(204, "", "Location", "https://o/api/data/v9.2/leads(" + other + ")")))
                .isEqualTo(other);
        assertThat(created(Answers.of(204, "", "OData-Version", "4.0"))).isEqualTo(ID.toString());
        assertThat(created(Answers.of(204, "", "OData-EntityId", "https://o/leads(new_id='a(b)')")))
                .isEqualTo(ID.toString());
        assertThat(created(Answers.of(201, "{\"leadid\":\"x\"}"))).isEqualTo(ID.toString());
        assertThat(created(Answers.of(201, "{\"@odata.context\":\"x\"}"))).isEqualTo(ID.toString());
        assertThat(created(Answers.of(201, "{\"leadid\":\"" + other + "\"}"))).isEqualTo(other);
    }

    private static String created(HttpAnswer answer) {
        Delivered delivered = (Delivered) ANSWERS.one(answer, ROW);
        assertThat(delivered.confirmation()).isEqualTo(Confirmation.CREATED);
        return delivered.recordId();
    }

    @ParameterizedTest
    @CsvSource({"200, <html>, text/html", "200, no json, text/plain", "200, '', ''", "202, {}, application/json"})
    void aSuccessThatIsNoDataversesHolds(int status, String body, String type) {
        HttpAnswer answer = Answers.of(status, body, "Content-Type", type);
        assertThat(Servers.code(ANSWERS.one(answer, ROW))).isEqualTo("dynamics.not-dataverse");
        assertThat(Servers.code(ANSWERS.all(answer, TWO).get(1))).isEqualTo("dynamics.not-dataverse");
    }

    /** Facts 2.1 and 2.2: a record was written only where the answer names it or speaks OData. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "204; ''; Via; proxy",
                "204; ''; Location; https://login.example/signed-out",
                "200; {\"success\":false}; Content-Type; application/json",
                "201; {}; Content-Type; application/json",
                "200; [1]; Content-Type; application/json",
            })
    void aForeignSuccessIsNoRecord(int status, String body, String header, String value) {
        DeliveryResult result = ANSWERS.one(Answers.of(status, body, header, value), ROW);
        assertThat(Servers.code(result)).isEqualTo("dynamics.not-dataverse");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "412, '', A record with matching key values already exists.",
        "412, 0x0, A record with matching key values already exists.",
        "412, 0x80040237, A record with matching key values already exists.",
        "412, 0x80040237, Cannot insert duplicate key.",
        "400, 0x80040237, Cannot insert duplicate key.",
    })
    void ourOwnKeyIsThereAlready(int status, String code, String message) {
        assertThat(ANSWERS.one(Answers.error(status, code, message), ROW))
                .isEqualTo(new Delivered(Confirmation.ALREADY_PRESENT, ID.toString(), List.of("a note")));
        assertThat(ANSWERS.all(Answers.error(status, code, message), TWO))
                .allSatisfy(result -> assertThat(result).isInstanceOf(DeliveryResult.NotExecuted.class));
    }

    /** A plug-in may throw a 412 of its own: the lead is not there. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "0x80049999, A record with matching key values already exists., dynamics.lead-invalid",
        "'', The salesperson is not there., dynamics.lead-invalid",
        "'', Entity Key E-mail violated. A duplicate record cannot be created., dynamics.lead-duplicate",
        "0x80049999, Entity Key E-mail violated. A duplicate record cannot be created., dynamics.lead-duplicate",
    })
    void anotherPreconditionIsNotTakenForOurOwnKey(String code, String message, String name) {
        DeliveryResult result = ANSWERS.one(Answers.error(412, code, message), ROW);
        assertThat(result).isInstanceOf(DeliveryResult.Rejected.class);
        assertThat(Servers.code(result)).isEqualTo(name);
    }
}
