package io.leaddispatch.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KNOWN = List.of("objectIdentifier", "url", "timeout", "crm", "to");

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource({
        "objectIdentifer, objectIdentifier",
        "OBJECTIDENTIFIER, objectIdentifier",
        "objcetIdentifier, objectIdentifier",
        "timout, timeout",
        "timeuot, timeout",
        "ur, url",
        "uri, url",
        "crn, crm",
        "clientSecret, ",
        "x, ",
        "'', "
    })
    void suggestsOnlyWhatIsNear(String given, String meant) {
        assertThat(Nearest.to(given, KNOWN)).isEqualTo(meant);
    }

    @Test
    void comparesNothingOfUnreasonableLength() {
        assertThat(Nearest.to("x".repeat(1_000_000), KNOWN)).isNull();
    }

    @Test
    void hasNothingToSuggestAmongNothing() {
        assertThat(Nearest.to("crm", List.of())).isNull();
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({"'', '', 0", "a, '', 1", "'', ab, 2", "ab, ba, 1", "kitten, sitting, 3", "abc, abc, 0"})
    void countsEdits(String a, String b, int edits) {
        assertThat(Nearest.edits(a, b)).isEqualTo(edits);
    }
}
