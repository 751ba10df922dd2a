package io.leaddispatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.Secret;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {
    private enum Sign {
        AZURE_AD,
        OFFICE365
    }

    private static final Setting<String> OID = Setting.text(
                    "objectIdentifier", "15 letters or digits", text -> text.matches("[A-Za-z0-9]{15}"))
            .required();
    private static final Setting<Sign> SIGN =
            Setting.choice("authentication", Sign.class).or(Sign.AZURE_AD);
    private static final Setting<String> APPLICATION =
            Setting.text("applicationId").requiredWhen(SIGN, Sign.AZURE_AD).alias("appId");
    private static final Setting<Secret> PASSWORD = Setting.secret("password").requiredWhen(SIGN, Sign.OFFICE365);
    private static final Setting<Secret> SIGNING = Setting.secret("signingKey");
    private static final Setting<List<Secret>> OLD_KEYS = Setting.secrets("oldKeys");
    private static final Setting<Duration> TIMEOUT = Setting.duration("timeout").or(Duration.ofSeconds(30));
    private static final Setting<Map<String, Object>> FIELDS = Setting.map("fields");

    private static final LeadConfigReader READER = LeadConfigReader.standard()
            .providers(List.of(new FakeProvider(
                    "crm", null, OID, SIGN, APPLICATION, PASSWORD, SIGNING, OLD_KEYS, TIMEOUT, FIELDS)));

    @Test
    void givenAndDefaultValuesAreThere() {
        Settings settings =
                check(Map.of("objectIdentifier", " 00Do0000000ZHog ", "applicationId", "a", "timeout", "2s"));

        assertThat(settings.get(OID)).isEqualTo("00Do0000000ZHog");
        assertThat(settings.get(TIMEOUT)).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.get(SIGN)).isEqualTo(Sign.AZURE_AD);
        assertThat(settings.find(SIGNING)).isNull();
        assertThatThrownBy(() -> settings.get(SIGNING))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("signingKey has no value");
        assertThat(settings).hasToString("Settings[applicationId, objectIdentifier, timeout]");
    }

    @Test
    void keysAndFurtherSpellingsIgnoreCase() {
        Settings settings = check(Map.of("OBJECTidentifier", "00Do0000000ZHog", "APPID", "a"));

        assertThat(settings.get(APPLICATION)).isEqualTo("a");
    }

    @Test
    void everythingWrongIsSaidAtOnceByPathAndNeverByValue() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("objectIdentifer", "marker1");
        given.put("timeout", "marker2");
        given.put("authentication", "marker3");
        given.put("fields", "marker4");
        given.put("oldKeys", List.of("marker5", List.of("marker6")));

        assertThat(faults(given))
                .containsExactly(
                        new Fault(
                                "destinations.x.settings.objectIdentifer",
                                "is not a setting of crm; did you mean objectIdentifier?"),
                        new Fault(
                                "destinations.x.settings.timeout",
                                "not a duration (example: 10s; units are ms, s, m, h, d)"),
                        new Fault("destinations.x.settings.authentication", "not one of azure-ad, office365"),
                        new Fault("destinations.x.settings.fields", "not an object with names and values"),
                        new Fault("destinations.x.settings.oldKeys", "not a text"),
                        new Fault("destinations.x.settings.objectIdentifier", "is missing"));
        assertThat(faults(given).toString()).doesNotContain("marker");
    }

    @Test
    void conditionHoldsByDefaultToo() {
        assertThat(faults(Map.of("objectIdentifier", "00Do0000000ZHog")))
                .containsExactly(new Fault(
                        "destinations.x.settings.applicationId",
                        "is missing (needed because authentication is azure-ad)"));
    }

    @Test
    void conditionHoldsByWhatIsGiven() {
        assertThat(faults(Map.of("objectIdentifier", "00Do0000000ZHog", "authentication", "office365")))
                .containsExactly(new Fault(
                        "destinations.x.settings.password", "is missing (needed because authentication is office365)"));
    }

    @Test
    void unknownKeyFarFromAllIsAnsweredWithAllThereAre() {
        assertThat(faults(with("zzz", "marker")))
                .containsExactly(new Fault(
                        "destinations.x.settings.zzz",
                        "is not a setting of crm; known: objectIdentifier, authentication, applicationId, password, "
                                + "signingKey, oldKeys, timeout, fields"));
    }

    @Test
    void unknownKeyNearAFurtherSpellingIsAnsweredWithTheKey() {
        assertThat(faults(with("appIdd", "x")).get(0).what()).endsWith("; did you mean applicationId?");
    }

    @Test
    void keyThatIsNoNameIsNotShown() {
        String secret = "AccountKey=marker;" + "x".repeat(70);

        assertThat(faults(with(secret, "x")).get(0).path())
                .isEqualTo("destinations.x.settings.(a key of 88 characters)");
    }

    @Test
    void keyGivenTwiceIsAFault() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("applicationId", "a");
        given.put("appId", "b");
        given.put("objectIdentifier", "00Do0000000ZHog");

        assertThat(faults(given))
                .containsExactly(new Fault(
                        "destinations.x.settings.applicationId",
                        "is given twice, as applicationId and as appId; keep one"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "***", " ********* "})
    void maskedSecretCountsAsMissing(String masked) {
        Map<String, Object> given =
                Map.of("objectIdentifier", "00Do0000000ZHog", "authentication", "office365", "password", masked);

        assertThat(faults(given)).singleElement().satisfies(fault -> {
            assertThat(fault.path()).isEqualTo("destinations.x.settings.password");
            assertThat(fault.what()).startsWith("is masked").endsWith("(needed because authentication is office365)");
        });
        assertThat(faults(with("signingKey", masked)).get(0).what()).startsWith("is masked");
        assertThat(faults(with("oldKeys", List.of("good", masked))).get(0).what())
                .startsWith("is masked");
    }

    @Test
    void emptyTextIsMissingAndNullIsAbsent() {
        assertThat(faults(Map.of("objectIdentifier", " ", "applicationId", "a"))
                        .get(0)
                        .what())
                .isEqualTo("is missing: the text is empty");
        assertThat(faults(with("signingKey", "")).get(0).what())
                .isEqualTo("is missing: the text is empty; or leave the key out");
        assertThat(check(with("signingKey", null)).find(SIGNING)).isNull();
    }

    @Test
    void nullInAMapStays() {
        Map<String, Object> fields = Collections.singletonMap("rating", null);

        assertThat(check(with("fields", fields)).get(FIELDS)).containsEntry("rating", null);
    }

    @Test
    void wrongValueOfTheOtherSettingBlamesNobodyElse() {
        assertThat(faults(Map.of("objectIdentifier", "00Do0000000ZHog", "authentication", "x")))
                .extracting(Fault::path)
                .containsExactly("destinations.x.settings.authentication");
    }

    private static Map<String, Object> with(String key, Object value) {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("objectIdentifier", "00Do0000000ZHog");
        given.put("applicationId", "a");
        given.put(key, value);
        return given;
    }

    private static Settings check(Map<String, Object> given) {
        return READER.destination("x", "crm", given).settings();
    }

    private static List<Fault> faults(Map<String, Object> given) {
        return catchThrowableOfType(LeadConfigurationException.class, () -> check(given))
                .faults();
    }
}
