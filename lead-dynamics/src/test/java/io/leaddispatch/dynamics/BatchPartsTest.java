package io.leaddispatch.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.testkit.MovableClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer in a batch, or to one, means for its lead. */
class BatchPartsTest {
    private static final DynamicsAnswers ANSWERS =
            new DynamicsAnswers(DynamicsSettings.OnDuplicateRule.REJECT, MovableClock.at("2026-01-01T00:00:00Z"));
    private static final UUID ID = UUID.fromString("5f0c0000-0000-5000-8000-000000000001");
    private static final LeadRow ROW =
            new LeadRow(ID, Map.of(), List.of("a note"), List.of(), List.of("Ada Lovelace", "ada"));
    private static final List<LeadRow> TWO = List.of(ROW, ROW);

    /** As environments of 2020 and of today say it; it is the configuration that is wrong, and no lead. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0x0 | Invalid property 'new_x' was found in entity 'Microsoft.Dynamics.CRM.lead'. | : new_x",
                "'' | An undeclared property 'new_x' which only has property annotations in the payload | : new_x",
                "0x0 | An error occurred while validating input parameters: Microsoft.OData.ODataException: An undeclared"
                        + " property 'new_X' which only has property annotations in the payload | : new_X",
                "0x80048d19 | Error identified in Payload provided by the user for Entity :'leads', For more information on"
                        + " this error please follow this help link ----> InnerException : Microsoft.OData.ODataException:"
                        + " An undeclared property 'new_x' which only has property annotations | : new_x",
                "0x80048d19 | Error identified in Payload provided by the user for Entity :'leads' ----> InnerException :"
                        + " Microsoft.Crm.CrmException: Invalid property 'new_x' was found in entity | : new_x",
                "0x80048d19 | InnerException : The property 'new_x' does not exist on type 'Microsoft.Dynamics.CRM.lead'."
                        + " Make sure to only use property names that are defined by the type. | : new_x",
                "0x80060888 | Could not find a property named 'new_x' on type 'Microsoft.Dynamics.CRM.lead'. | : new_x",
                "0x80048d19 | InnerException : Does not support untyped value in non-open type. | environment",
            })
    void aWrongColumnHoldsHoweverItIsSaid(String code, String message, String end) {
        HttpAnswer answer = Answers.error(400, code, message);
        HttpAnswer parts = batch(answer, answer);
        for (DeliveryResult result : List.of(
                ANSWERS.one(answer, ROW),
                ANSWERS.all(answer, TWO).get(1),
                ANSWERS.each(parts, TWO).get(1))) {
            assertThat(result).isInstanceOf(DeliveryResult.Pause.class);
            assertThat(Servers.code(result)).isEqualTo("dynamics.column-missing");
            assertThat(Results.problem(result).cause()).endsWith(end);
        }
    }

    /** Facts 4.2: never park a lead for framing. Alone it has no frame, and its own answer. */
    @ParameterizedTest
    @CsvSource({"0x80048d19, Stream was not readable.", "0x80060888, Content-ID header not present"})
    void aPartThatCouldNotBeReadRejectsNoLead(String code, String message) {
        HttpAnswer unread = Answers.error(400, code, message);
        HttpAnswer refused = Answers.error(400, "0x80040203", "x");
        List<DeliveryResult> results = ANSWERS.each(batch(unread, refused), TWO);
        assertThat(results.get(0)).isInstanceOf(DeliveryResult.NotExecuted.class);
        assertThat(Servers.code(results.get(0))).isEqualTo("dynamics.way-unavailable");
        assertThat(results.get(1)).isInstanceOf(DeliveryResult.Rejected.class);
        assertThat(ANSWERS.one(unread, ROW)).isInstanceOf(DeliveryResult.Rejected.class);
    }

    @Test
    void eachPartOfABatchHasItsOwnTrouble() {
        HttpAnswer throttled = Answers.of(429, "", "Retry-After", "120");
        HttpAnswer failed = Answers.error(500, "0x80040216", "An unexpected error occurred.");
        List<DeliveryResult> first = ANSWERS.each(batch(throttled, failed), TWO);
        assertThat(((DeliveryResult.Pause) first.get(0)).until()).isEqualTo(Instant.parse("2026-01-01T00:02:00Z"));
        assertThat(Servers.code(first.get(0))).isEqualTo("dynamics.throttled");
        assertThat(Servers.code(first.get(1))).isEqualTo("dynamics.server-error");
        HttpAnswer created = Answers.of(204, "", "OData-EntityId", "https://o/leads(" + ID + ")");
        List<DeliveryResult> second = ANSWERS.each(batch(Answers.of(401, ""), created), TWO);
        assertThat(Servers.code(second.get(0))).isEqualTo("dynamics.token-rejected");
        assertThat(second.get(0)).isEqualTo(new DeliveryResult.Pause(Results.problem(second.get(0)), null));
        assertThat(second.get(1)).isInstanceOf(Delivered.class);
    }

    private static HttpAnswer batch(HttpAnswer... parts) {
        StringBuilder text = new StringBuilder();
        for (HttpAnswer part : parts) {
            text.append("--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 ")
                    .append(part.status())
                    .append(" Words\r\n");
            part.headers().map().forEach((name, values) -> text.append(name + ": " + values.get(0) + "\r\n"));
            text.append("\r\n").append(part.text()).append("\r\n");
        }
        return Answers.of(200, text + "--b--\r\n", "Content-Type", "multipart/mixed; boundary=b");
    }
}
