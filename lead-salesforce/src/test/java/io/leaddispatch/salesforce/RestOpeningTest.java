package io.leaddispatch.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.testkit.Leads;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of mode rest's settings is refused before anything is sent. */
class RestOpeningTest {
    private final Map<String, Object> settings = new HashMap<>(Map.of(
            "mode", "rest",
            "loginUrl", "https://contoso.my.salesforce.com",
            "auth", "client-credentials",
            "clientId", "client",
            "clientSecret", "secret"));

    private LeadDispatcher open() {
        return LeadDispatcher.builder().to("crm", "salesforce", settings).build();
    }

    @Test
    void anInstanceOutsideTheTrustedDomainsIsRefused() {
        settings.put("instanceUrl", "https://proxy.contoso.example");
        assertThatThrownBy(this::open).hasMessageContaining("settings.instanceUrl: is outside salesforce.com");
        settings.put("trustedDomains", java.util.List.of("contoso.example"));
        try (LeadDispatcher dispatcher = open()) {
            assertThat(dispatcher.preview(Leads.ada())).containsKey("crm");
        }
    }

    @Test
    void aHeaderThatTheVersionDoesNotKnowIsRefused() {
        settings.put("duplicateAllowSave", true);
        settings.put("apiVersion", "51.0");
        assertThatThrownBy(this::open).hasMessageContaining("settings.duplicateAllowSave: needs apiVersion 52.0");
        settings.put("apiVersion", "52.0");
        try (LeadDispatcher dispatcher = open()) {
            assertThat(dispatcher.preview(Leads.ada()).get("crm")).contains("Sforce-Duplicate-Rule-Header");
        }
    }

    @Test
    void aFieldThatWouldGoOutTwiceIsRefused() {
        settings.put("fields", Map.of("leadsource", "{offer}"));
        assertThatThrownBy(this::open)
                .hasMessageContaining("settings.fields.leadsource: is LeadSource in another case");
        settings.put("fields", Map.of("marketplace_lead_id__c", "{leadId}"));
        assertThatThrownBy(this::open)
                .hasMessageContaining("settings.fields.marketplace_lead_id__c: is the field of externalIdField");
        settings.put("operation", "create");
        try (LeadDispatcher dispatcher = open()) {
            assertThat(dispatcher.preview(Leads.ada()).get("crm")).contains("\"marketplace_lead_id__c\":\"lead-ada\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"clientSecret", "username", "refreshToken", "privateKey", "keystore", "instanceUrl"})
    void aSettingOfRestAloneDemandsAMode(String key) {
        Map<String, Object> web =
                Map.of("objectIdentifier", "00Do0000000ZHog", key, "https://contoso.my.salesforce.com");
        assertThatThrownBy(() ->
                        LeadDispatcher.builder().to("crm", "salesforce", web).build())
                .hasMessageContaining("settings.mode: is missing");
    }
}
