package io.leaddispatch.dynamics;

import io.leaddispatch.Problem;
import io.leaddispatch.ProblemType;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Dataverse's error codes mean, and the phrases by which an error without a code is known. Pure.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes">Web
 *     service error codes</a>
 */
final class DataverseCodes {
    /** A record with our own key is there already. */
    static final String DUPLICATE_RECORD = "0x80040237";

    private static final Map<String, ProblemType> BY_CODE = new HashMap<>();
    private static final Map<Pattern, ProblemType> BY_PHRASE = new LinkedHashMap<>();

    /** A request that could not be read, or one that names what is not there: only the words tell. */
    private static final Set<String> UNREAD = Set.of("0x80048d19", "0x80060888");

    private static final String COLUMN = "[A-Za-z0-9_]{1,100}(?:@odata\\.bind)?";
    private static final Pattern PRIVILEGE = Pattern.compile("\\b(prv[A-Za-z0-9_]{3,60})\\b");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("(?i)(?:property|property named|attribute|field)\\s+'(" + COLUMN + ")'");
    private static final Pattern QUOTED_ATTRIBUTE =
            Pattern.compile("(?i)'(" + COLUMN + ")'\\s+(?:attribute|property|field)");

    static {
        codes(
                DynamicsProblems.LEAD_ROLE_MISSING,
                "0x80040220",
                "0x80040231",
                "0x80048405",
                "0x80040276",
                "0x80048306",
                "0x8004f502",
                "0x8004f507",
                "0x8004f503");
        codes(DynamicsProblems.NO_ROLES, "0x80042f09");
        codes(DynamicsProblems.APPLICATION_USER_MISSING, "0x80072560");
        codes(DynamicsProblems.USER_DISABLED, "0x80040225", "0x80041d1f");
        codes(DynamicsProblems.LEAD_DUPLICATE, "0x80060892", "0x80040333");
        codes(DynamicsProblems.TABLE_MISSING, "0x8006088a");
        codes(DynamicsProblems.REFERENCE_MISSING, "0x80060891", "0x80040217");
        codes(DynamicsProblems.VALUE_TOO_LONG, "0x80044331");
        codes(
                DynamicsProblems.LEAD_INVALID,
                "0x80040200",
                "0x80040203",
                "0x80041a01",
                "0x80048d19",
                "0x80040278",
                "0x8004431a");
        codes(DynamicsProblems.CUSTOMER_LOGIC, "0x80040265");
        codes(DynamicsProblems.LEAD_TOO_LARGE, "0x8004418a");
        codes(DynamicsProblems.TOKEN_REJECTED, "0x80041d52", "0x8004a101", "0x80044302");
        codes(DynamicsProblems.UNAVAILABLE, "0x80044151", "0x80044150");
        codes(DynamicsProblems.THROTTLED_BY_SERVICE, "0x80072321", "0x80072322", "0x80072326", "0x80072327");

        phrase(
                "invalid property '|undeclared property '|could not find a property named|does not exist on type"
                        + "|untyped value in non-open type|the key in the request uri is not valid",
                DynamicsProblems.COLUMN_MISSING);
        phrase(
                "create permissions for the leads?ourcecode|create permission to a secured field|missing prvcreatelead",
                DynamicsProblems.LEAD_ROLE_MISSING);
        phrase(
                "retrieveprivilegeforuser|no roles are assigned to user|has not been assigned any roles",
                DynamicsProblems.NO_ROLES);
        phrase("not a member of the organization", DynamicsProblems.APPLICATION_USER_MISSING);
        phrase("exceeded the maximum allowed length", DynamicsProblems.VALUE_TOO_LONG);
        phrase("resource not found for the segment", DynamicsProblems.TABLE_MISSING);
        phrase(
                "number of requests exceeded|combined execution time|number of concurrent requests|too many concurrent",
                DynamicsProblems.THROTTLED_BY_SERVICE);
    }

    private DataverseCodes() {}

    private static void codes(ProblemType type, String... codes) {
        for (String code : codes) {
            BY_CODE.put(code, type);
        }
    }

    private static void phrase(String regex, ProblemType type) {
        BY_PHRASE.put(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), type);
    }

    /** What an error is, first by its code unless that says too little, then by its words; null if neither says. */
    static @Nullable ProblemType type(DataverseError error) {
        ProblemType byCode = BY_CODE.get(error.code());
        if (UNREAD.contains(error.code())) {
            ProblemType byPhrase = byPhrase(error.message());
            return byPhrase != null ? byPhrase : byCode;
        }
        if (DynamicsProblems.LEAD_ROLE_MISSING.equals(byCode) && error.message().contains("AsyncOperation")) {
            return DynamicsProblems.SYSTEM_JOB_PRIVILEGE_MISSING;
        }
        if (error.code().equals("0x8004431a") && error.message().contains("leadsourcecode")) {
            return DynamicsProblems.LEAD_SOURCE_CODE_INVALID;
        }
        return byCode != null ? byCode : byPhrase(error.message());
    }

    /** Whether a request could not be read, for a reason that is not among the known ones. */
    static boolean isUnread(DataverseError error) {
        return UNREAD.contains(error.code()) && byPhrase(error.message()) == null;
    }

    /** Whether the words are those for a record with our own key. */
    static boolean saysOwnKey(DataverseError error) {
        return error.message().toLowerCase(Locale.ROOT).contains("matching key values");
    }

    /** An alternate key's words hold its name between them. */
    private static boolean saysOtherKey(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("entity key ") && lower.contains(" violated");
    }

    private static @Nullable ProblemType byPhrase(String message) {
        if (saysOtherKey(message)) {
            return DynamicsProblems.LEAD_DUPLICATE;
        }
        return BY_PHRASE.entrySet().stream()
                .filter(phrase -> phrase.getKey().matcher(message).find())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /**
     * The problem, with what of the message helps and may be shown.
     *
     * @param personal values of the lead, never to be shown
     */
    static Problem problem(ProblemType type, DataverseError error, Collection<String> personal) {
        String detail = detail(type, error.message(), personal);
        return (detail == null ? type.problem() : type.problem(detail))
                .withVendorCode(error.code().isEmpty() ? null : error.code());
    }

    private static @Nullable String detail(ProblemType type, String message, Collection<String> personal) {
        String privilege = VendorText.find(PRIVILEGE, message);
        if (privilege != null) {
            return "missing " + privilege;
        }
        if (type.equals(DynamicsProblems.CUSTOMER_LOGIC)) {
            return message.isBlank() ? null : VendorText.shown(message, personal);
        }
        String before = VendorText.find(ATTRIBUTE, message);
        String attribute = before != null ? before : VendorText.find(QUOTED_ATTRIBUTE, message);
        return attribute == null || personal.stream().anyMatch(attribute::equalsIgnoreCase) ? null : attribute;
    }
}
