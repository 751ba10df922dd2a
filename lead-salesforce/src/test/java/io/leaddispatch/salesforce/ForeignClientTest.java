package io.leaddispatch.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.force.api.ApiConfig;
import com.force.api.ApiException;
import com.force.api.CreateOrUpdateResult;
import com.force.api.ForceApi;
import io.leaddispatch.testkit.NodeTool;
import io.leaddispatch.testkit.salesforce.OrgField;
import io.leaddispatch.testkit.salesforce.SalesforceSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The simulator is right where clients that nobody here wrote understand it. Web-to-Lead has no such client: there the
 * rules of the header stand alone.
 */
class ForeignClientTest {
    private static final String EXTERNAL_ID = SalesforceSimulator.EXTERNAL_ID;

    private final SalesforceSimulator org = SalesforceSimulator.start();

    @AfterEach
    void stop() {
        org.close();
    }

    private ForceApi forceApi() {
        return new ForceApi(new ApiConfig()
                .setLoginEndpoint(org.uri().toString())
                .setClientId(SalesforceSimulator.CLIENT_ID)
                .setClientSecret(SalesforceSimulator.CLIENT_SECRET)
                .setUsername(SalesforceSimulator.USER)
                .setPassword(SalesforceSimulator.PASSWORD)
                .setApiVersionString("v62.0"));
    }

    private static Map<String, Object> lead(String last, String email) {
        return Map.of("LastName", last, "Company", "Contoso", "Email", email);
    }

    @Test
    void forceRestApiCreatesUpsertsAndReads() {
        ForceApi api = forceApi();
        String id = api.createSObject("Lead", lead("One", "one@example.com"));
        assertThat(id).isEqualTo(org.leads().get(0).id());
        assertThat(api.createOrUpdateSObject("Lead", EXTERNAL_ID, "key-1", lead("Two", "two@example.com")))
                .isEqualTo(CreateOrUpdateResult.CREATED);
        assertThat(api.createOrUpdateSObject("Lead", EXTERNAL_ID, "KEY-1", lead("Two again", "two@example.com")))
                .isEqualTo(CreateOrUpdateResult.UPDATED);
        assertThat(org.leads()).hasSize(2);
        assertThat(api.getSObject("Lead", id).asMap().get("LastName")).isEqualTo("One");
        assertThat(api.describeSObject("Lead").getFields()).hasSizeGreaterThan(20);
        assertThatThrownBy(() -> api.createSObject("Lead", lead("Bad", "badone")))
                .isInstanceOf(ApiException.class);
    }

    @Test
    void forceRestApiPostsCollectionsByHand() {
        var attributes = Map.of("type", "Lead");
        var records = List.of(
                Map.of("attributes", attributes, "LastName", "One", "Company", "Contoso"),
                Map.of("attributes", attributes, "LastName", "Two"));
        List<?> answer = forceApi()
                .post("/composite/sobjects", Map.of("allOrNone", false, "records", records))
                .asList();
        assertThat(answer).hasSize(2);
        assertThat(((Map<?, ?>) answer.get(0)).get("success")).isEqualTo(true);
        assertThat(answer.get(1).toString()).contains("REQUIRED_FIELD_MISSING", "[Company]");
        org.expireSessions();
        assertThat(forceApi().createSObject("Lead", lead("Three", "three@example.com")))
                .isNotEmpty();
    }

    @Test
    void forceRestApiRenewsASessionThatExpired() {
        ForceApi api = forceApi();
        api.createSObject("Lead", lead("One", "one@example.com"));
        org.expireSessions();
        assertThat(api.createSObject("Lead", lead("Two", "two@example.com"))).isNotEmpty();
        assertThat(org.logins()).isEqualTo(2);
    }

    private List<Map<?, ?>> posted(int records, Map<String, Object> fields) {
        Map<String, Object> record = new HashMap<>(fields);
        record.put("attributes", Map.of("type", "Lead"));
        record.putIfAbsent("LastName", "One");
        record.putIfAbsent("Company", "Contoso");
        List<?> answer = forceApi()
                .post(
                        "/composite/sobjects",
                        Map.of("allOrNone", false, "records", Collections.nCopies(records, record)))
                .asList();
        return answer.stream().<Map<?, ?>>map(item -> (Map<?, ?>) item).toList();
    }

    @Test
    void forceRestApiIsRefusedMoreThanTwoHundredRecords() {
        assertThat(posted(200, Map.of())).hasSize(200);
        assertThatThrownBy(() -> posted(201, Map.of()))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("cannot submit more than 200 records");
        assertThat(org.leads()).hasSize(200);
    }

    @Test
    void forceRestApiIsToldOfLengthsAndPicklistsByRecord() {
        org.field(OrgField.restricted("Rating", "Hot"));
        assertThat(posted(1, Map.of("Title", "x".repeat(129))).toString())
                .contains("STRING_TOO_LONG", "(max length=128)");
        assertThat(posted(1, Map.of("Rating", "Lukewarm")).toString())
                .contains("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
        assertThat(org.leads()).isEmpty();
    }

    @Test
    void forceRestApiSeesSeveralRecordsOfOneKey() {
        org.field(OrgField.externalId(EXTERNAL_ID, 128).notUnique());
        posted(2, Map.of(EXTERNAL_ID, "twice"));
        assertThatThrownBy(() ->
                        forceApi().createOrUpdateSObject("Lead", EXTERNAL_ID, "twice", lead("Two", "two@example.com")))
                .isInstanceOf(RuntimeException.class);
        assertThat(org.leads()).hasSize(2).allMatch(lead -> "One".equals(lead.get("LastName")));
    }

    @Test
    void jsforceCreatesUpsertsAndReads() throws Exception {
        NodeTool node =
                NodeTool.install(Path.of("src", "test", "node", "jsforce"), Path.of("target", "node", "jsforce"));
        Files.copy(
                Path.of("src", "test", "node", "jsforce", "leads.js"),
                node.folder().resolve("leads.js"), // beside node_modules, where its require looks
                StandardCopyOption.REPLACE_EXISTING);
        Process process = node.node(List.of(
                "leads.js",
                org.uri().toString(),
                SalesforceSimulator.CLIENT_ID,
                SalesforceSimulator.CLIENT_SECRET,
                "2000"));
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        JsonNode result = new JsonMapper().readTree(said.substring(said.indexOf('{')));
        assertThat(result.get("created").asInt()).isEqualTo(2000);
        assertThat(result.at("/refused")).hasSize(1);
        assertThat(result.at("/refused/0/errors/0/statusCode").asText()).isEqualTo("INVALID_EMAIL_ADDRESS");
        assertThat(result.at("/one/success").asBoolean()).isTrue();
        assertThat(result.at("/upserted/0/success").asBoolean()).isTrue();
        assertThat(result.at("/upserted/0/created").asBoolean()).isFalse();
        assertThat(result.at("/upserted/1/created").asBoolean()).isTrue();
        assertThat(result.at("/single/created").asBoolean()).isTrue();
        assertThat(result.at("/read/LastName").asText()).isEqualTo("Last one-again");
        assertThat(result.at("/all/0/errors/0/statusCode").asText()).isEqualTo("ALL_OR_NONE_OPERATION_ROLLED_BACK");
        assertThat(result.at("/all/1/errors/0/statusCode").asText()).isEqualTo("INVALID_EMAIL_ADDRESS");
        assertThat(result.at("/twice/0/errors/0/statusCode").asText()).isEqualTo("DUPLICATE_VALUE");
        assertThat(result.at("/twice/1/success").asBoolean()).isFalse();
        assertThat(result.at("/usage/apiUsage/limit").asInt()).isEqualTo(15_000_000);
        assertThat(org.requests().stream().filter(request -> request.target().endsWith("/composite/sobjects")))
                .hasSize(11); // 2,000 in calls of 200, and the one with allOrNone
        assertThat(org.leads()).hasSize(1999 + 1 + 1 + 1);
    }
}
