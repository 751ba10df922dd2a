package io.leaddispatch.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Confirmation;
import io.leaddispatch.Problem;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.testkit.MovableClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynamicsAnswersTest {
    private static final DynamicsAnswers ANSWERS =
            new DynamicsAnswers(DynamicsSettings.OnDuplicateRule.REJECT, MovableClock.at("2026-01-01T00:00:00Z"));
    private static final DynamicsAnswers LENIENT =
            new DynamicsAnswers(DynamicsSettings.OnDuplicateRule.DELIVERED, MovableClock.at("2026-01-01T00:00:00Z"));
    private static final UUID ID = UUID.fromString("5f0c0000-0000-5000-8000-000000000001");
    private static final LeadRow ROW =
            new LeadRow(ID, Map.of(), List.of("a note"), List.of(), List.of("Ada Lovelace", "ada"));
    private static final List<LeadRow> TWO = List.of(ROW, ROW);

    @ParameterizedTest(name = "{0} {1} is {3}, alone {2}, in a transaction {4}")
    @CsvSource({
        "403, 0x80040220, Pause, dynamics.lead-role-missing, Pause",
        "403, 0x80040231, Pause, dynamics.lead-role-missing, Pause",
        "403, 0x80048405, Pause, dynamics.lead-role-missing, Pause",
        "403, 0x80040276, Pause, dynamics.lead-role-missing, Pause",
        "403, 0x80048306, Pause, dynamics.lead-role-missing, Pause",
        "403, 0x8004F502, Pause, dynamics.lead-role-missing, Pause",
        "403, 0x8004f507, Pause, dynamics.lead-role-missing, Pause",
        "403, 0x8004F503, Pause, dynamics.lead-role-missing, Pause",
        "403, 0x80042F09, Pause, dynamics.no-roles, Pause",
        "403, 0x80072560, Pause, dynamics.application-user-missing, Pause",
        "403, 0x80040225, Pause, dynamics.user-disabled, Pause",
        "403, 0x80041d1f, Pause, dynamics.user-disabled, Pause",
        "403, 0x80049999, Pause, dynamics.forbidden, Pause",
        "412, 0x80060892, Rejected, dynamics.lead-duplicate, NotExecuted",
        "412, 0x80049999, Rejected, dynamics.lead-invalid, NotExecuted",
        "412, '', Rejected, dynamics.lead-invalid, NotExecuted",
        "500, 0x80040333, Rejected, dynamics.lead-duplicate, NotExecuted",
        "412, 0x80040333, Rejected, dynamics.lead-duplicate, NotExecuted",
        "404, 0x8006088a, Pause, dynamics.table-missing, Pause",
        "404, 0x80060891, Pause, dynamics.reference-missing, Pause",
        "404, 0x80040217, Pause, dynamics.reference-missing, Pause",
        "400, 0x80044331, Rejected, dynamics.value-too-long, NotExecuted",
        "400, 0x80040200, Rejected, dynamics.lead-invalid, NotExecuted",
        "400, 0x80040203, Rejected, dynamics.lead-invalid, NotExecuted",
        "400, 0x80041a01, Rejected, dynamics.lead-invalid, NotExecuted",
        "400, 0x80048d19, Rejected, dynamics.lead-invalid, NotExecuted",
        "400, 0x80040278, Rejected, dynamics.lead-invalid, NotExecuted",
        "400, 0x8004431A, Rejected, dynamics.lead-invalid, NotExecuted",
        "400, 0x80049999, Rejected, dynamics.lead-invalid, NotExecuted",
        "422, 0x80049999, Rejected, dynamics.lead-invalid, NotExecuted",
        "400, 0x80040265, Rejected, dynamics.customer-logic, NotExecuted",
        "413, 0x8004418a, Rejected, dynamics.lead-too-large, NotExecuted",
        "413, 0x80049999, Rejected, dynamics.lead-too-large, NotExecuted",
        "401, 0x80041d52, Pause, dynamics.token-rejected, Pause",
        "401, 0x8004A101, Pause, dynamics.token-rejected, Pause",
        "401, 0x80044302, Pause, dynamics.token-rejected, Pause",
        "401, 0x80049999, Pause, dynamics.token-rejected, Pause",
        "500, 0x80044151, Retry, dynamics.unavailable, Retry",
        "500, 0x80044150, Retry, dynamics.unavailable, Retry",
        "503, 0x80049999, Retry, dynamics.unavailable, Retry",
        "500, 0x80040216, Retry, dynamics.server-error, Retry",
        "502, 0x80049999, Retry, dynamics.server-error, Retry",
        "504, 0x80049999, Retry, dynamics.server-error, Retry",
        "408, 0x80049999, Retry, dynamics.server-error, Retry",
        "429, 0x80072321, Pause, dynamics.throttled, Pause",
        "429, 0x80072322, Pause, dynamics.throttled, Pause",
        "429, 0x80072326, Pause, dynamics.throttled, Pause",
        "429, 0x80072327, Pause, dynamics.throttled, Pause",
        "429, -2147015902, Pause, dynamics.throttled, Pause",
        "429, 0x80049999, Pause, dynamics.throttled, Pause",
        "404, 0x80049999, Pause, dynamics.not-dataverse, Pause",
        "405, 0x80049999, Pause, dynamics.not-dataverse, Pause",
        "501, 0x80049999, Pause, dynamics.not-dataverse, Pause",
    })
    void codeDecidesBeforeStatus(int status, String code, String kind, String name, String together) {
        HttpAnswer answer = Answers.error(status, code, "Some words.");
        DeliveryResult alone = ANSWERS.one(answer, ROW);
        assertThat(alone.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(Servers.code(alone)).isEqualTo(name);
        List<DeliveryResult> all = ANSWERS.all(answer, TWO);
        assertThat(all)
                .hasSize(2)
                .allSatisfy(
                        result -> assertThat(result.getClass().getSimpleName()).isEqualTo(together));
        assertThat(ANSWERS.each(answer, TWO))
                .hasSize(2)
                .allSatisfy(
                        result -> assertThat(result.getClass().getSimpleName()).isEqualTo(together));
    }

    @ParameterizedTest(name = "{0} without words is {2}")
    @CsvSource({
        "302, Pause, dynamics.not-dataverse",
        "400, Pause, dynamics.not-dataverse",
        "401, Pause, dynamics.token-rejected",
        "403, Pause, dynamics.forbidden",
        "404, Pause, dynamics.not-dataverse",
        "412, Pause, dynamics.not-dataverse",
        "413, Rejected, dynamics.lead-too-large",
        "429, Pause, dynamics.throttled",
        "500, Retry, dynamics.server-error",
        "502, Retry, dynamics.server-error",
        "503, Retry, dynamics.unavailable",
        "504, Retry, dynamics.server-error",
    })
    void whatDoesNotSpeakDataverseNeverRejectsALeadForItsContent(int status, String kind, String name) {
        DeliveryResult result = ANSWERS.one(Answers.of(status, "<html>proxy</html>", "Content-Type", "text/html"), ROW);
        assertThat(result.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(Servers.code(result)).isEqualTo(name);
        assertThat(Results.problem(result).vendorCode()).isEqualTo("HTTP " + status);
    }

    @Test
    void aTransactionAnswersTheIdsInOrder() {
        HttpAnswer answer = Answers.of(200, "{\"Ids\":[\"a\",\"b\"]}", "Content-Type", "application/json");
        assertThat(ANSWERS.all(answer, TWO))
                .extracting(result -> ((Delivered) result).recordId())
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"{}", "{\"Ids\":[\"a\"]}", "{\"Ids\":7}"})
    void aTransactionWithoutAllIdsIsTriedAgain(String body) {
        assertThat(ANSWERS.all(Answers.of(200, body, "Content-Type", "application/json"), TWO))
                .allSatisfy(result -> assertThat(Servers.code(result)).isEqualTo("dynamics.no-answer"));
    }

    @Test
    void aBatchThatIsAPageHoldsAndOneWithoutPartsIsTriedAgain() {
        assertThat(Servers.code(ANSWERS.each(Answers.of(200, "<html>", "Content-Type", "text/html"), TWO)
                        .get(0)))
                .isEqualTo("dynamics.not-dataverse");
        assertThat(ANSWERS.each(Answers.of(200, "", "Content-Type", "multipart/mixed; boundary=b"), TWO))
                .allSatisfy(result -> assertThat(Servers.code(result)).isEqualTo("dynamics.no-answer"));
    }

    @Test
    void aPauseEndsWhenTheServiceSays() {
        HttpAnswer told = Answers.of(429, "", "Retry-After", "120");
        assertThat(((DeliveryResult.Pause) ANSWERS.one(told, ROW)).until())
                .isEqualTo(Instant.parse("2026-01-01T00:02:00Z"));
        HttpAnswer untold = Answers.of(429, "");
        assertThat(((DeliveryResult.Pause) ANSWERS.one(untold, ROW)).until())
                .isEqualTo(Instant.parse("2026-01-01T00:00:05Z"));
        HttpAnswer unavailable = Answers.of(503, "", "Retry-After", "10");
        assertThat(((DeliveryResult.Pause) ANSWERS.one(unavailable, ROW)).until())
                .isEqualTo(Instant.parse("2026-01-01T00:00:10Z"));
    }

    @Test
    void aDuplicateRuleMayCountAsDelivered() {
        HttpAnswer answer = Answers.error(500, "0x80040333", "a duplicate exists");
        assertThat(LENIENT.one(answer, ROW)).isInstanceOf(Delivered.class);
        assertThat(LENIENT.all(answer, TWO).get(0)).isInstanceOf(DeliveryResult.NotExecuted.class);
    }

    /** Nothing would say there that the customer is not to be contacted. */
    @Test
    void aLeadThatForbidsContactIsNeverCountedAsDeliveredForARule() {
        LeadRow row = new LeadRow(ID, Map.of("donotemail", true), List.of("a note"), List.of(), List.of());
        HttpAnswer answer = Answers.error(500, "0x80040333", "a duplicate exists");
        assertThat(LENIENT.one(answer, row)).isInstanceOf(DeliveryResult.Rejected.class);
        assertThat(Servers.code(LENIENT.one(answer, row))).isEqualTo("dynamics.lead-duplicate");
    }

    @ParameterizedTest
    @CsvSource({
        "500, 0x80040333, A duplicate exists: leads(5F0C0000-0000-5000-8000-00000000000A) and"
                + " leads(5f0c0000-0000-5000-8000-00000000000b) and leads(5f0c0000-0000-5000-8000-00000000000a)",
        "412, 0x80060892, lead With Id = 5f0c0000-0000-5000-8000-00000000000a and"
                + " lead With Id = 5f0c0000-0000-5000-8000-00000000000b have the same key",
    })
    void theRecordsThatADuplicateMetAreInTheReport(int status, String code, String message) {
        HttpAnswer answer = Answers.error(status, code, message);
        assertThat(Results.problem(ANSWERS.one(answer, ROW)).records())
                .containsExactly("5f0c0000-0000-5000-8000-00000000000a", "5f0c0000-0000-5000-8000-00000000000b");
        assertThat(LENIENT.one(answer, ROW))
                .isEqualTo(new Delivered(
                        Confirmation.ALREADY_PRESENT, "5f0c0000-0000-5000-8000-00000000000a", List.of("a note")));
    }

    /** Of real answers it is known that they describe the refused row and the user, whose ids are no match. */
    @Test
    void theRefusedRowAndTheUserAreNotTakenForMatches() {
        HttpAnswer answer = Answers.of(412, """
                {"error":{"code":"0x80060892","message":"Entity Key E-mail violated. A duplicate cannot be created.",
                "@Microsoft.PowerApps.CDS.ErrorDetails.DuplicateEntity":"<Entity><Attributes><key>modifiedby</key>\
                <Id>5f0c0000-0000-5000-8000-00000000000a</Id><LogicalName>systemuser</LogicalName></Attributes>\
                <Id>5f0c0000-0000-5000-8000-00000000000b</Id><LogicalName>lead</LogicalName></Entity>",
                "@Microsoft.PowerApps.CDS.ErrorDetails.DuplicateAttributes":"<emailaddress1>ada@x.org</emailaddress1>"}}
                """, "Content-Type", "application/json");
        Problem problem = Results.problem(ANSWERS.one(answer, ROW));
        assertThat(problem.code()).isEqualTo("dynamics.lead-duplicate");
        assertThat(problem.records()).isEmpty();
        assertThat(problem.toString()).doesNotContain("ada@x.org");
    }

    @Test
    void theDetailNamesPrivilegesAndColumnsButNobody() {
        assertThat(cause(403, "0x80040220", "Principal user (Id=1) is missing prvCreateLead privilege"))
                .endsWith(": missing prvCreateLead");
        assertThat(cause(400, "0x80044331", "The length of the 'subject' attribute of the 'lead' entity exceeded"))
                .endsWith(": subject");
        assertThat(cause(400, "0x0", "Invalid property 'new_x' was found in entity"))
                .endsWith(": new_x");
        assertThat(cause(400, "0x80040265", "Ada Lovelace <ada@x.org> is  not\nwelcome"))
                .endsWith(": *** <***> is not welcome");
        assertThat(cause(400, "0x80040203", "Ada Lovelace is odd")).isEqualTo("Dynamics refuses this lead");
        assertThat(cause(400, "0x80040265", "x".repeat(5_000))).hasSizeLessThan(300);
        assertThat(cause(400, "0x80040265", "")).isEqualTo("a plug-in or flow of this environment refuses the lead");
    }

    @Test
    void aDetailIsAColumnAndNoAddressOrValue() {
        assertThat(cause(400, "0x80040203", "The field 'ada@x.org' is odd")).isEqualTo("Dynamics refuses this lead");
        assertThat(cause(400, "0x80040203", "The field 'ada.lovelace' is odd")).isEqualTo("Dynamics refuses this lead");
        assertThat(cause(400, "0x80040203", "The field 'ada' is odd")).isEqualTo("Dynamics refuses this lead");
        assertThat(cause(400, "0x0", "An undeclared property 'campaignid@odata.bind' was found"))
                .endsWith(": campaignid@odata.bind");
    }

    @ParameterizedTest
    @CsvSource({"Ada Lovelace said so", "0x80040203 ada@x.org", "0x123456789", "-99999999999"})
    void aCodeThatIsNoneIsNotShown(String code) {
        assertThat(Results.problem(ANSWERS.one(Answers.error(400, code, "x"), ROW))
                        .vendorCode())
                .isEqualTo("HTTP 400");
    }

    private static String cause(int status, String code, String message) {
        Problem problem = Results.problem(ANSWERS.one(Answers.error(status, code, message.replace("\n", "\\n")), ROW));
        return problem.cause();
    }

    /** Facts 6: with it Microsoft finds the request. */
    @ParameterizedTest
    @CsvSource({"x-ms-service-request-id, 500", "REQ_ID, 500", "REQ_ID, 403", "REQ_ID, 400"})
    void whereSupportIsTheNextStepTheRequestIsNamed(String header, int status) {
        String body = "{\"error\":{\"code\":\"0x80049999\",\"message\":\"x\"}}";
        HttpAnswer answer = Answers.of(status, body, header, "5f0c0000-0000-4000-8000-00000000000a");
        assertThat(Results.problem(ANSWERS.one(answer, ROW)).cause())
                .endsWith(" (request 5f0c0000-0000-4000-8000-00000000000a)");
        HttpAnswer strange = Answers.of(status, body, header, "Ada Lovelace");
        assertThat(Results.problem(ANSWERS.one(strange, ROW)).cause()).doesNotContain("request", "Ada");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {"prvReadAsyncOperation", "prvWriteAsyncOperation", "prvAppendToAsyncOperation"})
    void aMissingPrivilegeOnSystemJobsIsToldApart(String privilege) {
        HttpAnswer answer = Answers.error(403, "0x80040220", "user is missing " + privilege + " privilege");
        assertThat(Servers.code(ANSWERS.one(answer, ROW))).isEqualTo("dynamics.system-job-privilege-missing");
    }

    @Test
    void aWrongLeadSourceCodeHoldsWhileOtherOptionsRejectTheLead() {
        HttpAnswer answer = Answers.error(400, "0x8004431A", "The value 9 of 'leadsourcecode' is outside the range");
        assertThat(ANSWERS.one(answer, ROW)).isInstanceOf(DeliveryResult.Pause.class);
        assertThat(Servers.code(ANSWERS.one(answer, ROW))).isEqualTo("dynamics.lead-source-code-invalid");
    }

    @Test
    void aRefusedTokenNamesTheDirectoryOfTheEnvironment() {
        HttpAnswer quoted = Answers.of(
                401,
                "",
                "WWW-Authenticate",
                "Bearer authorization_uri=\"https://login.example/abc-1/oauth2/authorize\"");
        assertThat(Results.problem(ANSWERS.one(quoted, ROW)).cause()).endsWith("of directory abc-1");
        HttpAnswer bare = Answers.of(401, "", "WWW-Authenticate", "Bearer realm=x");
        assertThat(Results.problem(ANSWERS.one(bare, ROW)).cause()).doesNotContain("directory");
    }

    @Test
    void onlyAMissingActionIsAMissingAction() {
        assertThat(DynamicsAnswers.lacksAction(
                        Answers.error(404, "0x8006088a", "segment 'Microsoft.Dynamics.CRM.CreateMultiple'")))
                .isTrue();
        assertThat(DynamicsAnswers.lacksAction(Answers.error(404, "0x8006088a", "not found for the segment 'leads'.")))
                .isFalse();
        assertThat(DynamicsAnswers.lacksAction(Answers.of(404, "<html>"))).isFalse();
        assertThat(DynamicsAnswers.lacksAction(Answers.error(404, "0x80040217", "campaign With Id = 1 Does Not Exist")))
                .isFalse();
        assertThat(DynamicsAnswers.lacksAction(Answers.error(404, "0x80060891", "no record with these keys")))
                .isFalse();
        assertThat(DynamicsAnswers.lacksAction(Answers.error(400, "0x80040203", "x")))
                .isFalse();
        assertThat(DynamicsAnswers.lacksAction(Answers.error(501, "", "x"))).isTrue();
    }

    @Test
    void aRequestWithoutALeadHasAProblemOrNone() {
        assertThat(ANSWERS.problem(Answers.of(200, "{}", "Content-Type", "application/json")))
                .isNull();
        assertThat(ANSWERS.problem(Answers.of(200, "<html>", "Content-Type", "text/html"))
                        .code())
                .isEqualTo("dynamics.not-dataverse");
        assertThat(ANSWERS.problem(Answers.error(403, "0x80042F09", "x")).code())
                .isEqualTo("dynamics.no-roles");
    }
}
