package io.leaddispatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.leaddispatch.cli.ArchitectureRules.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom, over all modules; each rule is shown to notice its bad example. */
class ArchitectureTest {
    private static final String ROOT = "io.leaddispatch";
    private static final String BAD_ROOT = "io.leaddispatch.cli.archfixture";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar")) // a module's test classes, packed
            .importPackages(ROOT);

    private static final JavaClasses BAD = new ClassFileImporter().importPackages(BAD_ROOT);

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void ruleHolds(Rule rule) {
        rule.rule().check(OURS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badExamples")
    void ruleNoticesItsBadExample(Rule rule) {
        var noticed = rule.rule().evaluate(BAD).getFailureReport().getDetails();
        assertThat(noticed).anyMatch(line -> line.contains("." + rule.badExample()));
    }

    @Test
    void classesOfAllModulesAreRead() {
        assertThat(OURS).anyMatch(type -> type.getPackageName().equals(ROOT));
        assertThat(OURS).anyMatch(type -> type.getPackageName().equals("io.leaddispatch.cli"));
        assertThat(OURS).noneMatch(type -> type.getPackageName().startsWith(BAD_ROOT));
    }

    static List<Rule> rules() {
        return ArchitectureRules.below(ROOT);
    }

    static List<Rule> badExamples() {
        return ArchitectureRules.below(BAD_ROOT);
    }
}
