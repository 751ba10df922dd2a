package io.leaddispatch.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.InvalidLeadException;
import io.leaddispatch.LeadParseException;
import io.leaddispatch.json.LeadJson;
import io.leaddispatch.testkit.Leads;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportedLeadTest {
    private static ExportedLead read(String line) {
        return ExportedLead.read(line.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"crm", "with \"quotes\" and \\", "mit Umlaut: Köln", "two\nlines"})
    void aLineSaysWhereItsLeadWasToGoAndIsALeadAllTheSame(String destination) {
        ExportedLead exported = new ExportedLead(Leads.unicode(), destination);
        byte[] line = exported.write();
        assertThat(new String(line, StandardCharsets.UTF_8))
                .containsOnlyOnce("\n")
                .endsWith("}\n");
        assertThat(ExportedLead.read(line)).isEqualTo(exported);
        assertThat(LeadJson.read(line)).isEqualTo(Leads.unicode());
    }

    @Test
    void aLineOfAnOlderVersionDoesNotSayIt() {
        assertThat(ExportedLead.read(LeadJson.write(Leads.ada()))).isEqualTo(new ExportedLead(Leads.ada(), null));
        byte[] line = new ExportedLead(Leads.ada(), null).write();
        assertThat(line).startsWith(LeadJson.write(Leads.ada()));
    }

    @ParameterizedTest(name = "{0} names {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            nullValues = "-",
            value = {
                "{\"email\":\"a@b.example\",\"destination\":\"crm\"}                       ; crm",
                "{\"destination\":{\"destination\":\"x\"},\"email\":\"a@b.example\"}        ; -",
                "{\"contact\":{\"email\":\"a@b.example\",\"destination\":\"x\"}}           ; -",
                "{\"email\":\"a@b.example\",\"destination\":\" \"}                         ; -",
                "{\"email\":\"a@b.example\",\"destination\":null}                        ; -",
                "{\"email\":\"a@b.example\",\"destination\":7}                           ; -",
            })
    void onlyATextAtTheTopNamesADestination(String line, String destination) {
        assertThat(read(line).destination()).isEqualTo(destination);
    }

    @Test
    void whatIsNoLeadIsNone() {
        assertThatThrownBy(() -> read("{\"destination\":\"crm\"}")).isInstanceOf(LeadParseException.class);
        assertThatThrownBy(() -> read("[")).isInstanceOf(LeadParseException.class);
        assertThatThrownBy(() -> read("{\"destination\":\"crm\",\"email\":\"CANARY\"}"))
                .isInstanceOf(InvalidLeadException.class)
                .hasMessageNotContaining("CANARY");
    }
}
