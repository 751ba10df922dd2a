package io.leaddispatch.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrganizationIdTest {
    /** The first two stand in recorded answers of a real org, the others were computed by the published rule. */
    @ParameterizedTest
    @CsvSource({
        "00Q4S000002Irfa, UAC",
        "0014S000004qUgW, QAU",
        "00Do0000000ZHog, EAG",
        "00D000000000001, EAA",
        "00DZZZZZZZZZZZZ, 255"
    })
    void theSuffixRecordsCapitals(String id, String suffix) {
        assertThat(OrganizationId.suffix(id)).isEqualTo(suffix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00Do0000000ZHog", "00Do0000000ZHogEAG", "  00Do0000000ZHog\n"})
    void fifteenCharactersAreSent(String given) {
        assertThat(OrganizationId.parse(given)).isEqualTo("00Do0000000ZHog");
    }

    @Test
    void aWrongCaseIsToldByTheSuffix() {
        assertThatThrownBy(() -> OrganizationId.parse(
                        "00do0000000ZHogEAG".replace("00d", "00D").replace("ZH", "zH")))
                .hasMessageContaining("By the suffix it is 00Do0000000ZHog");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00Do0000000ZHo",
                "00Do0000000ZHogE",
                "00Do0000000ZHogEAG1",
                "00Qo0000000ZHog",
                "\"00Do0000000ZHog\"",
                "value=00Do0000000ZHog",
                "<input name=oid>",
                "00Do0000000ZHo-"
            })
    void anythingElseIsNoOrganization(String given) {
        assertThatThrownBy(() -> OrganizationId.parse(given)).hasMessageContaining("15 characters that begin with 00D");
    }
}
