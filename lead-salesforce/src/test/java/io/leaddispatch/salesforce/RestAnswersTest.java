package io.leaddispatch.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.salesforce.RestSettings.OnDuplicateRule;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestAnswersTest {
    private static final String KEY = "Marketplace_Lead_Id__c";
    private static final MovableClock CLOCK = MovableClock.at("2026-05-01T12:00:00Z");
    private static final CallFaults FAULTS = new CallFaults(CLOCK, Duration.ofMinutes(15));

    static RestAnswers answers(boolean upsert) {
        return new RestAnswers(upsert ? KEY : null, OnDuplicateRule.REJECT, field -> !field.equals("Email"), FAULTS);
    }

    static LeadRecord.Draft draft(Map<String, Object> fields) {
        return new LeadRecord.Draft(fields, List.of("Title: 300 -> 128 characters"), List.of());
    }

    static DeliveryResult refused(HttpAnswer answer, int leads, boolean upsert) {
        var reading = answers(upsert).read(answer, Collections.nCopies(leads, draft(Map.of())), 0);
        assertThat(reading.results()).hasSize(leads);
        return reading.results().get(0);
    }

    private static DeliveryResult one(String item, boolean upsert) {
        return refused(Answers.of(200, "[" + item + "]"), 1, upsert);
    }

    private static String error(String code, String message, String fields) {
        return "{\"success\":false,\"errors\":[{\"statusCode\":\"" + code + "\",\"message\":\"" + message
                + "\",\"fields\":[" + fields + "]}]}";
    }

    @Test
    void anUpsertSaysWhetherTheRecordIsNew() {
        assertThat(one("{\"id\":\"00Q1\",\"success\":true,\"errors\":[],\"created\":true}", true))
                .isEqualTo(new Delivered(Confirmation.CREATED, "00Q1", List.of("Title: 300 -> 128 characters")));
        assertThat(one("{\"id\":\"00Q1\",\"success\":true,\"errors\":[],\"created\":false}", true))
                .isEqualTo(new Delivered(Confirmation.UPDATED, "00Q1", List.of("Title: 300 -> 128 characters")));
        assertThat(one("{\"id\":\"00Q1\",\"success\":true,\"errors\":[]}", false))
                .isEqualTo(new Delivered(Confirmation.CREATED, "00Q1", List.of("Title: 300 -> 128 characters")));
    }

    @ParameterizedTest(name = "{0} {1} of {2}, upsert {3}: {4} {5}")
    @CsvSource({
        // status, code, leads, upsert, kind, problem
        "300, , 200, true, Pause, salesforce.refused-call",
        "302, , 200, true, Pause, salesforce.refused-call",
        "400, WHO_KNOWS, 200, true, NotExecuted, salesforce.refused-call",
        "400, WHO_KNOWS, 1, true, Pause, salesforce.refused-call",
        "400, INVALID_FIELD, 200, true, Pause, salesforce.mapping",
        "400, JSON_PARSER_ERROR, 200, true, NotExecuted, salesforce.refused-lead",
        "400, JSON_PARSER_ERROR, 1, true, Rejected, salesforce.refused-lead",
        "400, UNABLE_TO_LOCK_ROW, 200, false, Retry, salesforce.busy",
        "400, EXCEEDED_ID_LIMIT, 200, true, Pause, salesforce.refused-call",
        "401, INVALID_SESSION_ID, 200, true, Pause, salesforce.session-refused",
        "401, , 1, true, Pause, salesforce.session-refused",
        "401, INVALID_AUTH_HEADER, 1, true, Pause, salesforce.refused-call",
        "403, , 1, true, Pause, salesforce.not-permitted",
        "403, API_DISABLED_FOR_ORG, 1, true, Pause, salesforce.not-permitted",
        "403, REQUEST_LIMIT_EXCEEDED, 200, true, Pause, salesforce.quota",
        "403, STORAGE_LIMIT_EXCEEDED, 200, true, Pause, salesforce.storage",
        "404, NOT_FOUND, 200, true, Pause, salesforce.external-id",
        "404, NOT_FOUND, 200, false, Pause, salesforce.refused-call",
        "404, , 200, false, Pause, salesforce.refused-call",
        "400, UNABLE_TO_LOCK_ROW, 200, true, Retry, salesforce.busy",
        "400, REQUEST_RUNNING_TOO_LONG, 200, true, Retry, salesforce.busy",
        "400, REQUEST_RUNNING_TOO_LONG, 200, false, Unknown, salesforce.server-error",
        "400, REQUEST_TIMEOUT_OR_CONFLICT, 200, false, Unknown, salesforce.server-error",
        "400, QUERY_TIMEOUT, 200, false, Unknown, salesforce.server-error",
        "400, UNKNOWN_EXCEPTION, 200, true, Retry, salesforce.busy",
        "400, UNKNOWN_EXCEPTION, 200, false, Unknown, salesforce.server-error",
        "503, UNKNOWN_EXCEPTION, 200, false, Retry, salesforce.busy",
        "403, REQUEST_LIMIT_EXCEEDED, 200, false, Pause, salesforce.quota",
        "408, , 200, true, Retry, salesforce.busy",
        "408, , 200, false, Unknown, salesforce.server-error",
        "425, , 200, true, Retry, salesforce.busy",
        "425, , 200, false, Unknown, salesforce.server-error",
        "405, , 200, true, Pause, salesforce.refused-call",
        "409, , 200, true, Pause, salesforce.refused-call",
        "410, , 200, true, Pause, salesforce.api-version",
        "410, UNSUPPORTED_API_VERSION, 200, true, Pause, salesforce.api-version",
        "412, , 200, true, Pause, salesforce.refused-call",
        "413, , 200, true, NotExecuted, salesforce.refused-call",
        "414, , 1, true, Pause, salesforce.refused-call",
        "415, , 1, true, Pause, salesforce.refused-call",
        "428, , 200, true, Pause, salesforce.refused-call",
        "429, , 200, true, Pause, salesforce.throttled",
        "431, , 200, true, Pause, salesforce.refused-call",
        "500, , 200, true, Retry, salesforce.server-error",
        "500, , 200, false, Unknown, salesforce.server-error",
        "500, UNKNOWN_EXCEPTION, 200, true, Retry, salesforce.server-error",
        "500, UNKNOWN_EXCEPTION, 200, false, Unknown, salesforce.server-error",
        "500, WHO_KNOWS, 200, true, Retry, salesforce.server-error",
        "502, , 200, true, Retry, salesforce.server-error",
        "502, , 200, false, Unknown, salesforce.server-error",
        "503, , 200, true, Retry, salesforce.busy",
        "503, SERVER_UNAVAILABLE, 200, false, Retry, salesforce.busy",
        "504, , 200, false, Unknown, salesforce.server-error",
    })
    void aRefusedCall(int status, String code, int leads, boolean upsert, String kind, String problem) {
        String body = code == null ? "<html>proxy</html>" : "[{\"message\":\"m\",\"errorCode\":\"" + code + "\"}]";
        DeliveryResult result = refused(Answers.of(status, body), leads, upsert);
        assertThat(Answers.kind(result)).isEqualTo(kind);
        assertThat(Answers.code(result)).isEqualTo(problem);
    }

    @Test
    void aMisroutedCallIsTriedTwiceAndThenHeld() {
        HttpAnswer answer = Answers.of(420, "<html>edge</html>");
        List<String> kinds = List.of(0, 1, 2).stream()
                .map(before -> answers(true).read(answer, List.of(draft(Map.of())), before))
                .map(reading -> Answers.kind(reading.results().get(0)))
                .toList();
        assertThat(kinds).containsExactly("Retry", "Retry", "Pause");
    }

    @ParameterizedTest
    @CsvSource({
        "403, REQUEST_LIMIT_EXCEEDED, TotalRequests Limit exceeded., PT15M",
        "403, REQUEST_LIMIT_EXCEEDED, ConcurrentRequests (Concurrent API Requests) Limit exceeded., PT5S"
    })
    void aQuotaOfADayIsNoCrowd(int status, String code, String message, Duration pause) {
        String body = "[{\"message\":\"" + message + "\",\"errorCode\":\"" + code + "\"}]";
        Pause result = (Pause) refused(Answers.of(status, body), 200, true);
        assertThat(result.until()).isEqualTo(CLOCK.instant().plus(pause));
    }

    @Test
    void aNamedTimeIsHonoured() {
        for (int status : new int[] {429, 503}) {
            Pause pause = (Pause) refused(Answers.of(status, "", "Retry-After", "7"), 1, true);
            assertThat(pause.until()).isEqualTo(CLOCK.instant().plusSeconds(7));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, UNABLE_TO_LOCK_ROW, m",
        "403, REQUEST_LIMIT_EXCEEDED, TotalRequests Limit exceeded.",
        "403, REQUEST_LIMIT_EXCEEDED, ConcurrentRequests (Concurrent API Requests) Limit exceeded."
    })
    void aNamedTimeIsHonouredBesideACodeToo(int status, String code, String message) {
        String body = "[{\"message\":\"" + message + "\",\"errorCode\":\"" + code + "\"}]";
        DeliveryResult result = refused(Answers.of(status, body, "Retry-After", "7"), 200, true);
        Instant until = result instanceof Pause pause ? pause.until() : ((DeliveryResult.Retry) result).notBefore();
        assertThat(until).isEqualTo(CLOCK.instant().plusSeconds(7));
    }

    @Test
    void aRecordThatFailedInAnExecutedCallIsRepeatedByCreateToo() {
        assertThat(one(error("UNKNOWN_EXCEPTION", "m", ""), false)).isInstanceOf(DeliveryResult.Retry.class);
    }

    /** What the user may not do with one record, or whom a rule gives it to, says nothing of the others. */
    @ParameterizedTest(name = "{0}: {1} {2}, alone {3}")
    @CsvSource({
        "INSUFFICIENT_ACCESS, Rejected, salesforce.not-permitted, Pause",
        "INSUFFICIENT_ACCESS_OR_READONLY, Rejected, salesforce.not-permitted, Pause",
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY, Rejected, salesforce.not-permitted, Pause",
        "INACTIVE_OWNER_OR_USER, Rejected, salesforce.assignment, Pause",
        // a field that some leads have and others have not is the configuration's
        "INVALID_FIELD_FOR_INSERT_UPDATE, Pause, salesforce.not-permitted, Pause",
        "INVALID_FIELD, Pause, salesforce.mapping, Pause",
        "STORAGE_LIMIT_EXCEEDED, Pause, salesforce.storage, Pause",
    })
    void oneRecordsFaultBesideDeliveredOnesHoldsNobody(String code, String kind, String problem, String alone) {
        String good = "{\"id\":\"00Q1\",\"success\":true,\"errors\":[],\"created\":true}";
        String bad = error(code, "m", "");
        List<DeliveryResult> mixed = answers(true)
                .read(Answers.of(200, "[" + bad + "," + good + "," + bad + "]"), draftsOf(3), 0)
                .results();
        assertThat(mixed.stream().map(Answers::kind)).containsExactly(kind, "Delivered", kind);
        assertThat(Answers.code(mixed.get(2))).isEqualTo(problem);
        assertThat(Results.problem(mixed.get(2)).vendorCode()).isEqualTo(code);
        List<DeliveryResult> none = answers(true)
                .read(Answers.of(200, "[" + bad + "," + bad + "]"), draftsOf(2), 0)
                .results();
        assertThat(none.stream().map(Answers::kind)).containsExactly(alone, alone);
    }

    private static List<LeadRecord.Draft> draftsOf(int number) {
        return Collections.nCopies(number, draft(Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{\"success\":true,\"id\":\"1\"},{\"success\":true,\"id\":\"2\"}]",
                "{}",
                "<html>log in</html>",
                "[{\"success\":tr",
                "[{\"success\":false,\"errors\":[]}]",
                ""
            })
    void anAnswerThatFitsNoRecordIsALostOne(String body) {
        assertThat(refused(Answers.of(200, body), 1, true))
                .isInstanceOfSatisfying(
                        DeliveryResult.Retry.class,
                        retry -> assertThat(retry.problem().code()).isEqualTo("salesforce.no-answer"));
        assertThat(refused(Answers.of(200, body), 1, false)).isInstanceOf(DeliveryResult.Unknown.class);
    }

    @Test
    void aCutAnswerIsALostOne() {
        HttpAnswer whole = Answers.of(200, "[{\"id\":\"00Q1\",\"success\":true,\"errors\":[]}]");
        HttpAnswer cut = new HttpAnswer(200, whole.headers(), whole.body(), true);
        assertThat(refused(cut, 1, false)).isInstanceOf(DeliveryResult.Unknown.class);
    }

    @Test
    void aLengthThatNobodyToldIsLearnedAndTheLeadGoesAgain() {
        String item =
                error("STRING_TOO_LONG", "Lead Source: data value too large: xyz (max length=40)", "\"LeadSource\"");
        var reading = answers(true)
                .read(Answers.of(200, "[" + item + "]"), List.of(draft(Map.of("LeadSource", "x".repeat(50)))), 0);
        assertThat(reading.results().get(0)).isInstanceOf(DeliveryResult.NotExecuted.class);
        assertThat(reading.learned()).isEqualTo(Map.of("LeadSource", 40));
    }

    @ParameterizedTest
    @CsvSource({"Email, 50, 40", "LeadSource, 40, 40", "LeadSource, 50, -1"})
    void whatMayNotBeCutOrIsNotLongerIsRejected(String field, int length, int most) {
        String text = most < 0 ? "too long" : "data value too large: x (max length=" + most + ")";
        var reading = answers(true)
                .read(
                        Answers.of(200, "[" + error("STRING_TOO_LONG", text, '"' + field + '"') + "]"),
                        List.of(draft(Map.of(field, "x".repeat(length)))),
                        0);
        assertThat(Answers.code(reading.results().get(0))).isEqualTo("salesforce.too-long");
        assertThat(reading.results().get(0)).isInstanceOf(Rejected.class);
        assertThat(reading.learned()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"duplicateResut", "duplicateResult"})
    void aDuplicateRuleNamesItsMatches(String key) {
        String item =
                "{\"success\":false,\"errors\":[{\"statusCode\":\"DUPLICATES_DETECTED\",\"message\":\"Usar?\",\"fields\":[],\""
                        + key + "\":{\"matchResults\":[{\"matchRecords\":["
                        + "{\"record\":{\"attributes\":{\"type\":\"Contact\"},\"Id\":\"0035g00000AAAAAAA1\"}},"
                        + "{\"record\":{\"attributes\":{\"type\":\"Lead\"},\"Id\":\"00Q5g00000BBBBBBB1\"}}]}]}}]}";
        Rejected rejected = (Rejected) one(item, true);
        assertThat(rejected.problem().code()).isEqualTo("salesforce.duplicate");
        assertThat(rejected.problem().records())
                .containsExactly("Contact 0035g00000AAAAAAA1", "Lead 00Q5g00000BBBBBBB1");
        RestAnswers lenient = new RestAnswers(KEY, OnDuplicateRule.DELIVERED, field -> true, FAULTS);
        Delivered delivered = (Delivered) lenient.read(Answers.of(200, "[" + item + "]"), List.of(draft(Map.of())), 0)
                .results()
                .get(0);
        assertThat(delivered.confirmation()).isEqualTo(Confirmation.ALREADY_PRESENT);
        assertThat(delivered.recordId()).isEqualTo("00Q5g00000BBBBBBB1"); // not the contact's
    }

    @Test
    void ourOwnKeyFoundIsNoProblem() {
        String item = error(
                "DUPLICATE_VALUE",
                "duplicate value found: " + KEY + " duplicates value on record with id: 00Q5g00000BBBBB",
                "");
        Delivered delivered = (Delivered) one(item, true);
        assertThat(delivered.confirmation()).isEqualTo(Confirmation.ALREADY_PRESENT);
        assertThat(delivered.recordId()).isEqualTo("00Q5g00000BBBBB");
        assertThat(((Delivered) one(error("CANNOT_UPDATE_CONVERTED_LEAD", "m", ""), true)).confirmation())
                .isEqualTo(Confirmation.ALREADY_PRESENT);
    }

    /** The text comes in the integration user's language; the names of field and record stay. */
    @ParameterizedTest
    @CsvSource({
        "'valor duplicado encontrado: marketplace_lead_id__c duplica o valor no registro 00Q5g00000BBBBB', 00Q5g00000BBBBB",
        "'Doppelter Wert: Marketplace_Lead_Id__c, Datensatz-ID: 00Q5g00000BBBBBEAX.', 00Q5g00000BBBBBEAX",
        "'valeur en double : Marketplace_Lead_Id__c', ",
    })
    void ourOwnKeyIsFoundInAnyLanguage(String message, String id) {
        Delivered delivered = (Delivered) one(error("DUPLICATE_VALUE", message, ""), true);
        assertThat(delivered.confirmation()).isEqualTo(Confirmation.ALREADY_PRESENT);
        assertThat(delivered.recordId()).isEqualTo(id);
    }

    @Test
    void aFieldWhoseNameHoldsOursIsAnother() {
        String item = error("DUPLICATE_VALUE", "duplicate value found: Old_" + KEY + " duplicates value", "");
        assertThat(one(item, true)).isInstanceOf(Rejected.class);
    }

    @Test
    void whereDuplicatesCountAsDeliveredAUniqueFieldNamesItsLead() {
        RestAnswers lenient = new RestAnswers(KEY, OnDuplicateRule.DELIVERED, field -> true, FAULTS);
        String text = "duplicate value found: Tax__c duplicates value on record with id: ";
        List<DeliveryResult> results = lenient.read(
                        Answers.of(
                                200,
                                "[" + error("DUPLICATE_VALUE", text + "00Q5g00000BBBBB", "") + ","
                                        + error("DUPLICATE_VALUE", text + "0015g0000012345", "") + "]"),
                        draftsOf(2),
                        0)
                .results();
        assertThat(((Delivered) results.get(0)).recordId()).isEqualTo("00Q5g00000BBBBB");
        assertThat(((Delivered) results.get(1)).recordId()).isNull(); // of an account
        assertThat(((Delivered) results.get(0)).notes())
                .contains("not written: another record has the value of a unique field");
    }

    @Test
    void anotherUniqueFieldIsADuplicate() {
        String item = error(
                "DUPLICATE_VALUE",
                "duplicate value found: Tax__c duplicates value on record with id: 0015g0000012345",
                "");
        Rejected rejected = (Rejected) one(item, true);
        assertThat(rejected.problem().records()).containsExactly("0015g0000012345");
        assertThat(rejected.problem().vendorCode()).isEqualTo("DUPLICATE_VALUE");
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({
        "UNABLE_TO_LOCK_ROW, Retry, salesforce.busy",
        "INSUFFICIENT_ACCESS_OR_READONLY, Pause, salesforce.not-permitted",
        "INVALID_FIELD_FOR_INSERT_UPDATE, Pause, salesforce.not-permitted",
        "INVALID_FIELD, Pause, salesforce.mapping",
        "INACTIVE_OWNER_OR_USER, Pause, salesforce.assignment",
        "STORAGE_LIMIT_EXCEEDED, Pause, salesforce.storage",
        "REQUIRED_FIELD_MISSING, Rejected, salesforce.required-field",
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST, Rejected, salesforce.picklist",
        "INVALID_EMAIL_ADDRESS, Rejected, salesforce.refused-lead",
        "SOMETHING_NEW, Rejected, salesforce.refused-lead",
    })
    void aRefusedRecord(String code, String kind, String problem) {
        DeliveryResult result = one(error(code, "quotes Ada-CANARY", "\"Field__c\""), true);
        assertThat(Answers.kind(result)).isEqualTo(kind);
        assertThat(Answers.code(result)).isEqualTo(problem);
        assertThat(result.toString()).doesNotContain("CANARY").contains(code);
    }
}
