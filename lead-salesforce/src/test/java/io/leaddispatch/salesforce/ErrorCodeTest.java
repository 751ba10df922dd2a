package io.leaddispatch.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.sforce.soap.partner.StatusCode;
import com.sforce.soap.partner.fault.ExceptionCode;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Our table of codes against Salesforce's own enums, and code by code against what is known of them. */
class ErrorCodeTest {
    /** Codes of REST alone, which the enums of the SOAP API do not have; observed or documented for REST. */
    private static final Set<String> REST_ONLY = Set.of();

    @Test
    void noCodeOfOursIsInvented() {
        Set<String> official = Stream.concat(
                        Stream.of(StatusCode.values()).map(Enum::name),
                        Stream.of(ExceptionCode.values()).map(Enum::name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(official).hasSizeGreaterThan(800);
        Set<String> invented = new TreeSet<>(ErrorCode.known());
        invented.removeAll(official);
        invented.removeAll(REST_ONLY);
        assertThat(invented).isEmpty();
    }

    /** A listed code does what its class says; any other is a verdict on its record, and named. */
    @ParameterizedTest
    @EnumSource(StatusCode.class)
    void everyCodeOfARecordHasAResult(StatusCode code) {
        String item = "[{\"success\":false,\"errors\":[{\"statusCode\":\"" + code.name() + "\",\"message\":\"m\"}]}]";
        for (boolean upsert : new boolean[] {true, false}) {
            var result = RestAnswersTest.refused(Answers.of(200, item), 1, upsert);
            ErrorCode meaning = ErrorCode.of(code.name(), "m");
            assertThat(Answers.kind(result)).isEqualTo(meaning == null ? "Rejected" : ofRecord(meaning, upsert));
            if (meaning == null) {
                assertThat(Answers.code(result)).isEqualTo("salesforce.refused-lead");
                assertThat(Results.problem(result).vendorCode()).isEqualTo(code.name());
            }
        }
    }

    private static String ofRecord(ErrorCode meaning, boolean upsert) {
        return switch (meaning) {
            case BUSY -> "Retry";
            case OWN_KEY -> upsert ? "Delivered" : "Rejected";
            case REQUIRED, LENGTH, PICKLIST, LEAD, DUPLICATE -> "Rejected";
            default -> "Pause";
        };
    }

    /** An unlisted code of a call is the configuration's, or the server's; never a verdict on single leads. */
    @ParameterizedTest
    @EnumSource(ExceptionCode.class)
    void everyCodeOfACallHasAResult(ExceptionCode code) {
        String body = "[{\"message\":\"m\",\"errorCode\":\"" + code.name() + "\"}]";
        ErrorCode meaning = ErrorCode.of(code.name(), "m");
        for (boolean upsert : new boolean[] {true, false}) {
            for (int status : new int[] {400, 500}) {
                for (int leads : new int[] {1, 200}) {
                    var result = RestAnswersTest.refused(Answers.of(status, body), leads, upsert);
                    assertThat(Answers.kind(result))
                            .as("%s, %s leads, upsert %s", status, leads, upsert)
                            .isEqualTo(ofCall(code.name(), meaning, status, leads > 1, upsert));
                    assertThat(Results.problem(result).vendorCode()).isEqualTo(code.name());
                }
            }
        }
    }

    private static String ofCall(String code, ErrorCode meaning, int status, boolean many, boolean upsert) {
        boolean doubtful = Set.of(
                        "REQUEST_RUNNING_TOO_LONG", "REQUEST_TIMEOUT_OR_CONFLICT", "QUERY_TIMEOUT", "UNKNOWN_EXCEPTION")
                .contains(code);
        if (meaning == null) {
            return status == 500 ? upsert ? "Retry" : "Unknown" : many ? "NotExecuted" : "Pause";
        }
        if (meaning == ErrorCode.BUSY) {
            return !upsert && (doubtful || status == 500) ? "Unknown" : "Retry";
        }
        return meaning.isAboutTheLead() ? many ? "NotExecuted" : "Rejected" : "Pause";
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "UNABLE_TO_LOCK_ROW, BUSY",
        "UNABLE_TO_LOCK_RECORD, BUSY",
        "RECORD_LOCKED, BUSY",
        "SERVER_UNAVAILABLE, BUSY",
        "SERVICE_UNAVAILABLE, BUSY",
        "REQUEST_RUNNING_TOO_LONG, BUSY",
        "REQUEST_TIMEOUT_OR_CONFLICT, BUSY",
        "QUERY_TIMEOUT, BUSY",
        "API_CURRENTLY_DISABLED, BUSY",
        "FUNCTIONALITY_TEMPORARILY_UNAVAILABLE, BUSY",
        "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE, BUSY",
        "ORG_IN_MAINTENANCE, BUSY",
        "UNKNOWN_EXCEPTION, BUSY",
        "ALL_OR_NONE_OPERATION_ROLLED_BACK, BUSY",
        "REQUEST_LIMIT_EXCEEDED, QUOTA",
        "LIMIT_EXCEEDED, QUOTA",
        "STORAGE_LIMIT_EXCEEDED, STORAGE",
        "EXCEEDED_QUOTA, STORAGE",
        "INVALID_SESSION_ID, SESSION",
        "SESSION_EXPIRED, SESSION",
        "INVALID_AUTH_HEADER, CALL",
        "INVALID_LOGIN, PERMISSION",
        "PASSWORD_LOCKOUT, PERMISSION",
        "ORG_LOCKED, PERMISSION",
        "API_DISABLED_FOR_ORG, PERMISSION",
        "INSUFFICIENT_ACCESS, PERMISSION",
        "INSUFFICIENT_ACCESS_OR_READONLY, PERMISSION",
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY, PERMISSION",
        "INVALID_FIELD_FOR_INSERT_UPDATE, PERMISSION",
        "INVALID_OPERATION_WITH_EXPIRED_PASSWORD, PERMISSION",
        "INVALID_FIELD, MAPPING",
        "INVALID_TYPE, MAPPING",
        "INVALID_EXTERNAL_ID_FIELD_NAME, EXTERNAL_ID",
        "NOT_FOUND, EXTERNAL_ID",
        "UNSUPPORTED_API_VERSION, VERSION",
        "INVALID_ASSIGNMENT_RULE, ASSIGNMENT",
        "INACTIVE_OWNER_OR_USER, ASSIGNMENT",
        "EXCEEDED_ID_LIMIT, CALL",
        "REQUIRED_FIELD_MISSING, REQUIRED",
        "STRING_TOO_LONG, LENGTH",
        "INVALID_EMAIL_ADDRESS, LEAD",
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST, PICKLIST",
        "FIELD_CUSTOM_VALIDATION_EXCEPTION, LEAD",
        "FIELD_INTEGRITY_EXCEPTION, LEAD",
        "CANNOT_EXECUTE_FLOW_TRIGGER, LEAD",
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, LEAD",
        "NUMBER_OUTSIDE_VALID_RANGE, LEAD",
        "MALFORMED_ID, LEAD",
        "INVALID_CROSS_REFERENCE_KEY, LEAD",
        "ENTITY_IS_DELETED, LEAD",
        "JSON_PARSER_ERROR, LEAD",
        "DUPLICATES_DETECTED, DUPLICATE",
        "DUPLICATE_VALUE, DUPLICATE",
        "DUPLICATE_EXTERNAL_ID, OWN_KEY",
        "CANNOT_UPDATE_CONVERTED_LEAD, OWN_KEY",
    })
    void codesMean(String code, ErrorCode meaning) {
        assertThat(ErrorCode.of(code, "")).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, 'LeadTrigger: UNABLE_TO_LOCK_ROW, unable to obtain access', BUSY",
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, 'System.LimitException: Too many SOQL queries: 101', BUSY",
        "REQUEST_LIMIT_EXCEEDED, TotalRequests Limit exceeded., QUOTA",
        "REQUEST_LIMIT_EXCEEDED, ConcurrentRequests (Concurrent API Requests) Limit exceeded., CROWDED",
        "REQUEST_LIMIT_EXCEEDED, ConcurrentPerOrgLongTxn Limit exceeded., CROWDED",
    })
    void textsCountInTheseCasesOnly(String code, String message, ErrorCode meaning) {
        assertThat(ErrorCode.of(code, message)).isEqualTo(meaning);
    }

    @Test
    void theTableAboveIsComplete() throws Exception {
        CsvSource table = ErrorCodeTest.class
                .getDeclaredMethod("codesMean", String.class, ErrorCode.class)
                .getAnnotation(CsvSource.class);
        assertThat(Stream.of(table.value()).map(row -> row.split(",")[0]).toList())
                .containsExactlyInAnyOrderElementsOf(ErrorCode.known());
    }
}
