package io.leaddispatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.leaddispatch.config.LeadConfig;
import io.leaddispatch.config.LeadConfigReader;
import io.leaddispatch.http.HttpSettings;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/configuration.md and the schema for editors say what the settings say; the examples fit both. */
class ConfigurationPageTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Path PAGE = DOCS.resolve("configuration.md");
    private static final Path SCHEMA = DOCS.resolve("lead-dispatch.schema.json");
    private static final Pattern SECRET =
            Pattern.compile("\"(\\w*(?:Secrets?|Key|Password|ConnectionString))\": \\[?\"([^\"]+)\"");
    private static final String BEGIN = "<!-- printed from the declared settings -->\n";

    @Test
    void thePageIsWhatTheSettingsSay() throws IOException {
        ConfigurationPage printer = new ConfigurationPage();
        LeadConfig.declared().forEach(printer::section);
        byType().forEach(printer::destination);
        PrintedFile.isOrBecomesFrom(BEGIN, PAGE, printer.print(), ConfigurationPageTest.class);
    }

    @Test
    void theSchemaIsWhatTheSettingsSay() throws IOException {
        PrintedFile.isOrBecomes(
                SCHEMA, new ConfigurationSchema(LeadConfig.declared(), byType()).print(), ConfigurationPageTest.class);
    }

    @Test
    void everySettingHasItsLine() {
        Stream.concat(LeadConfig.declared().values().stream(), byType().values().stream())
                .flatMap(List::stream)
                .forEach(setting -> assertThat(setting.documentation())
                        .as(setting.key())
                        .isNotBlank()
                        .endsWith("."));
    }

    @Test
    void everyDestinationsPageNamesEverySettingOfItsOwn() throws IOException {
        for (Map.Entry<String, List<Setting<?>>> type : byType().entrySet()) {
            String page = Files.readString(DOCS.resolve(type.getKey() + ".md"));
            assertThat(type.getValue())
                    .filteredOn(setting -> !HttpSettings.ALL.contains(setting))
                    .allSatisfy(setting -> assertThat(page).contains("`" + setting.key() + "`"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void everyExampleFitsTheSchemaAndLoads(Path example) throws IOException {
        assertThat(schema().validate(Files.readString(example), InputFormat.JSON))
                .isEmpty();
        assertThat(read(example).destinations()).isNotEmpty();
    }

    @Test
    void everyDestinationHasAnExampleWhoseSecretsAreReferences() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (Path example : examples()) {
            read(example)
                    .destinations()
                    .forEach(destination -> shown.add(destination.provider().type()));
            assertThat(SECRET.matcher(Files.readString(example)).results().map(secret -> secret.group(2)))
                    .as("%s", example)
                    .allMatch(value -> value.startsWith("${"));
        }
        assertThat(shown).containsExactlyElementsOf(byType().keySet());
    }

    private static LeadConfig read(Path example) {
        return LeadConfigReader.standard().environment(name -> "a value").read(example);
    }

    @Test
    void theSchemaFindsAMisspelledKey() throws IOException {
        String config =
                "{\"destinations\": {\"hook\": {\"type\": \"https\", \"settings\": {\"httpEndpointUrl\": \"x\"}}}}";
        assertThat(schema().validate(config, InputFormat.JSON)).isNotEmpty();
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(DOCS.resolve("examples"))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("marketplace-"))
                    .sorted()
                    .toList();
        }
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
    }

    private static Map<String, List<Setting<?>>> byType() {
        Map<String, List<Setting<?>>> all = new TreeMap<>();
        ServiceLoader.load(LeadDestinationProvider.class)
                .forEach(provider -> all.put(provider.type(), provider.settings()));
        return all;
    }
}
