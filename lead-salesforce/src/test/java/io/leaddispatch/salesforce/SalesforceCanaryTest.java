package io.leaddispatch.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Answer;
import io.leaddispatch.testkit.Leads;
import io.leaddispatch.testkit.salesforce.OrgFault;
import io.leaddispatch.testkit.salesforce.OrgField;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drives both modes through everything that goes wrong and looks for secrets and persons in all that was said. */
class SalesforceCanaryTest {
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final Logger root = Logger.getLogger("io.leaddispatch");
    private final SalesforceSimulator org = SalesforceSimulator.start();
    private final Handler ear = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            said.add(formatter.format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private Level before;

    @BeforeEach
    void listen() {
        before = root.getLevel();
        root.setLevel(Level.ALL);
        root.addHandler(ear);
    }

    @AfterEach
    void stop() {
        root.removeHandler(ear);
        root.setLevel(before);
        org.close();
    }

    private LeadDispatcher dispatcher(Map<String, Object> settings) {
        return LeadDispatcher.builder()
                .to("crm", "salesforce", settings)
                .insecureLoopback(true)
                .patience(Duration.ofSeconds(10))
                .build();
    }

    @Test
    void neitherSecretsNorPersonsAreEverPrinted() throws Exception {
        Lead lead = Leads.ada();
        org.rule(values -> values.path("Title").isMissingNode()
                ? null
                : OrgFault.of("FIELD_CUSTOM_VALIDATION_EXCEPTION", "bad: " + values, "Title"));
        try (LeadDispatcher dispatcher = dispatcher(Given.restConfig(org))) {
            said.add(dispatcher.send(lead).toString());
            org.answerInstead(Answer.json(
                    400,
                    "[{\"errorCode\":\"INVALID_FIELD\",\"message\":\""
                            + lead.contact().email() + "\"}]"));
            said.add(dispatcher.send(Leads.grace()).toString());
            said.add(dispatcher.verify("crm", new Verification.Probe(lead)).toString());
            said.add(dispatcher.stats().toString());
        }
        org.refuseLogins("invalid_grant", "authentication failure for " + SalesforceSimulator.CLIENT_SECRET);
        org.expireSessions();
        try (LeadDispatcher dispatcher = dispatcher(Given.restConfig(org))) {
            said.add(dispatcher.send(lead).toString());
            said.add(dispatcher.verify("crm", new Verification.Probe(null)).toString());
        }
        org.isProcessed("maybe " + lead.contact().email());
        try (LeadDispatcher dispatcher = dispatcher(Given.webConfig(org))) {
            said.add(dispatcher.send(lead).toString());
            org.isProcessed("maybe " + lead.contact().lastName());
            said.add(dispatcher.send(lead).toString());
            org.isProcessed("true Exception: " + lead.contact().lastName());
            said.add(dispatcher.send(Leads.grace()).toString());
        }
        assertThat(said).hasSizeGreaterThan(10);
        List<String> never = new ArrayList<>(Leads.personalValues(lead));
        never.addAll(Leads.personalValues(Leads.grace()));
        never.addAll(List.of(SalesforceSimulator.CLIENT_SECRET, "00D5g0000000001!AQ", "7f3a1c", "b20e94"));
        for (String text : said) {
            assertThat(never).noneMatch(text::contains);
        }
    }

    @Test
    void neitherKeysNorAssertionsNorRefreshTokensAreEverPrinted() throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        KeyPair pair = keys.generateKeyPair();
        String key = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
        org.trust(pair.getPublic(), null).rotateRefreshTokens();
        Map<String, Object> jwt = Given.restConfig(org);
        jwt.putAll(Map.of("auth", "jwt-bearer", "username", SalesforceSimulator.USER));
        jwt.put("privateKey", "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
        Map<String, Object> refresh = Given.restConfig(org);
        refresh.putAll(Map.of("auth", "refresh-token", "refreshToken", SalesforceSimulator.REFRESH_TOKEN));
        for (Map<String, Object> settings : List.of(jwt, refresh)) {
            try (LeadDispatcher dispatcher = dispatcher(settings)) {
                said.add(dispatcher.send(Leads.ada()).toString());
                String form = org.requests().get(org.requests().size() - 3).body();
                org.refuseLogins("invalid_grant", "cannot read " + form).expireSessions();
                said.add(dispatcher.send(Leads.grace()).toString());
                said.add(dispatcher.verify("crm", new Verification.Probe(null)).toString());
                said.add(dispatcher.stats().toString());
                org.refuseLogins(null, "");
            }
        }
        List<String> never = new ArrayList<>(List.of(key.substring(40, 80), SalesforceSimulator.REFRESH_TOKEN));
        org.requests().stream()
                .filter(request -> request.body().contains("assertion="))
                .forEach(request -> never.add(request.body().replaceFirst(".*assertion=", "")));
        assertThat(never).hasSizeGreaterThan(3);
        assertThat(said).hasSizeGreaterThan(7);
        for (String text : said) {
            assertThat(never).noneMatch(text::contains);
        }
    }

    @Test
    void aDayThatFillsUpIsWarnedOfWithItsCode() {
        Map<String, Object> settings = Given.webConfig(org);
        settings.put("dailyLimit", 5);
        try (LeadDispatcher dispatcher = dispatcher(settings)) {
            Leads.numbered(0, 7).forEach(dispatcher::send);
        }
        assertThat(said.stream()
                        .filter(text -> text.contains("[salesforce.web-limit]"))
                        .toList())
                .satisfiesExactly(
                        near -> assertThat(near).contains("crm: 4 of 5 web leads in 24 hours"),
                        reached -> assertThat(reached).contains("crm: 5 of 5 web leads in 24 hours"));
    }

    @Test
    void whatTheOrgTakesLessOfIsWarnedOfOnceBeforeTheFirstDelivery() {
        org.field(OrgField.of("Title", "string", 30))
                .field(OrgField.restricted("Rating", "Hot"))
                .field(OrgField.externalId(SalesforceSimulator.EXTERNAL_ID, 128).notUnique());
        Map<String, Object> settings = Given.restConfig(org);
        settings.put("fields", Map.of("Rating", "Hot"));
        try (LeadDispatcher dispatcher = dispatcher(settings)) {
            Leads.numbered(0, 3).forEach(dispatcher::send);
        }
        assertThat(said.stream()
                        .filter(text -> text.contains("[salesforce.lead-fields]"))
                        .toList())
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains("crm: ")
                        .contains("Rating is a restricted picklist")
                        .contains("Title takes 30 characters, not the usual 128")
                        .contains("Marketplace_Lead_Id__c is not unique")
                        .doesNotContain("Phone"));
        assertThat(org.leads()).hasSize(3);
    }

    @Test
    void aFreshOrgIsWarnedOfItsLeadSourceAlone() {
        try (LeadDispatcher dispatcher = dispatcher(Given.restConfig(org))) {
            dispatcher.send(Leads.ada());
        }
        assertThat(said.stream()
                        .filter(text -> text.contains("[salesforce.lead-fields]"))
                        .toList())
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains("LeadSource takes 40")
                        .doesNotContain("not the usual", "is not unique"));
    }

    @Test
    void nothingPrintsItself() {
        assertThat(new SalesforceError("CODE", "quotes CANARY", List.of("Email"), List.of()).toString())
                .doesNotContain("CANARY");
        assertThat(new LeadRecord.Draft(Map.of("Email", "CANARY"), List.of(), List.of()).toString())
                .doesNotContain("CANARY");
    }
}
