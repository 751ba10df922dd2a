package io.leaddispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestLeadTest {
    private static final String MARK = "MSFT_TEST_636573304831318844";

    @ParameterizedTest
    @CsvSource({
        "2018-03-22T15:48:03.131884400Z, 636573304831318844",
        "2018-09-28T18:24:18.711771500Z, 636737558587117715",
        "1970-01-01T00:00:00Z, 621355968000000000",
        "0001-01-01T00:00:00Z, 0",
    })
    void ticksAreHundredNanosecondsSinceTheYearOne(Instant at, long ticks) {
        assertThat(TestLead.ticks(at)).isEqualTo(ticks);
    }

    @Test
    void theTestLeadOfAMomentIsAsDocumented() {
        Lead lead = TestLead.at(Instant.parse("2018-03-22T15:48:03.131884400Z"));

        assertThat(lead.contact())
                .isEqualTo(new Contact(MARK, MARK, MARK + "@test.com", "1234567890", "US", MARK, MARK));
        assertThat(lead.source().format()).isEqualTo("AzureMarketplace-INS");
        assertThat(lead.offerTitle()).isEqualTo("Contoso Test");
        assertThat(lead.description()).isEqualTo(MARK);
        assertThat(lead.isTest()).isTrue();
        assertThat(lead.notes()).isEmpty();
    }

    @Test
    void theMarkInAnyOfTheFieldsMakesATest() {
        assertThat(Lead.builder().firstName(MARK).build().isTest()).isTrue();
        assertThat(Lead.builder().lastName(MARK).build().isTest()).isTrue();
        assertThat(Lead.builder().phone("1").company(MARK).build().isTest()).isTrue();
        assertThat(Lead.builder().phone("1").title(MARK).build().isTest()).isTrue();
        assertThat(Lead.builder().phone("1").description(MARK).build().isTest()).isTrue();
        assertThat(Lead.builder()
                        .phone("1")
                        .source(MARK + "-" + MARK + "|<Offer Name>")
                        .build()
                        .isTest())
                .isTrue();
        assertThat(Lead.builder().email(MARK + "@test.com").build().isTest()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MSFT_TEST_",
                "MSFT_TEST_63657330483131884",
                "MSFT_TEST_6365733048313188441",
                "msft_test_636573304831318844",
                "MSFT_TEST_63657330483131884x",
                "a MSFT_TEST_636573304831318844",
                "MSFT_TEST_\u0664\u0664\u0664\u0664\u0664\u0664\u0664\u0664\u0664\u0664\u0664\u0664\u0664\u0664\u0664\u0664\u0664\u0664"
            })
    void anythingElseIsNoMark(String text) {
        assertThat(Lead.builder().firstName(text).description(text).build().isTest())
                .isFalse();
        assertThat(Lead.builder().email(MARK + "@test.org").build().isTest()).isFalse();
        assertThat(Lead.builder().email("x" + MARK + "@test.com").build().isTest())
                .isFalse();
    }
}
