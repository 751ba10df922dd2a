package io.leaddispatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LogLines;
import io.leaddispatch.Secret;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReferenceTest {
    private static final Setting<Secret> KEY = Setting.secret("key");
    private static final Setting<List<Secret>> KEYS = Setting.secrets("keys");
    private static final Setting<String> TEXT = Setting.text("text");
    private static final Setting<Integer> NUMBER = Setting.number("number", 1, 10);
    private static final Setting<Map<String, Object>> HEADERS = Setting.map("headers");
    private static final Setting<Path> FILE = Setting.file("file");

    private final Map<String, String> environment = new HashMap<>();
    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "line break {0}")
    @CsvSource({"\\n", "\\r\\n", "\\r", "''"})
    void oneLineBreakAtTheEndOfAFileIsDropped(String lineBreak) throws IOException {
        String end = lineBreak.replace("\\n", "\n").replace("\\r", "\r");
        Files.writeString(directory.resolve("key"), "two\nlines\n" + end);

        assertThat(read("key", "${file:key}").get(KEY).reveal())
                .isEqualTo(end.isEmpty() ? "two\nlines" : "two\nlines\n");
    }

    @Test
    void pathIsRelativeToTheConfigurationOrAbsolute() throws IOException {
        Path file = Files.writeString(
                Files.createDirectory(directory.resolve("secrets")).resolve("key"), "s");

        assertThat(read("key", "${file:secrets/key}").get(KEY).reveal()).isEqualTo("s");
        assertThat(read("key", " ${file:" + file.toAbsolutePath() + "} ")
                        .get(KEY)
                        .reveal())
                .isEqualTo("s");
    }

    @Test
    void fileOfASettingIsRelativeToTheConfigurationToo() {
        assertThat(read("file", "tls/ca.pem").get(FILE)).isEqualTo(directory.resolve("tls/ca.pem"));
        environment.put("CA", "/tls/ca.pem");
        assertThat(read("file", "${env:CA}").get(FILE)).isEqualTo(Path.of("/tls/ca.pem"));
    }

    @Test
    void secretIsReadAgainAtMostOnceAMinute() throws IOException {
        Path file = Files.writeString(directory.resolve("key"), "first");
        Secret key = read("key", "${file:key}").get(KEY);
        Files.writeString(file, "second");

        clock.pass(Duration.ofSeconds(59));
        assertThat(key.reveal()).isEqualTo("first");
        clock.pass(Duration.ofSeconds(1));
        assertThat(key.reveal()).isEqualTo("second");
        Files.writeString(file, "third");
        assertThat(key.reveal()).isEqualTo("second");
        clock.pass(Duration.ofMinutes(-5));
        assertThat(key.reveal()).isEqualTo("third");
    }

    @Test
    void secretThatCannotBeReadAgainKeepsItsValue() throws IOException {
        Path file = Files.writeString(directory.resolve("key"), "first");
        Secret key = read("key", "${file:key}").get(KEY);
        Files.delete(file);

        clock.pass(Duration.ofMinutes(2));
        try (LogLines log = new LogLines()) {
            assertThat(key.reveal()).isEqualTo("first");
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("destinations.x.settings.key", "[config.secret-unreadable]", "it is read again")
                    .doesNotContain("first");
        }
        Files.writeString(file, "second");
        assertThat(key.reveal()).isEqualTo("first");
        clock.pass(Duration.ofMinutes(1));
        assertThat(key.reveal()).isEqualTo("second");
    }

    @Test
    void environmentIsReadAndReadAgain() {
        environment.put("CRM_KEY", "first");
        Secret key = read("key", "${env:CRM_KEY}").get(KEY);
        environment.put("CRM_KEY", "second");

        assertThat(key.reveal()).isEqualTo("first");
        clock.pass(Duration.ofMinutes(1));
        assertThat(key.reveal()).isEqualTo("second");
    }

    @Test
    void listOfSecretsMayHoldReferences() throws IOException {
        environment.put("NEW", "n");
        Files.writeString(directory.resolve("old"), "o");

        assertThat(read("keys", List.of("${env:NEW}", "${file:old}", "plain")).get(KEYS))
                .extracting(Secret::reveal)
                .containsExactly("n", "o", "plain");
    }

    @Test
    void otherSettingsMayReferToo() {
        environment.put("TEXT", " t ");
        environment.put("NUMBER", "7");

        assertThat(read("text", "${env:TEXT}").get(TEXT)).isEqualTo("t");
        assertThat(read("number", "${env:NUMBER}").get(NUMBER)).isEqualTo(7);
        assertThat(read("headers", Map.of("X-Key", "${env:NUMBER}", "X-Plain", 1))
                        .get(HEADERS))
                .containsEntry("X-Key", "7")
                .containsEntry("X-Plain", 1);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '~',
            value = {
                "${env:NOWHERE} ~ refers to the environment variable NOWHERE, which is not set",
                "${env:BLANK} ~ refers to the environment variable BLANK, which is empty",
                "${env:p4ssword!} ~ 'refers to the environment variable (name not shown), which is not set'",
                "${file:nowhere} ~ refers to a file that does not exist",
                "${file:.} ~ refers to something that is not a file",
                "${file:empty} ~ refers to a file that is empty",
                "${file:large} ~ refers to a file of more than 64 KiB",
                "${file:binary} ~ refers to a file that is not text in UTF-8",
                "${file:a\u0000b} ~ refers to a file with an impossible name",
                "${marker} ~ 'is not a reference of the form ${env:NAME} or ${file:path}'",
                "${env:} ~ 'is not a reference of the form ${env:NAME} or ${file:path}'",
                "${vault:marker} ~ 'is not a reference of the form ${env:NAME} or ${file:path}'",
                "marker${env:KEY} ~ 'holds a reference beside other text; a reference is the whole value'",
                "${env:A}${env:B} ~ 'holds a reference beside other text; a reference is the whole value'"
            })
    void brokenReferenceIsAFaultByPath(String reference, String what) throws IOException {
        environment.put("BLANK", " ");
        Files.writeString(directory.resolve("empty"), "\n");
        Files.writeString(directory.resolve("large"), "x".repeat(64 * 1024 + 1));
        Files.write(directory.resolve("binary"), new byte[] {'a', (byte) 0xff});

        for (String key : List.of("key", "text")) {
            assertThat(catchThrowableOfType(LeadConfigurationException.class, () -> read(key, reference)))
                    .hasMessage("destinations.x.settings." + key + ": " + what);
        }
    }

    @Test
    void fileOfExactly64KibIsRead() throws IOException {
        Files.writeString(directory.resolve("large"), "x".repeat(64 * 1024));

        assertThat(read("key", "${file:large}").get(KEY).reveal()).hasSize(64 * 1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "text"})
    void maskBehindAReferenceIsNoSecretEither(String key) {
        environment.put("MASK", "*****");

        assertThat(catchThrowableOfType(LeadConfigurationException.class, () -> read(key, "${env:MASK}"))
                        .getMessage())
                .contains("refers to something that is masked");
    }

    @Test
    void byteOrderMarkIsDropped() throws IOException {
        Files.writeString(directory.resolve("key"), "\uFEFFs\r\n");

        assertThat(read("key", "${file:key}").get(KEY).reveal()).isEqualTo("s");
    }

    private Settings read(String key, Object value) {
        String json = "{\"destinations\": {\"x\": {\"type\": \"crm\", \"settings\": {\"" + key + "\": " + json(value)
                + "}}}}";
        return LeadConfigReader.standard()
                .providers(List.of(new FakeProvider("crm", null, KEY, KEYS, TEXT, NUMBER, HEADERS, FILE)))
                .environment(environment::get)
                .clock(clock)
                .read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), directory)
                .destinations()
                .get(0)
                .settings();
    }

    private static String json(Object value) {
        if (value instanceof List<?> many) {
            return many.stream().map(SecretReferenceTest::json).toList().toString();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> json(entry.getKey()) + ":" + json(entry.getValue()))
                    .collect(java.util.stream.Collectors.joining(",", "{", "}"));
        }
        return value instanceof String text
                ? "\"" + text.replace("\\", "\\\\").replace("\u0000", "\\u0000") + "\""
                : value.toString();
    }

    private static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2025-11-24T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
