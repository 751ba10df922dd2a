package io.leaddispatch.https;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadSource;
import io.leaddispatch.https.HttpsSettings.Profile;
import io.leaddispatch.json.AbsentAs;
import io.leaddispatch.json.Casing;
import org.junit.jupiter.api.Test;

/** The shapes of samples/https-lead-observed-camel-case.json and https-lead-documented-pascal-case.json. */
class LeadPayloadTest {
    private static final Lead SAMPLE = Lead.builder()
            .firstName("Some")
            .lastName("One")
            .email("someone@contoso.com")
            .phone("16175555555")
            .country("USA")
            .company("Contoso")
            .title("Esquire")
            .source(LeadSource.parse("AzureMarketplace-INS"))
            .offerTitle("Test Microsoft")
            .description("Test run through Power Automate")
            .build();
    private static final Lead SPARSE = Lead.builder().id("l").phone("1").build();

    private static String body(Profile profile, Casing casing, AbsentAs absentAs, Lead lead) {
        return new String(new LeadPayload(profile, casing, absentAs).of(lead), UTF_8);
    }

    @Test
    void camelCaseIsAsObserved() {
        assertThat(body(Profile.MARKETPLACE, Casing.CAMEL, AbsentAs.OMIT, SAMPLE))
                .isEqualTo("{\"userDetails\":{\"firstName\":\"Some\",\"lastName\":\"One\","
                        + "\"email\":\"someone@contoso.com\",\"phone\":\"16175555555\",\"country\":\"USA\","
                        + "\"company\":\"Contoso\",\"title\":\"Esquire\"},\"leadSource\":\"AzureMarketplace\","
                        + "\"actionCode\":\"INS\",\"offerTitle\":\"Test Microsoft\","
                        + "\"description\":\"Test run through Power Automate\"}");
    }

    @Test
    void pascalCaseIsAsDocumented() {
        assertThat(body(Profile.MARKETPLACE, Casing.PASCAL, AbsentAs.OMIT, SAMPLE))
                .isEqualTo("{\"UserDetails\":{\"FirstName\":\"Some\",\"LastName\":\"One\","
                        + "\"Email\":\"someone@contoso.com\",\"Phone\":\"16175555555\",\"Country\":\"USA\","
                        + "\"Company\":\"Contoso\",\"Title\":\"Esquire\"},\"LeadSource\":\"AzureMarketplace\","
                        + "\"ActionCode\":\"INS\",\"OfferTitle\":\"Test Microsoft\","
                        + "\"Description\":\"Test run through Power Automate\"}");
    }

    @Test
    void absentFieldsAreLeftOutOrEmpty() {
        assertThat(body(Profile.MARKETPLACE, Casing.CAMEL, AbsentAs.OMIT, SPARSE))
                .isEqualTo("{\"userDetails\":{\"phone\":\"1\"}}");
        assertThat(body(Profile.MARKETPLACE, Casing.CAMEL, AbsentAs.EMPTY, SPARSE))
                .isEqualTo("{\"userDetails\":{\"firstName\":\"\",\"lastName\":\"\",\"email\":\"\",\"phone\":\"1\","
                        + "\"country\":\"\",\"company\":\"\",\"title\":\"\"},\"leadSource\":\"\",\"actionCode\":\"\","
                        + "\"offerTitle\":\"\",\"description\":\"\"}");
    }

    @Test
    void anEventIsCamelCaseWhateverTheCasing() {
        assertThat(body(Profile.EVENT, Casing.PASCAL, AbsentAs.OMIT, SPARSE))
                .isEqualTo("{\"type\":\"marketplace.lead.created\",\"data\":{\"userDetails\":{\"phone\":\"1\"},"
                        + "\"leadId\":\"l\"}}");
    }
}
