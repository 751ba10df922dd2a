package io.leaddispatch.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadWritingTest {
    private static final Lead SOME_ONE = LeadJson.read(Samples.bytes("https-lead-documented-pascal-case.json"));
    private static final Lead ALMOST_NOBODY = Lead.builder().phone("1").build();

    @Test
    void pascalCaseIsWrittenAsDocumented() {
        assertThat(marketplace(SOME_ONE, Casing.PASCAL, AbsentAs.OMIT))
                .isEqualTo(
                        "{\"UserDetails\":{\"FirstName\":\"Some\",\"LastName\":\"One\",\"Email\":\"someone@contoso.com\","
                                + "\"Phone\":\"16175555555\",\"Country\":\"USA\",\"Company\":\"Contoso\",\"Title\":\"Esquire\"},"
                                + "\"LeadSource\":\"AzureMarketplace\",\"ActionCode\":\"INS\",\"OfferTitle\":\"Test Microsoft\","
                                + "\"Description\":\"Test run through Power Automate\"}");
    }

    @Test
    void camelCaseIsWrittenAsItIsReallySent() {
        Lead lead = LeadJson.read(Samples.bytes("https-lead-observed-camel-case.json"));

        assertThat(marketplace(lead, Casing.CAMEL, AbsentAs.EMPTY))
                .isEqualTo(
                        "{\"userDetails\":{\"firstName\":\"Some\",\"lastName\":\"One\",\"email\":\"someone@contoso.com\","
                                + "\"phone\":\"16175555555\",\"country\":\"USA\",\"company\":\"Contoso\","
                                + "\"title\":\"Chief MS Documentation Tester\"},\"leadSource\":\"AzureMarketplace\","
                                + "\"actionCode\":\"INS\",\"offerTitle\":\"Test Microsoft\","
                                + "\"description\":\"Test run through Power Automate\"}");
    }

    @Test
    void absentFieldsAreLeftOutOrEmpty() {
        assertThat(marketplace(ALMOST_NOBODY, Casing.CAMEL, AbsentAs.OMIT))
                .isEqualTo("{\"userDetails\":{\"phone\":\"1\"}}");
        assertThat(marketplace(ALMOST_NOBODY, Casing.PASCAL, AbsentAs.EMPTY))
                .isEqualTo("{\"UserDetails\":{\"FirstName\":\"\",\"LastName\":\"\",\"Email\":\"\",\"Phone\":\"1\","
                        + "\"Country\":\"\",\"Company\":\"\",\"Title\":\"\"},\"LeadSource\":\"\",\"ActionCode\":\"\","
                        + "\"OfferTitle\":\"\",\"Description\":\"\"}");
    }

    @Test
    void theMarketplaceFormHasTheBareSourceAndNoOffer() {
        Lead lead = Lead.builder()
                .phone("1")
                .source("AppSource (SPZA)-PLT|contoso.app")
                .build();

        assertThat(marketplace(lead, Casing.CAMEL, AbsentAs.OMIT))
                .isEqualTo("{\"userDetails\":{\"phone\":\"1\"},\"leadSource\":\"SPZA\",\"actionCode\":\"PLT\"}");
    }

    @Test
    void theCustomerInfoIsPascalCaseWithoutAbsentFields() {
        assertThat(LeadJson.writeCustomerInfo(SOME_ONE.contact()))
                .isEqualTo(
                        "{\"FirstName\":\"Some\",\"LastName\":\"One\",\"Email\":\"someone@contoso.com\","
                                + "\"Phone\":\"16175555555\",\"Country\":\"USA\",\"Company\":\"Contoso\",\"Title\":\"Esquire\"}");
        assertThat(LeadJson.writeCustomerInfo(ALMOST_NOBODY.contact())).isEqualTo("{\"Phone\":\"1\"}");
        assertThat(LeadJson.readCustomerInfo(LeadJson.writeCustomerInfo(SOME_ONE.contact())))
                .isEqualTo(SOME_ONE.contact());
    }

    @Test
    void theCompleteFormHoldsAll() {
        Lead lead = SOME_ONE.toBuilder()
                .id("42")
                .createdAt(Instant.parse("2018-03-22T15:48:03.131884400Z"))
                .source("azuremarketplace-INS|contoso.app")
                .attribute("b", "2")
                .attribute("a", "\"\u00e4\n")
                .build();

        assertThat(new String(LeadJson.write(lead), UTF_8))
                .isEqualTo("{\"version\":1,\"id\":\"42\",\"createdAt\":\"2018-03-22T15:48:03.131884400Z\","
                        + "\"source\":\"AzureMarketplace\",\"action\":\"INS\",\"offer\":\"contoso.app\","
                        + "\"leadSource\":\"azuremarketplace-INS|contoso.app\",\"offerTitle\":\"Test Microsoft\","
                        + "\"contact\":{\"firstName\":\"Some\",\"lastName\":\"One\",\"email\":\"someone@contoso.com\","
                        + "\"phone\":\"16175555555\",\"country\":\"USA\",\"company\":\"Contoso\",\"title\":\"Esquire\"},"
                        + "\"description\":\"Test run through Power Automate\","
                        + "\"attributes\":{\"a\":\"\\\"\u00e4\\n\",\"b\":\"2\"}}");
        assertThat(LeadJson.read(LeadJson.write(lead))).isEqualTo(lead);
    }

    @Test
    void theSmallestCompleteForm() {
        assertThat(new String(LeadJson.write(ALMOST_NOBODY), UTF_8))
                .isEqualTo("{\"version\":1,\"id\":\"" + ALMOST_NOBODY.id() + "\",\"contact\":{\"phone\":\"1\"}}");
    }

    @ParameterizedTest
    @CsvSource({"1, 8000", "2, 8000", "20251124, 8000"})
    void whatIsWrittenIsReadBack(long seed, int leads) {
        RandomLeads random = new RandomLeads(seed);
        for (int i = 0; i < leads; i++) {
            Lead lead = random.next();
            byte[] written = LeadJson.write(lead);

            assertThat(LeadJson.read(written)).isEqualTo(lead);
            assertThat(LeadJson.write(LeadJson.read(written))).isEqualTo(written);
            assertThat(written).doesNotContain('\n', '\r');
        }
    }

    @Test
    void theMarketplaceFormIsReadBackButForWhatItHasNoPlaceFor() {
        RandomLeads random = new RandomLeads(3);
        for (int i = 0; i < 5_000; i++) {
            Lead lead = random.next();
            for (Casing casing : Casing.values()) {
                for (AbsentAs absentAs : AbsentAs.values()) {
                    Lead read = LeadJson.read(LeadJson.writeMarketplace(lead, casing, absentAs));

                    assertThat(read.contact()).isEqualTo(lead.contact());
                    assertThat(read.offerTitle()).isEqualTo(lead.offerTitle());
                    assertThat(read.description()).isEqualTo(lead.description());
                    assertThat(read.doNotContact()).isEqualTo(lead.doNotContact());
                }
            }
            assertThat(LeadJson.readCustomerInfo(LeadJson.writeCustomerInfo(lead.contact())))
                    .isEqualTo(lead.contact());
        }
    }

    @Test
    void theLargestLeadOfAllIsReadBack() {
        Lead.Builder largest = Lead.builder()
                .id("~".repeat(128))
                .firstName("\u4e2d".repeat(1_000))
                .lastName("\u4e2d".repeat(1_000))
                .email("\u4e2d".repeat(318) + "@\u4e2d")
                .phone("\u4e2d".repeat(1_000))
                .country("\u4e2d".repeat(1_000))
                .company("\u4e2d".repeat(1_000))
                .title("\u4e2d".repeat(1_000))
                .source("\u4e2d".repeat(1_000))
                .offerTitle("\u4e2d".repeat(1_000))
                .description("\u4e2d".repeat(32_000))
                .createdAt(Instant.MIN);
        for (int i = 0; i < 100; i++) {
            String name = "\u4e2d".repeat(252) + (100 + i);
            largest.attribute(name, "\u4e2d".repeat(32_000));
        }
        Lead lead = largest.build();

        byte[] written = LeadJson.write(lead);

        assertThat(written.length).isBetween(9_000_000, LeadJson.MAX_BYTES);
        assertThat(LeadJson.read(written).equals(lead)).isTrue();
    }

    @Test
    void equalLeadsHaveEqualBytes() {
        Lead one = ALMOST_NOBODY.toBuilder()
                .attribute("a", "1")
                .attribute("b", "2")
                .build();
        Lead other = ALMOST_NOBODY.toBuilder()
                .attribute("b", "2")
                .attribute("a", "1")
                .build();

        assertThat(Arrays.equals(LeadJson.write(one), LeadJson.write(other))).isTrue();
    }

    private static String marketplace(Lead lead, Casing casing, AbsentAs absentAs) {
        return new String(LeadJson.writeMarketplace(lead, casing, absentAs), UTF_8);
    }
}
