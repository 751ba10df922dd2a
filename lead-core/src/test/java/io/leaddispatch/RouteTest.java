package io.leaddispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
    private static final Lead LEAD = lead("AzureMarketplace-INS|contoso.backup.pro");

    @ParameterizedTest(name = "glob {0} and text {1}: {2}")
    @CsvSource({
        "contoso.*, contoso.backup, true",
        "contoso.*, contoso., true",
        "contoso.*, contoso, false",
        "contoso.*, fabrikam.contoso.x, false",
        "*, anything, true",
        "*, '', true",
        "**, x, true",
        "'', '', true",
        "'', x, false",
        "*.pro, contoso.backup.pro, true",
        "*.pro, contoso.backup.prox, false",
        "c*o*p, contoso.backup, true",
        "c*o*q, contoso.backup, false",
        "a*a, a, false",
        "a*a, aa, true",
        "ab*ba, aba, false",
        "*ab*ab*, abab, true",
        "*ab*ab*, aab, false",
        "*ab*b*, ab, false",
        "a*b*c, abc, true",
        "a*b*c, acb, false",
        "contoso.backup, contoso.backup, true",
        "contoso.backup, contoso_backup, false",
        "Contoso.*, contoso.backup, false",
        "'a.c', abc, false",
        "'[a-z]*', contoso, false"
    })
    void globKnowsOnlyTheStar(String glob, String text, boolean matches) {
        assertThat(Glob.matches(glob, text, false)).isEqualTo(matches);
    }

    @Test
    void caseCountsUnlessItIsIgnored() {
        assertThat(Glob.matches("Contoso", "CONTOSO", false)).isFalse();
        assertThat(Glob.matches("Contoso", "CONTOSO", true)).isTrue();
        assertThat(Glob.matches("Con*So", "CONTOSO", true)).isTrue();
        assertThat(Glob.matches("Contoso", "Fabrikam", true)).isFalse();
    }

    /** Every glob of up to 5 characters with every text of up to 5 over two letters, against the definition itself. */
    @Test
    void globIsWhatTheDefinitionSays() {
        List<String> texts = words("ab", 5);
        for (String glob : words("ab*", 5)) {
            for (String text : texts) {
                assertThat(Glob.matches(glob, text, false))
                        .as("glob %s, text %s", glob, text)
                        .isEqualTo(isDescribed(glob, text));
            }
        }
    }

    private static boolean isDescribed(String glob, String text) {
        if (glob.isEmpty()) {
            return text.isEmpty();
        }
        if (glob.charAt(0) == '*') {
            return isDescribed(glob.substring(1), text) || !text.isEmpty() && isDescribed(glob, text.substring(1));
        }
        return !text.isEmpty() && glob.charAt(0) == text.charAt(0) && isDescribed(glob.substring(1), text.substring(1));
    }

    private static List<String> words(String letters, int longest) {
        List<String> words = new ArrayList<>(List.of(""));
        for (int i = 0; i < words.size() && words.get(i).length() < longest; i++) {
            for (char letter : letters.toCharArray()) {
                words.add(words.get(i) + letter);
            }
        }
        return words;
    }

    @Test
    void globNeverTakesLongerThanPatternTimesText() {
        String text = "a".repeat(30_000);
        String glob = "*a".repeat(500) + "*b*";

        assertThat(org.junit.jupiter.api.Assertions.assertTimeout(
                        Duration.ofSeconds(10), () -> Glob.matches(glob, text, true)))
                .isFalse();
    }

    @Test
    void routeWithoutConditionsTakesEveryLead() {
        assertThat(Route.all("crm").matches(LEAD)).isTrue();
        assertThat(Route.all("crm").matches(lead(null))).isTrue();
        assertThat(Route.all("crm").takesAll()).isTrue();
        assertThat(new Route(null, "*", null, null, List.of("crm")).takesAll()).isFalse();
    }

    @ParameterizedTest(name = "offer {0}, publisher {1}, source {2}, action {3}: {4}")
    @CsvSource({
        "contoso.*,,,, true",
        "contoso.backup.pro,,,, true",
        "CONTOSO.*,,,, false",
        ",contoso,,, true",
        ",cont*,,, true",
        ",backup,,, false",
        ",,azuremarketplace,, true",
        ",,AZURE*,, true",
        ",,SPZA,, false",
        ",,,ins, true",
        ",,,I*, true",
        ",,,PLT, false",
        "contoso.*,contoso,AzureMarketplace,INS, true",
        "contoso.*,contoso,AzureMarketplace,DNC, false"
    })
    void allConditionsMustHold(String offer, String publisher, String source, String action, boolean matches) {
        assertThat(new Route(offer, publisher, source, action, List.of("crm")).matches(LEAD))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"*,,,", ",*,,", ",,*,", ",,,*"})
    void noGlobDescribesWhatIsNotThere(String offer, String publisher, String source, String action) {
        Route route = new Route(offer, publisher, source, action, List.of("crm"));

        assertThat(route.matches(lead(null))).isFalse();
    }

    @Test
    void knownNamesOfASourceAreOne() {
        Route route = new Route(null, null, "AppSource", null, List.of("crm"));

        assertThat(route.matches(lead("SPZA-PLT|contoso.app"))).isTrue();
        assertThat(route.matches(lead("AppSource (SPZA)-PLT|contoso.app"))).isTrue();
    }

    @Test
    void titleStandsInForAnOfferThatIsNotThere() {
        Lead titled = Lead.builder()
                .email("ada@example.com")
                .source("AzureMarketplace-INS")
                .offerTitle("Backup Pro")
                .build();

        assertThat(new Route("Backup*", null, null, null, List.of("crm")).matches(titled))
                .isTrue();
        assertThat(new Route(null, "Backup*", null, null, List.of("crm")).matches(titled))
                .isFalse();
    }

    @Test
    void routeLeadsSomewhere() {
        assertThatThrownBy(() -> Route.all())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a route needs at least one destination");
    }

    private static Lead lead(String source) {
        return Lead.builder().email("ada@example.com").source(source).build();
    }
}
