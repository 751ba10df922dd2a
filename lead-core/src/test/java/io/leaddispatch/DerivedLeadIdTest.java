package io.leaddispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The expected ids were computed by another program from the description of the rule. They must never change. */
class DerivedLeadIdTest {
    private static final Instant TIME = Instant.parse("2018-03-22T15:48:03.131884400Z");

    @Test
    void theIdOfTheDocumentedSampleIsStable() {
        Lead lead = Lead.builder()
                .firstName("Some")
                .lastName("One")
                .email("someone@contoso.com")
                .phone("16175555555")
                .country("USA")
                .company("Contoso")
                .title("Esquire")
                .source("AzureMarketplace-INS")
                .offerTitle("Test Microsoft")
                .description("Test run through Power Automate")
                .build();

        assertThat(lead.id()).hasToString("l1-46856aa85aea9e50d59e7277ae26b0f9");
        assertThat(lead.toBuilder()
                        .country("Spain")
                        .title(null)
                        .id((LeadId) null)
                        .attribute("a", "b")
                        .build()
                        .id())
                .as("country, title and attributes do not count")
                .isEqualTo(lead.id());
    }

    @Test
    void theAddressCountsInLowerCaseWithoutBlanks() {
        String expected = "l1-bada64236d5ba8b58b31fad44b8ebaad";

        assertThat(Lead.builder().email("ada@example.com").build().id()).hasToString(expected);
        assertThat(Lead.builder().email(" ADA@Example.COM ").build().id()).hasToString(expected);
    }

    @Test
    void aTimeCountsIfThereIsOne() {
        assertThat(Lead.builder()
                        .email("ada@example.com")
                        .createdAt(TIME)
                        .build()
                        .id())
                .hasToString("l1-c16749f512dddc17b4563a44597aef46");
    }

    @Test
    void textCountsInUtf8() {
        Lead lead = Lead.builder()
                .firstName("\u017b\u00f3\u0142\u0107")
                .lastName("\ud835\udc9cda")
                .source("|contoso.app")
                .description("a\nb")
                .build();

        assertThat(lead.id()).hasToString("l1-0bcbda797c5e8b1c743424415e73ab8c");
    }

    @Test
    void fieldsDoNotRunTogether() {
        List<LeadId> ids = Stream.of(
                        Lead.builder().firstName("ab"),
                        Lead.builder().lastName("ab"),
                        Lead.builder().firstName("a").lastName("b"),
                        Lead.builder().phone("ab"),
                        Lead.builder().phone("a").firstName("b"),
                        Lead.builder().phone("a").company("b"),
                        Lead.builder().phone("a").offerTitle("b"),
                        Lead.builder().phone("a").description("b"),
                        Lead.builder().phone("a").source("b"),
                        Lead.builder().phone("a").source("-b"),
                        Lead.builder().phone("a").source("|b"))
                .map(lead -> lead.build().id())
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
    }
}
