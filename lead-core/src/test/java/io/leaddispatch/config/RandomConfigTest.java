package io.leaddispatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.Secret;
import io.leaddispatch.spi.Setting;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever stands in a file, the answer is a configuration or its faults, and no value of a setting. */
class RandomConfigTest {
    private static final int ROUNDS = 20_000;
    private static final Setting<Secret> KEY = Setting.secret("key").required();
    private static final LeadConfigReader READER = LeadConfigReader.standard()
            .environment(name -> null)
            .providers(List.of(new FakeProvider(
                    "crm", "salesforce", KEY, Setting.uri("url"), Setting.map("fields"), Setting.list("to"))));
    private static final List<String> SEEDS = List.of(
            """
            {"destinations": {"a": {"type": "crm", "settings": {"key": "QMARKERQ", "url": "https://QMARKERQ.example",
            "fields": {"x": null, "y": 1.5}, "to": ["QMARKERQ"]}, "lane": {"attempts": 3, "maxAge": "2d"}}},
            "routes": [{"offer": "c.*", "to": ["a"]}], "policy": {"edu": "deliver"}, "outbox": {"url": "QMARKERQ"}}
            """,
            """
            {"$schema": "https://x/schema/customer-leads/2022-03-01-preview3", "leadDestination": "salesforce",
            "salesforceLeadConfiguration": {"key": "QMARKERQ", "contactEmail": ["QMARKERQ"]}, "resources": []}
            """,
            "{\"resourceType\": \"SalesForceLeadConfiguration\", \"key\": \"QMARKERQ\", \"url\": \"${env:CRM_KEY}\"}");
    private static final List<String> PIECES = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "-1",
            "\"\"",
            "\"***\"",
            "${env:",
            "${file:",
            "{}",
            "[]",
            "\u0000",
            "\\u0000",
            "\uFEFF",
            "1e999",
            "99999999999999999999",
            "[null]",
            "{\"a\":{}}");

    @Test
    void changedDocumentsGiveAConfigurationOrItsFaults() {
        Random random = new Random(20_251_124);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String text = changed(SEEDS.get(random.nextInt(SEEDS.size())), random);
            try {
                LeadConfig config =
                        READER.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Path.of(""));
                assertThat(config.toString()).as(text).doesNotContain("MARKER");
                read++;
            } catch (LeadConfigurationException e) {
                assertThat(e.faults()).as(text).isNotEmpty();
                assertThat(e.faults()).as(text).noneMatch(fault -> fault.what().contains("QMARKERQ"));
            }
        }
        assertThat(read).isPositive();
    }

    private static String changed(String seed, Random random) {
        StringBuilder text = new StringBuilder(seed);
        for (int change = random.nextInt(4); change >= 0; change--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(6));
            String piece = random.nextBoolean() ? PIECES.get(random.nextInt(PIECES.size())) : "";
            if (!text.substring(from, to).contains("Q")) {
                text.replace(from, to, piece);
            }
        }
        return text.toString();
    }
}
