package io.leaddispatch.coverage;

import static io.leaddispatch.coverage.Project.child;
import static io.leaddispatch.coverage.Project.pom;
import static io.leaddispatch.coverage.Project.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class BuildTest {
    @Test
    void bomListsEveryPublishedModule() {
        var managed = child(child(pom("lead-bom"), "dependencyManagement"), "dependencies");
        assertThat(Project.ours(managed)).containsExactlyInAnyOrderElementsOf(Project.published());
    }

    @Test
    void bomHasTheVersionOfTheBuild() {
        assertThat(text(pom("lead-bom"), "version")).isEqualTo(text(pom(""), "version"));
    }

    @Test
    void coverageSeesEveryPublishedModule() {
        var dependencies = child(pom("lead-coverage"), "dependencies");
        assertThat(Project.ours(dependencies)).containsExactlyInAnyOrderElementsOf(Project.published());
    }

    @Test
    void coverageComesLast() {
        assertThat(Project.modules()).last().isEqualTo("lead-coverage");
    }

    @Test
    void everyPublishedModuleIsAModuleOfJava() {
        assertThat(Project.published())
                .allSatisfy(module -> assertThat(Project.file(module, "src/main/java/module-info.java"))
                        .exists());
    }

    /** What a module provides on the module path it provides on the class path too, and the other way round. */
    @Test
    void providersAreRegisteredTwice() throws IOException {
        for (String module : Project.published()) {
            boolean provides = Files.readString(Project.file(module, "src/main/java/module-info.java"))
                    .contains("provides io.leaddispatch.spi.LeadDestinationProvider");
            assertThat(Project.file(
                                    module,
                                    "src/main/resources/META-INF/services/io.leaddispatch.spi.LeadDestinationProvider")
                            .toFile()
                            .exists())
                    .as(module)
                    .isEqualTo(provides);
        }
    }
}
