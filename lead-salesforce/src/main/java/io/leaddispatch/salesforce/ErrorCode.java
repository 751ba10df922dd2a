package io.leaddispatch.salesforce;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the codes of Salesforce mean for a lead. Classified by code, never by text, which comes in the integration user's
 * language; the exceptions are those in {@link #of(String, String)}. Pure.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm">
 *     Salesforce API, status codes</a>
 */
enum ErrorCode {
    /** Passing trouble; nothing was written. */
    BUSY,
    /** Too many calls at once. */
    CROWDED,
    /** The daily quota is used up. */
    QUOTA,
    /** No room for records. */
    STORAGE,
    /** The token is refused. */
    SESSION,
    /** The user may not. */
    PERMISSION,
    /** A field or type is not there. */
    MAPPING,
    /** The external id field is not usable. */
    EXTERNAL_ID,
    /** The API version is not served. */
    VERSION,
    /** Assignment rule or owner. */
    ASSIGNMENT,
    /** The call as such is wrong. */
    CALL,
    /** The lead lacks a value. */
    REQUIRED,
    /** A text is too long. */
    LENGTH,
    /** A restricted picklist. */
    PICKLIST,
    /** The lead is refused. */
    LEAD,
    /** A rule or unique field found a double. */
    DUPLICATE,
    /** Our own key found a record that cannot be changed, or several. */
    OWN_KEY;

    private static final Map<String, ErrorCode> BY_CODE = byCode();
    private static final Set<String> ALLOWED_TEXTS = Set.of("UNABLE_TO_LOCK_ROW", "Too many SOQL queries");

    /** Refusals that say how long the call ran, or nothing, but not that it wrote nothing. */
    private static final Set<String> PERHAPS_WRITTEN =
            Set.of("REQUEST_RUNNING_TOO_LONG", "REQUEST_TIMEOUT_OR_CONFLICT", "QUERY_TIMEOUT", "UNKNOWN_EXCEPTION");

    /** Those of the user or the owner that depend on the record: who owns it, to whom a rule gives it. */
    private static final Set<String> OF_ONE_RECORD = Set.of(
            "INSUFFICIENT_ACCESS",
            "INSUFFICIENT_ACCESS_OR_READONLY",
            "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
            "INACTIVE_OWNER_OR_USER");

    private static Map<String, ErrorCode> byCode() {
        Map<String, ErrorCode> codes = new HashMap<>();
        put(
                codes,
                BUSY,
                "UNABLE_TO_LOCK_ROW",
                "UNABLE_TO_LOCK_RECORD",
                "RECORD_LOCKED",
                "SERVER_UNAVAILABLE",
                "SERVICE_UNAVAILABLE",
                "REQUEST_RUNNING_TOO_LONG",
                "REQUEST_TIMEOUT_OR_CONFLICT",
                "QUERY_TIMEOUT",
                "API_CURRENTLY_DISABLED",
                "FUNCTIONALITY_TEMPORARILY_UNAVAILABLE",
                "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE",
                "ORG_IN_MAINTENANCE",
                "UNKNOWN_EXCEPTION",
                "ALL_OR_NONE_OPERATION_ROLLED_BACK");
        put(codes, QUOTA, "REQUEST_LIMIT_EXCEEDED", "LIMIT_EXCEEDED");
        put(codes, STORAGE, "STORAGE_LIMIT_EXCEEDED", "EXCEEDED_QUOTA");
        put(codes, SESSION, "INVALID_SESSION_ID", "SESSION_EXPIRED");
        put(
                codes,
                PERMISSION,
                "INVALID_LOGIN",
                "PASSWORD_LOCKOUT",
                "ORG_LOCKED",
                "API_DISABLED_FOR_ORG",
                "INSUFFICIENT_ACCESS",
                "INSUFFICIENT_ACCESS_OR_READONLY",
                "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
                "INVALID_FIELD_FOR_INSERT_UPDATE",
                "INVALID_OPERATION_WITH_EXPIRED_PASSWORD");
        put(codes, MAPPING, "INVALID_FIELD", "INVALID_TYPE");
        put(codes, EXTERNAL_ID, "INVALID_EXTERNAL_ID_FIELD_NAME", "NOT_FOUND");
        put(codes, VERSION, "UNSUPPORTED_API_VERSION");
        put(codes, ASSIGNMENT, "INVALID_ASSIGNMENT_RULE", "INACTIVE_OWNER_OR_USER");
        put(codes, CALL, "INVALID_AUTH_HEADER", "EXCEEDED_ID_LIMIT");
        put(codes, REQUIRED, "REQUIRED_FIELD_MISSING");
        put(codes, LENGTH, "STRING_TOO_LONG");
        put(codes, PICKLIST, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
        put(
                codes,
                LEAD,
                "INVALID_EMAIL_ADDRESS",
                "FIELD_CUSTOM_VALIDATION_EXCEPTION",
                "FIELD_INTEGRITY_EXCEPTION",
                "CANNOT_EXECUTE_FLOW_TRIGGER",
                "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
                "NUMBER_OUTSIDE_VALID_RANGE",
                "MALFORMED_ID",
                "INVALID_CROSS_REFERENCE_KEY",
                "ENTITY_IS_DELETED",
                "JSON_PARSER_ERROR");
        put(codes, DUPLICATE, "DUPLICATES_DETECTED", "DUPLICATE_VALUE");
        put(codes, OWN_KEY, "DUPLICATE_EXTERNAL_ID", "CANNOT_UPDATE_CONVERTED_LEAD");
        return Map.copyOf(codes);
    }

    private static void put(Map<String, ErrorCode> codes, ErrorCode meaning, String... names) {
        for (String name : names) {
            codes.put(name, meaning);
        }
    }

    /** The names of all codes that have an entry. */
    static Set<String> known() {
        return BY_CODE.keySet();
    }

    /** What the code means, or null if it has no entry. */
    static @Nullable ErrorCode of(String code, String message) {
        if (code.equals("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY")
                && ALLOWED_TEXTS.stream().anyMatch(message::contains)) {
            return BUSY;
        }
        if (code.equals("REQUEST_LIMIT_EXCEEDED") && message.contains("Concurrent")) {
            return CROWDED;
        }
        return BY_CODE.get(code);
    }

    /** What an error of one record means: an unlisted one is about that record. */
    static ErrorCode ofRecord(SalesforceError error) {
        ErrorCode known = of(error.code(), error.message());
        return known != null ? known : LEAD;
    }

    /** Whether a call that was refused with this code may have written its records all the same. */
    static boolean mayHaveWritten(String code) {
        return PERHAPS_WRITTEN.contains(code);
    }

    /** Whether a code that mostly tells of the configuration can be the fault of one record. */
    static boolean mayBeAboutOneRecord(@Nullable String code) {
        return code != null && OF_ONE_RECORD.contains(code);
    }

    /** Whether it is a verdict on the lead and not on the call. */
    boolean isAboutTheLead() {
        return List.of(REQUIRED, LENGTH, PICKLIST, LEAD, DUPLICATE, OWN_KEY).contains(this);
    }
}
