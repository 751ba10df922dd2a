package io.leaddispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeadTest {
    private static final Instant TIME = Instant.parse("2018-03-22T15:48:03.131884400Z");

    private static Lead.Builder full() {
        return Lead.builder()
                .id("42")
                .firstName("Some")
                .lastName("One")
                .email("someone@contoso.com")
                .phone("16175555555")
                .country("USA")
                .company("Contoso")
                .title("Esquire")
                .source("AzureMarketplace-INS|contoso.app")
                .offerTitle("Test Microsoft")
                .description("a note\n\twith two lines\r\n")
                .createdAt(TIME)
                .attribute("campaign", "spring")
                .attribute("partner", "98765");
    }

    @Test
    void whatIsGivenIsKept() {
        Lead lead = full().build();

        assertThat(lead.id()).isEqualTo(LeadId.of("42"));
        assertThat(lead.contact())
                .isEqualTo(
                        new Contact("Some", "One", "someone@contoso.com", "16175555555", "USA", "Contoso", "Esquire"));
        assertThat(lead.source().format()).isEqualTo("AzureMarketplace-INS|contoso.app");
        assertThat(lead.offerTitle()).isEqualTo("Test Microsoft");
        assertThat(lead.description()).isEqualTo("a note\n\twith two lines\r\n");
        assertThat(lead.createdAt()).isEqualTo(TIME);
        assertThat(lead.attributes()).containsOnlyKeys("campaign", "partner");
        assertThat(lead.notes()).isEmpty();
    }

    @Test
    void leadsAreEqualByValue() {
        assertThat(full().build()).isEqualTo(full().build()).hasSameHashCodeAs(full().build());
        assertThat(full().build().toBuilder().build()).isEqualTo(full().build());
        List<Lead> others = List.of(
                full().id("43").build(),
                full().firstName(null).build(),
                full().source(LeadSource.NONE).build(),
                full().offerTitle(null).build(),
                full().description("another").build(),
                full().createdAt(null).build(),
                full().attribute("campaign", null).build());
        assertThat(others).doesNotContain(full().build()).doesNotHaveDuplicates();
        assertThat(full().build()).isNotEqualTo("a text");
    }

    @Test
    void aPrintedLeadNamesItsFieldsAndNoValue() {
        assertThat(full().build())
                .hasToString("Lead[id=42, fields=[firstName, lastName, email, phone, country, company, title, source,"
                        + " offerTitle, description, createdAt, 2 attributes]]");
        assertThat(full().build().contact())
                .hasToString("Contact[firstName, lastName, email, phone, country, company, title]");
        assertThat(Lead.builder().id("1").phone("1").build()).hasToString("Lead[id=1, fields=[phone]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r\n", "\u2003"})
    void blankIsAbsent(String blank) {
        Lead lead = Lead.builder()
                .phone("1")
                .email(blank)
                .company(blank)
                .offerTitle(blank)
                .description(blank)
                .source(blank)
                .attribute("a", blank)
                .build();

        assertThat(lead.contact().present()).containsOnlyKeys("phone");
        assertThat(lead.offerTitle()).isNull();
        assertThat(lead.description()).isNull();
        assertThat(lead.attributes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"email, x@y", "phone, 1", "firstName, Ada", "lastName, Lovelace"})
    void oneWayToReachSomebodyIsEnough(String field, String value) {
        assertThat(with(field, value).build().contact().present()).containsOnlyKeys(field);
    }

    @Test
    void withoutAnyALeadIsEmpty() {
        assertThat(codes(Lead.builder().company("Contoso").title("CTO").country("US")))
                .containsExactly("lead.empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x@y",
                "  x@y.example\t",
                "a@b@c.example",
                "\"quoted\"@y",
                "\u00fc@m\u00fcller.example",
                "x@[::1]"
            })
    void anAddressIsCheckedLeniently(String email) {
        assertThat(Lead.builder().email(email).build().contact().email()).isEqualTo(email.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "@y", "x@", "x y@z", "x@y z", "x@y\u0000z"})
    void anImpossibleAddressIsRefused(String email) {
        assertThat(codes(Lead.builder().phone("1").email(email))).containsExactly("lead.email-invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "firstName, 1000",
        "lastName, 1000",
        "phone, 1000",
        "country, 1000",
        "company, 1000",
        "title, 1000",
        "email, 320",
        "offerTitle, 1000",
        "description, 32000",
        "attribute, 32000",
        "attributeName, 255"
    })
    void lengthsAreBounded(String field, int longest) {
        String end = field.equals("email") ? "@y.example" : "";
        String allowed = "x".repeat(longest - end.length()) + end;

        assertThat(with(field, allowed)
                        .phone(field.equals("phone") ? allowed : "1")
                        .build()
                        .notes())
                .isEmpty();
        Lead.Builder tooLong = with(field, "x" + allowed);
        if (!field.equals("phone")) {
            tooLong.phone("1");
        }
        assertThat(codes(tooLong)).containsExactly("lead.too-long");
        assertThatThrownBy(tooLong::build).hasMessageContaining("allowed").hasMessageNotContaining("xxx");
    }

    private static Lead.Builder with(String field, String value) {
        Lead.Builder lead = Lead.builder();
        return switch (field) {
            case "firstName" -> lead.firstName(value);
            case "lastName" -> lead.lastName(value);
            case "email" -> lead.email(value);
            case "phone" -> lead.phone(value);
            case "country" -> lead.country(value);
            case "company" -> lead.company(value);
            case "title" -> lead.title(value);
            case "offerTitle" -> lead.offerTitle(value);
            case "description" -> lead.description(value);
            case "attribute" -> lead.attribute("name", value);
            case "attributeName" -> lead.attribute(value, "value");
            default -> throw new IllegalArgumentException(field);
        };
    }

    @Test
    void attributesAreBounded() {
        Lead.Builder lead = Lead.builder().phone("1");
        for (int i = 0; i < 100; i++) {
            lead.attribute("a" + i, "v");
        }
        assertThat(lead.build().attributes()).hasSize(100);
        assertThat(codes(lead.attribute("one more", "v"))).containsExactly("lead.attributes");
        assertThat(codes(Lead.builder().phone("1").attribute(" ", "v"))).containsExactly("lead.attributes");
        assertThat(codes(Lead.builder().phone("1").attribute("a\u0001", "v").attribute("a\u0002", "v")))
                .containsExactly("lead.attributes");
    }

    @Test
    void attributesCannotBeChangedFromOutside() {
        assertThatThrownBy(() -> full().build().attributes().put("a", "b"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        Lead.Builder lead = Lead.builder()
                .email("x")
                .company("y".repeat(1_001))
                .attribute("", "v")
                .source(LeadSource.of(new Source("s".repeat(1_001)), null, null));

        assertThat(codes(lead))
                .containsExactly("lead.email-invalid", "lead.too-long", "lead.source-too-long", "lead.attributes");
        assertThatThrownBy(lead::build).hasMessageContaining("; ");
    }

    @Test
    void controlCharactersBecomeABlankAndANoteSaysSo() {
        Lead lead = Lead.builder()
                .firstName("A\u0000d\u007fa")
                .lastName("\u0001")
                .description("tab\tline\nfeed\rstay, \u0085 does not")
                .offerTitle("half \ud835 a pair \udc9c, and a whole \ud835\udc9c")
                .build();

        assertThat(lead.contact().firstName()).isEqualTo("A d a");
        assertThat(lead.contact().lastName()).isNull();
        assertThat(lead.description()).isEqualTo("tab\tline\nfeed\rstay,   does not");
        assertThat(lead.offerTitle()).isEqualTo("half \ufffd a pair \ufffd, and a whole \ud835\udc9c");
        assertThat(lead.notes()).hasSize(4).allMatch(note -> note.endsWith("control characters replaced"));
        assertThat(lead.toBuilder().build()).isEqualTo(lead);
    }

    @Test
    void controlCharactersInASourceDoNotMoveItsParts() {
        LeadSource given =
                LeadSource.of(new Source("free-text\u0001"), new Action("\u0002"), new Offer("con\u0003toso"));
        Lead lead = Lead.builder().phone("1").source(given).build();

        assertThat(lead.source()).isEqualTo(LeadSource.of(new Source("free-text"), null, new Offer("con toso")));
        assertThat(lead.notes()).isNotEmpty();
    }

    @Test
    void controlCharactersInATextReadLenientlyAreReadAgain() {
        Lead lead = Lead.builder()
                .phone("1")
                .source("SPZA\u0001-\u0001PLT |contoso.app")
                .build();

        assertThat(lead.source().source()).isEqualTo(Source.SPZA);
        assertThat(lead.source().action()).isEqualTo(Action.PLT);
        assertThat(lead.source().original()).isEqualTo("SPZA - PLT |contoso.app");
        assertThat(lead.notes()).containsExactly("source: 2 control characters replaced");
    }

    @Test
    void doNotContactIsTheActionDnc() {
        assertThat(Lead.builder().phone("1").source("SPZA-dnc").build().doNotContact())
                .isTrue();
        assertThat(full().build().doNotContact()).isFalse();
        assertThat(Lead.builder().phone("1").build().doNotContact()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "\u00e4", "a\u0000", "\u007f"})
    void anIdIsPrintableAsciiWithoutABlank(String id) {
        assertThat(LeadId.isValid(id)).isFalse();
        assertThatThrownBy(() -> LeadId.of(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdHasUpTo128Characters() {
        assertThat(LeadId.isValid("!".repeat(128))).isTrue();
        assertThat(LeadId.isValid("~".repeat(129))).isFalse();
        assertThat(LeadId.of("!~")).hasToString("!~");
    }

    static List<String> codes(Lead.Builder lead) {
        try {
            lead.build();
            return List.of();
        } catch (InvalidLeadException e) {
            return e.problems().stream().map(Problem::code).toList();
        }
    }
}
