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

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "412, '', A record with matching key values already exists.",
        "412, 0x0, A record with matching key values already exists.",
        "412, 0x80040237, A record with matching key values already exists.",
        "412, 0x80040237, Cannot insert duplicate key.",
        "400, 0x80040237, Cannot insert duplicate key.",
    })
    void ourOwnKeyIsThereAlready(int status, String code, String message) {
        assertThat(ANSWERS.one(Answers.error(status, code, message), ROW))
                .isEqualTo(new Delivered(Confirmation.ALREADY_PRESENT, ID.toString(), List.of("a note")));
        assertThat(ANSWERS.all(Answers.error(status, code, message), TWO))
                .allSatisfy(result -> assertThat(result).isInstanceOf(DeliveryResult.NotExecuted.class));
    }

    /** A plug-in may throw a 412 of its own: the lead is not there. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "0x80049999, A record with matching key values already exists., dynamics.lead-invalid",
        "'', The salesperson is not there., dynamics.lead-invalid",
        "'', Entity Key E-mail violated. A duplicate record cannot be created., dynamics.lead-duplicate",
        "0x80049999, Entity Key E-mail violated. A duplicate record cannot be created., dynamics.lead-duplicate",
    })
    void anotherPreconditionIsNotTakenForOurOwnKey(String code, String message, String name) {
        DeliveryResult result = ANSWERS.one(Answers.error(412, code, message), ROW);
        assertThat(result).isInstanceOf(DeliveryResult.Rejected.class);
        assertThat(Servers.code(result)).isEqualTo(name);
    }

    @Test
    void theRecordIdIsTheServices() {
        String other = "00000000-0000-0000-0000-00000000000f";
        assertThat(created(Answers.of(204, "", "OData-EntityId", "https://o/api/data/v9.2/leads(" + other + ")")))
                .isEqualTo(other);
        assertThat(created(Answers.of(204, "", "Location", "https://o/api/data/v9.2/leads(" + other + ")")))
                .isEqualTo(other);
        assertThat(created(Answers.of(204, "", "OData-Version", "4.0"))).isEqualTo(ID.toString());
        assertThat(created(Answers.of(204, "", "OData-EntityId", "https://o/leads(new_id='a(b)')")))
                .isEqualTo(ID.toString());
        assertThat(created(Answers.of(201, "{\"leadid\":\"x\"}"))).isEqualTo(ID.toString());
        assertThat(created(Answers.of(201, "{\"@odata.context\":\"x\"}"))).isEqualTo(ID.toString());
        assertThat(created(Answers.of(201, "{\"leadid\":\"" + other + "\"}"))).isEqualTo(other);
    }

    private static String created(HttpAnswer answer) {
        Delivered delivered = (Delivered) ANSWERS.one(answer, ROW);
        assertThat(delivered.confirmation()).isEqualTo(Confirmation.CREATED);
        return delivered.recordId();
    }

    @ParameterizedTest
    @CsvSource({"200, <html>, text/html", "200, no json, text/plain", "200, '', ''", "202, {}, application/json"})
    void aSuccessThatIsNoDataversesHolds(int status, String body, String type) {
        HttpAnswer answer = Answers.of(status, body, "Content-Type", type);
        assertThat(Servers.code(ANSWERS.one(answer, ROW))).isEqualTo("dynamics.not-dataverse");
        assertThat(Servers.code(ANSWERS.all(answer, TWO).get(1))).isEqualTo("dynamics.not-dataverse");
    }

    /** Facts 2.1 and 2.2: a record was written only where the answer names it or speaks OData. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "204; ''; Via; proxy",
                "204; ''; Location; https://login.example/signed-out",
                "200; {\"success\":false}; Content-Type; application/json",
                "201; {}; Content-Type; application/json",
                "200; [1]; Content-Type; application/json",
            })
    void aForeignSuccessIsNoRecord(int status, String body, String header, String value) {
        DeliveryResult result = ANSWERS.one(Answers.of(status, body, header, value), ROW);
        assertThat(Servers.code(result)).isEqualTo("dynamics.not-dataverse");
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

    /** As environments of 2020 and of today say it; it is the configuration that is wrong, and no lead. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0x0 | Invalid property 'new_x' was found in entity 'Microsoft.Dynamics.CRM.lead'. | : new_x",
                "'' | An undeclared property 'new_x' which only has property annotations in the payload | : new_x",
                "0x0 | An error occurred while validating input parameters: Microsoft.OData.ODataException: An undeclared"
                        + " property 'new_X' which only has property annotations in the payload | : new_X",
                "0x80048d19 | Error identified in Payload provided by the user for Entity :'leads', For more information on"
                        + " this error please follow this help link ----> InnerException : Microsoft.OData.ODataException:"
                        + " An undeclared property 'new_x' which only has property annotations | : new_x",
                "0x80048d19 | Error identified in Payload provided by the user for Entity :'leads' ----> InnerException :"
                        + " Microsoft.Crm.CrmException: Invalid property 'new_x' was found in entity | : new_x",
                "0x80048d19 | InnerException : The property 'new_x' does not exist on type 'Microsoft.Dynamics.CRM.lead'."
                        + " Make sure to only use property names that are defined by the type. | : new_x",
                "0x80060888 | Could not find a property named 'new_x' on type 'Microsoft.Dynamics.CRM.lead'. | : new_x",
                "0x80048d19 | InnerException : Does not support untyped value in non-open type. | environment",
            })
    void aWrongColumnHoldsHoweverItIsSaid(String code, String message, String end) {
        HttpAnswer answer = Answers.error(400, code, message);
        HttpAnswer parts = batch(answer, answer);
        for (DeliveryResult result : List.of(
                ANSWERS.one(answer, ROW),
                ANSWERS.all(answer, TWO).get(1),
                ANSWERS.each(parts, TWO).get(1))) {
            assertThat(result).isInstanceOf(DeliveryResult.Pause.class);
            assertThat(Servers.code(result)).isEqualTo("dynamics.column-missing");
            assertThat(Results.problem(result).cause()).endsWith(end);
        }
    }

    /** Facts 4.2: never park a lead for framing. Alone it has no frame, and its own answer. */
    @ParameterizedTest
    @CsvSource({"0x80048d19, Stream was not readable.", "0x80060888, Content-ID header not present"})
    void aPartThatCouldNotBeReadRejectsNoLead(String code, String message) {
        HttpAnswer unread = Answers.error(400, code, message);
        HttpAnswer refused = Answers.error(400, "0x80040203", "x");
        List<DeliveryResult> results = ANSWERS.each(batch(unread, refused), TWO);
        assertThat(results.get(0)).isInstanceOf(DeliveryResult.NotExecuted.class);
        assertThat(Servers.code(results.get(0))).isEqualTo("dynamics.way-unavailable");
        assertThat(results.get(1)).isInstanceOf(DeliveryResult.Rejected.class);
        assertThat(ANSWERS.one(unread, ROW)).isInstanceOf(DeliveryResult.Rejected.class);
    }

    @Test
    void eachPartOfABatchHasItsOwnTrouble() {
        HttpAnswer throttled = Answers.of(429, "", "Retry-After", "120");
        HttpAnswer failed = Answers.error(500, "0x80040216", "An unexpected error occurred.");
        List<DeliveryResult> first = ANSWERS.each(batch(throttled, failed), TWO);
        assertThat(((DeliveryResult.Pause) first.get(0)).until()).isEqualTo(Instant.parse("2026-01-01T00:02:00Z"));
        assertThat(Servers.code(first.get(0))).isEqualTo("dynamics.throttled");
        assertThat(Servers.code(first.get(1))).isEqualTo("dynamics.server-error");
        HttpAnswer created = Answers.of(204, "", "OData-EntityId", "https://o/leads(" + ID + ")");
        List<DeliveryResult> second = ANSWERS.each(batch(Answers.of(401, ""), created), TWO);
        assertThat(Servers.code(second.get(0))).isEqualTo("dynamics.token-rejected");
        assertThat(second.get(0)).isEqualTo(new DeliveryResult.Pause(Results.problem(second.get(0)), null));
        assertThat(second.get(1)).isInstanceOf(Delivered.class);
    }

    private static HttpAnswer batch(HttpAnswer... parts) {
        StringBuilder text = new StringBuilder();
        for (HttpAnswer part : parts) {
            text.append("--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 ")
                    .append(part.status())
                    .append(" Words\r\n");
            part.headers().map().forEach((name, values) -> text.append(name + ": " + values.get(0) + "\r\n"));
            text.append("\r\n").append(part.text()).append("\r\n");
        }
        return Answers.of(200, text + "--b--\r\n", "Content-Type", "multipart/mixed; boundary=b");
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
