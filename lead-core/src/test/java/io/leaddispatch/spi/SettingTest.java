package io.leaddispatch.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.Secret;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
    private enum Mode {
        WEB_TO_LEAD,
        REST
    }

    private enum Sign {
        AZURE("azureAD"),
        OFFICE("office365");

        private final String text;

        Sign(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    @Test
    void textIsStrippedAndMayComeAsNumber() {
        Setting<String> form = Setting.text("formId");

        assertThat(form.read("  1179\n")).isEqualTo("1179");
        assertThat(form.read(1179)).isEqualTo("1179");
        assertThat(form.read(true)).isEqualTo("true");
        assertThatThrownBy(() -> form.read(" ")).hasMessage("not a text");
        assertThatThrownBy(() -> form.read(List.of())).hasMessage("not a text");
    }

    @Test
    void textWithAFormSaysWhichAndNotWhatItGot() {
        Setting<String> form = Setting.text("formId", "a number of 1 to 8 digits", text -> text.matches("[0-9]{1,8}"));

        assertThat(form.read("1179 ")).isEqualTo("1179");
        assertThatThrownBy(() -> form.read("marker")).hasMessage("not a number of 1 to 8 digits");
    }

    @Test
    void fileIsAPathAndAnImpossibleOneIsNotShown() {
        Setting<Path> file = Setting.file("caFile");

        assertThat(file.read(" ca.pem ")).isEqualTo(Path.of("ca.pem"));
        assertThat(file.read(Path.of("ca.pem"))).isEqualTo(Path.of("ca.pem"));
        assertThatThrownBy(() -> file.read("mark\u0000er"))
                .hasMessage("not a possible name of a file")
                .hasNoCause();
    }

    @Test
    void unitSaysWhatANumberCounts() {
        assertThat(Setting.number("queue", 1, 10).unit("leads").or(3).doc("x").unit())
                .isEqualTo("leads");
        assertThat(Setting.duration("timeout").required().unit()).isEqualTo("ms, s, m, h or d");
        assertThat(Setting.text("id").unit()).isNull();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"500ms, PT0.5S", "10s, PT10S", "2m, PT2M", "1h, PT1H", "2d, PT48H", "' 2D ', PT48H", "36500d, PT876000H"
    })
    void durationHasAUnit(String text, Duration duration) {
        assertThat(Setting.duration("timeout").read(text)).isEqualTo(duration);
    }

    @ParameterizedTest(name = "{0} is no duration")
    @ValueSource(
            strings = {
                "10",
                "s",
                "-1s",
                "0s",
                "1.5s",
                "1 s",
                "10sec",
                "PT10S",
                "36501d",
                "99999999999999999999s",
                "9223372036854775807d",
                "\u0661s",
                "1w"
            })
    void durationIsPositiveAndWholeAndBounded(String text) {
        assertThatThrownBy(() -> Setting.duration("timeout").read(text))
                .hasMessage("not a duration (example: 10s; units are ms, s, m, h, d)");
    }

    @Test
    void programMayGiveTypedValues() {
        assertThat(Setting.duration("timeout").read(Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
        assertThat(Setting.uri("url").read(URI.create("https://example.com"))).hasHost("example.com");
        assertThat(Setting.choice("mode", Mode.class).read(Mode.REST)).isEqualTo(Mode.REST);
        assertThatThrownBy(() -> Setting.duration("timeout").read(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void uriIsAbsoluteAndItsFaultHasAPlace() {
        Setting<URI> url = Setting.uri("url");

        assertThat(url.read(" https://example.com/leads?sig=x ")).hasPath("/leads");
        assertThatThrownBy(() -> url.read("https://marker.example/a b"))
                .hasMessage("not a URI, fault at character 25")
                .hasMessageNotContaining("marker");
        assertThatThrownBy(() -> url.read("leads")).hasMessageStartingWith("not an absolute URI");
    }

    @ParameterizedTest(name = "{0} is within 1 to 10")
    @CsvSource({"1", "10", "' 5 '"})
    void numberIncludesItsBounds(String text) {
        assertThat(Setting.number("n", 1, 10).read(text)).isBetween(1, 10);
    }

    @Test
    void numberIsWholeAndInItsRange() {
        Setting<Integer> n = Setting.number("n", 1, 10);

        assertThat(n.read(7L)).isEqualTo(7);
        assertThatThrownBy(() -> n.read(new BigDecimal("7.0"))).hasMessage("not a whole number");
        assertThatThrownBy(() -> n.read("seven")).hasMessage("not a whole number");
        assertThatThrownBy(() -> n.read(0)).hasMessage("not a number from 1 to 10");
        assertThatThrownBy(() -> n.read(11)).hasMessage("not a number from 1 to 10");
        assertThatThrownBy(() -> n.read(4_294_967_297L)).hasMessage("not a number from 1 to 10");
    }

    @ParameterizedTest(name = "{0} is REST or WEB_TO_LEAD")
    @ValueSource(strings = {"rest", "REST", "web-to-lead", "WEB_TO_LEAD", "Web-To-Lead"})
    void choiceIsWrittenAsInJavaOrWithDashes(String text) {
        assertThat(Setting.choice("mode", Mode.class).read(text)).isNotNull();
    }

    @Test
    void choiceMayHaveTextsOfItsOwn() {
        Setting<Sign> sign = Setting.choice("authentication", Sign.class);

        assertThat(sign.read("azuread")).isEqualTo(Sign.AZURE);
        assertThat(sign.typeName()).isEqualTo("azureAD | office365");
        assertThatThrownBy(() -> sign.read("marker")).hasMessage("not one of azureAD, office365");
        assertThat(Setting.choice("mode", Mode.class).typeName()).isEqualTo("web-to-lead | rest");
    }

    @Test
    void flagIsTrueOrFalse() {
        Setting<Boolean> flag = Setting.flag("on");

        assertThat(flag.read(true)).isTrue();
        assertThat(flag.read("False")).isFalse();
        assertThatThrownBy(() -> flag.read("yes")).hasMessage("neither true nor false");
        assertThatThrownBy(() -> flag.read(1)).hasMessage("neither true nor false");
    }

    @Test
    void mapKeepsNullAndItsOrder() {
        Map<String, Object> given = new HashMap<>();
        given.put("rating", null);

        assertThat(Setting.map("fields").read(given)).containsEntry("rating", null);
        assertThatThrownBy(() -> Setting.map("fields").read("text")).hasMessageStartingWith("not an object");
        assertThatThrownBy(() -> Setting.map("fields").read(Map.of("a", List.of())))
                .hasMessageStartingWith("holds something");
    }

    @Test
    void listMayBeOneText() {
        assertThat(Setting.list("to").read("crm")).containsExactly("crm");
        assertThat(Setting.list("to").read(List.of("crm ", "hook"))).containsExactly("crm", "hook");
        assertThatThrownBy(() -> Setting.list("to").read(Arrays.asList("crm", null)))
                .hasMessage("not a text");
    }

    @ParameterizedTest
    @CsvSource({"1500ms, 1500ms", "1000ms, 1s", "90s, 90s", "120s, 2m", "3600s, 1h", "36h, 36h", "48h, 2d"})
    void aDefaultIsShownAsItWouldBeWritten(String given, String shown) {
        Setting<Duration> time = Setting.duration("time");
        assertThat(time.or(time.read(given)).standardText()).isEqualTo(shown);
    }

    @Test
    void otherDefaultsAreShownToo() {
        assertThat(Setting.choice("mode", Mode.class).or(Mode.WEB_TO_LEAD).standardText())
                .isEqualTo("web-to-lead");
        assertThat(Setting.number("n", 1, 9).or(4).standardText()).isEqualTo("4");
        assertThat(Setting.map("fields").or(Map.of()).standardText()).isNull();
        assertThat(Setting.text("none").standardText()).isNull();
    }

    @Test
    void secretsDoNotPrint() {
        Secret rotating = Secret.from(() -> "now");

        assertThat(Setting.secret("key").read(" marker ").reveal()).isEqualTo("marker");
        assertThat(Setting.secret("key").read(rotating)).isSameAs(rotating);
        assertThat(Setting.secrets("keys").read(List.of("marker", rotating)))
                .hasSize(2)
                .asString()
                .doesNotContain("marker");
        assertThat(Setting.secret("key").isSecret()).isTrue();
        assertThat(Setting.secrets("keys").isSecret()).isTrue();
        assertThat(Setting.text("key").isSecret()).isFalse();
    }

    @Test
    void eachChangeMakesANewSettingAndKeepsTheRest() {
        Setting<Mode> mode = Setting.choice("mode", Mode.class).or(Mode.REST);
        Setting<String> plain = Setting.text("url");
        Setting<String> full = plain.required()
                .requiredWhen(mode, Mode.WEB_TO_LEAD)
                .or("x")
                .doc("Where to.")
                .alias("uri", "address");

        assertThat(plain.isRequired()).isFalse();
        assertThat(plain.aliases()).isEmpty();
        assertThat(full.isRequired()).isTrue();
        assertThat(full.condition()).hasToString("mode is web-to-lead");
        assertThat(full.standard()).isEqualTo("x");
        assertThat(full.documentation()).isEqualTo("Where to.");
        assertThat(full.aliases()).containsExactly("uri", "address");
        assertThat(full).hasToString("Setting[url]");
    }
}
