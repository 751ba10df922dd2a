package io.leaddispatch.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of each module the tests of all modules reach; reads what JaCoCo gathered. */
class CoverageTest {
    private static final double FLOOR = 0.85;
    private static final double CRITICAL_FLOOR = 0.95;

    private static final Coverage COVERAGE = Coverage.read(Path.of("target", "site", "jacoco-aggregate", "jacoco.xml"));

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void moduleIsCovered(String module) {
        assertCovered(COVERAGE.of(module), module, FLOOR);
    }

    static List<String> modules() {
        return Project.published();
    }

    /** Where a mistake loses or doubles a lead: parsers, mapping, answers, lanes. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "io.leaddispatch.LeadSource",
                "io.leaddispatch.json.*",
                "io.leaddispatch.http.RetryAfter",
                "io.leaddispatch.spi.Field*",
                "io.leaddispatch.spi.Template",
                "io.leaddispatch.**Lane",
                "io.leaddispatch.**.*Answers",
                "io.leaddispatch.**.LeadPayload | io.leaddispatch.**.LeadRecord",
            })
    void criticalCodeIsCovered(String pattern) {
        assertCovered(COVERAGE.matching(pattern), pattern, CRITICAL_FLOOR);
    }

    @ParameterizedTest
    @CsvSource({
        "io.leaddispatch.json.*, io.leaddispatch.json.Reader, true",
        "io.leaddispatch.json.*, io.leaddispatch.json.Reader$Token, true",
        "io.leaddispatch.json.*, io.leaddispatch.json.deep.Reader, false",
        "io.leaddispatch.**Lane, io.leaddispatch.internal.lane.Lane, true",
        "io.leaddispatch.**Lane, io.leaddispatch.internal.lane.Lanes, false",
        "io.leaddispatch.**.*Answers, io.leaddispatch.marketo.MarketoAnswers, true",
        "io.leaddispatch.**.LeadRecord, io.leaddispatch.dynamics.LeadRecord$1, true",
        "io.leaddispatch.**.LeadPayload | io.leaddispatch.**.LeadRecord, io.leaddispatch.https.LeadPayload, true",
        "io.leaddispatch.**.LeadPayload | io.leaddispatch.**.LeadRecord, io.leaddispatch.https.LeadRequest, false",
        "io.leaddispatch.LeadSource, io.leaddispatch.LeadSources, false",
    })
    void patternsNameClasses(String pattern, String name, boolean expected) {
        var one = new Coverage(List.of(new Coverage.Source("m", name, 1, 0)));
        assertThat(!one.matching(pattern).isEmpty()).isEqualTo(expected);
    }

    @Test
    void oneLineTooFewIsNoticed() {
        var short1 = new Coverage(List.of(new Coverage.Source("m", "io.leaddispatch.X", 84, 16)));
        assertThatThrownBy(() -> assertCovered(short1, "m", FLOOR))
                .hasMessageContaining("84 of 100 lines (84.0 %), missing: io.leaddispatch.X (16)");
    }

    @Test
    void aPatternThatNamesNothingIsNoticed() {
        assertThatThrownBy(() -> assertCovered(new Coverage(List.of()), "x", FLOOR))
                .hasMessageContaining("x");
    }

    private static void assertCovered(Coverage coverage, String what, double floor) {
        assertThat(coverage.isEmpty()).as("%s: there is no such code", what).isFalse();
        assertThat(coverage.ratio()).as("%s: %s", what, coverage).isGreaterThanOrEqualTo(floor);
    }
}
