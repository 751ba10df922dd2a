package io.leaddispatch.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.salesforce.SalesforceSettings.CountryRule;
import io.leaddispatch.salesforce.SalesforceSettings.LeadSourceRule;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.OnTooLong;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a real org (API 42.0) answered to another client in 2020 and 2021, restated: request shapes, statuses, codes. The
 * recording is part of the npm package @grouparoo/salesforce 0.5.1.
 */
class RecordedAnswersTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String OK = "Delivered";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "lead-create, 200, created",
        "lead-update-by-id, 200, created",
        "lead-update-two, 200, created created",
        "lead-update-null-field, 200, created",
        "create-typed-values, 200, created",
        "lead-converted, 200, CANNOT_UPDATE_CONVERTED_LEAD",
        "lead-get-not-found, 404, NOT_FOUND",
        "single-create-campaign, 201, created",
        "lead-to-campaign, 200, created",
        "mixed-duplicate-value, 200, DUPLICATE_VALUE created created",
        "duplicate-value-single, 200, DUPLICATE_VALUE",
        "mixed-invalid-email, 200, created INVALID_EMAIL_ADDRESS",
        "wrong-type-boolean, 200, JSON_PARSER_ERROR",
        "restricted-picklist, 200, INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        "required-missing, 200, REQUIRED_FIELD_MISSING",
        "create-with-external-id, 200, created",
    })
    void everyRecordedAnswerIsUnderstood(String name, int status, String records) {
        List<String> expected = List.of(records.split(" "));
        var drafts = Collections.nCopies(expected.size(), RestAnswersTest.draft(Map.of()));
        var results = RestAnswersTest.answers(false)
                .read(body(name, status, expected), drafts, 0)
                .results();
        assertThat(results.stream().map(Answers::kind).toList())
                .isEqualTo(expected.stream().map(RecordedAnswersTest::kind).toList());
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).equals("created")) {
                assertThat(Results.problem(results.get(i)).vendorCode()).isEqualTo(expected.get(i));
            }
        }
    }

    private static String kind(String record) {
        return record.equals("created") ? OK : record.equals("NOT_FOUND") ? "Pause" : "Rejected";
    }

    /** In the recorded form: by record an array, at the top an array with errorCode, one record alone an object. */
    private static HttpAnswer body(String name, int status, List<String> records) {
        if (status == 404) {
            return Answers.of(
                    status,
                    "[{\"errorCode\":\"NOT_FOUND\",\"message\":\"The requested resource does not exist\"}]",
                    "Sforce-Limit-Info",
                    "api-usage=160/15000");
        }
        StringBuilder items = new StringBuilder();
        for (String record : records) {
            items.append(items.isEmpty() ? "" : ",")
                    .append(
                            record.equals("created")
                                    ? "{\"id\":\"00Q4S000002IrfaUAC\",\"success\":true,\"errors\":[]}"
                                    : "{\"success\":false,\"errors\":[{\"statusCode\":\"" + record + "\",\"message\":\""
                                            + text(record) + "\",\"fields\":[" + field(record) + "]}]}");
        }
        // the single create was answered with an object; our client never makes that call, only reads its form
        return Answers.of(status, "[" + items + "]", "Sforce-Limit-Info", "api-usage=143/15000");
    }

    private static String text(String code) {
        return switch (code) {
            case "CANNOT_UPDATE_CONVERTED_LEAD" -> "cannot reference converted lead";
            case "DUPLICATE_VALUE" -> "Already a campaign member.";
            case "INVALID_EMAIL_ADDRESS" -> "email field: invalid email address: badone";
            case "JSON_PARSER_ERROR" ->
                "Cannot deserialize instance of boolean from VALUE_STRING value other or request"
                        + " may be missing a required field at [Source: N/A; line: -1, column: -1][line:-1, column:-1]";
            case "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST" ->
                "picklist field: bad value for restricted picklist field: Other";
            case "REQUIRED_FIELD_MISSING" -> "Required fields are missing: [Name]";
            default -> throw new IllegalArgumentException(code);
        };
    }

    private static String field(String code) {
        return switch (code) {
            case "INVALID_EMAIL_ADDRESS" -> "\"email_field__c\"";
            case "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST" -> "\"picklist_field__c\"";
            case "REQUIRED_FIELD_MISSING" -> "\"Name\"";
            default -> "";
        };
    }

    @Test
    void theUsageOfTheQuotaIsRead() {
        assertThat(ApiUsage.parse("api-usage=143/15000")).isEqualTo(new ApiUsage(143, 15000));
        assertThat(ApiUsage.parse("api-usage=1632/15000; api-bursts=1/750")).isEqualTo(new ApiUsage(1632, 15000));
        assertThat(ApiUsage.parse("per-app-api-usage=17/250(appName=x); api-usage=2/9"))
                .isEqualTo(new ApiUsage(2, 9));
        assertThat(ApiUsage.parse("per-app-api-usage=17/250(appName=x)")).isNull();
        assertThat(ApiUsage.parse(null)).isNull();
    }

    /** lead-create: the body that a real org took. */
    @Test
    void ourCreateIsTheRecordedOne() throws Exception {
        Lead lead = Lead.builder()
                .id("one")
                .email("leadbrian@example.com")
                .lastName("Smith")
                .company("SmithCorp")
                .build();
        assertThat(JSON.readTree(RestCalls.body(
                        List.of(record(Map.of(), LeadFields.STANDARD).of(lead)))))
                .isEqualTo(JSON.readTree("{\"allOrNone\":false,\"records\":[{\"Email\":\"leadbrian@example.com\","
                        + "\"LastName\":\"Smith\",\"Company\":\"SmithCorp\",\"attributes\":{\"type\":\"Lead\"}}]}"));
    }

    /** create-typed-values: the spelling that a real org took, of every type. */
    @Test
    void typedValuesAreSpelledAsRecorded() throws Exception {
        LeadFields fields = LeadFields.parse(
                JSON.readTree("{\"fields\":["
                        + type("checkbox_field__c", "boolean") + "," + type("datetime_field__c", "datetime") + ","
                        + type("number_field__c", "double") + "," + type("percent_field__c", "percent") + ","
                        + type("email_field__c", "email") + "," + type("phone_field__c", "phone") + ","
                        + type("picklist_field__c", "picklist") + "," + type("text_field__c", "string") + ","
                        + type("textarea_field__c", "textarea") + "," + type("url_field__c", "url") + ","
                        + type("currency_field__c", "currency") + "]}"),
                true);
        Map<String, Object> mapping = nothingElse();
        mapping.put("checkbox_field__c", "{attr.checked}");
        mapping.put("datetime_field__c", "{createdAt}");
        mapping.put("number_field__c", "{attr.number}");
        mapping.put("percent_field__c", 99);
        mapping.put("email_field__c", "{email}");
        mapping.put("phone_field__c", "{phone}");
        mapping.put("picklist_field__c", "Red");
        mapping.put("text_field__c", "short text");
        mapping.put("textarea_field__c", "longer text here");
        mapping.put("url_field__c", "https://www.example.com");
        mapping.put("currency_field__c", "{attr.price}");
        Lead lead = Lead.builder()
                .id("one")
                .email("field@example.com")
                .phone("(412) 555-0100")
                .createdAt(java.time.Instant.parse("2020-08-30T05:49:48Z"))
                .attribute("checked", "true")
                .attribute("number", "42")
                .attribute("price", "34.66")
                .build();
        assertThat(JSON.readTree(RestCalls.body(List.of(record(mapping, fields).of(lead))))
                        .at("/records/0"))
                .isEqualTo(
                        JSON.readTree(
                                "{\"attributes\":{\"type\":\"Lead\"},\"checkbox_field__c\":true,"
                                        + "\"datetime_field__c\":\"2020-08-30T05:49:48.000Z\",\"number_field__c\":42,\"percent_field__c\":99,"
                                        + "\"email_field__c\":\"field@example.com\",\"phone_field__c\":\"(412) 555-0100\","
                                        + "\"picklist_field__c\":\"Red\",\"text_field__c\":\"short text\","
                                        + "\"textarea_field__c\":\"longer text here\",\"url_field__c\":\"https://www.example.com\","
                                        + "\"currency_field__c\":34.66,\"LastName\":\"[not provided]\",\"Company\":\"[not provided]\"}"));
    }

    /** create-with-external-id: the key stands among the fields, as text; the Company is what Lead demands. */
    @Test
    void theKeyIsAFieldLikeOthers() throws Exception {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "mode", "rest",
                "loginUrl", "https://contoso.my.salesforce.com",
                "auth", "client-credentials",
                "clientId", "client",
                "clientSecret", "secret",
                "externalIdField", "Custom_External_ID__c"));
        Map<String, Object> fields = nothingElse();
        fields.put("LastName", "{lastName}");
        settings.put("fields", fields);
        try (LeadDispatcher dispatcher =
                LeadDispatcher.builder().to("crm", "salesforce", settings).build()) {
            String preview = dispatcher
                    .preview(Lead.builder().id("1id").lastName("Smith").build())
                    .get("crm");
            assertThat(JSON.readTree(preview.substring(preview.indexOf('{'))).at("/records/0"))
                    .isEqualTo(JSON.readTree("{\"Custom_External_ID__c\":\"1id\",\"LastName\":\"Smith\","
                            + "\"Company\":\"[not provided]\",\"attributes\":{\"type\":\"Lead\"}}"));
        }
    }

    private static String type(String name, String type) {
        return "{\"name\":\"" + name + "\",\"type\":\"" + type
                + "\",\"length\":0,\"createable\":true,\"updateable\":true}";
    }

    private static Map<String, Object> nothingElse() {
        Map<String, Object> without = new HashMap<>();
        FieldNames.rest(List.of()).standard().keySet().forEach(name -> without.put(name, null));
        return new LinkedHashMap<>(without);
    }

    static LeadRecord record(Map<String, Object> mapping, LeadFields fields) {
        return record(mapping, fields, List.of("DoNotCall", "HasOptedOutOfEmail"));
    }

    static LeadRecord record(Map<String, Object> mapping, LeadFields fields, List<String> doNotContact) {
        FieldNames names = FieldNames.rest(doNotContact);
        return new LeadRecord(
                FieldMapping.of(names.standard(), mapping),
                names,
                new MappingRules(LeadSourceRule.AS_IS, null, Map.of(), CountryRule.AS_IS, false),
                fields,
                Map.of(),
                Map.of("LastName", "[not provided]", "Company", "[not provided]"),
                OnTooLong.CUT);
    }
}
