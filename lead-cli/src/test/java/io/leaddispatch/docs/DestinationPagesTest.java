package io.leaddispatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.spi.LeadDestinationProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever knows one destination's page finds the way on all the others. */
class DestinationPagesTest {
    private static final List<String> PARTS = List.of(
            "(?m)^## Set[ -](it )?up",
            "(?mi)permission|privilege",
            "(?m)^## Settings",
            "(?m)^## (Mapping|What a lead becomes|What is written|What the receiver gets)|^Default map: ",
            "(?m)^## What becomes of an answer",
            "\\]\\(problems\\.md\\)",
            "(?m)^## Limits",
            "(?m)^## Traps");

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void everyDestinationsPageHasEveryPart(String type) throws IOException {
        String page = Files.readString(Path.of("..", "docs", type + ".md"));
        assertThat(PARTS).allSatisfy(part -> assertThat(page).containsPattern(part));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void everyDestinationHasAnExampleOfItsName(String type) {
        assertThat(Path.of("..", "docs", "examples", type + ".json")).exists();
    }

    static Stream<String> types() {
        return ServiceLoader.load(LeadDestinationProvider.class).stream()
                .map(provider -> provider.get().type());
    }
}
