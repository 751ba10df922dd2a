package io.leaddispatch.dynamics;

import com.fasterxml.jackson.databind.JsonNode;
import io.leaddispatch.Problem;
import io.leaddispatch.ProblemType;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.spi.DeliveryResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From a refusal of the token endpoint to what follows. The numbers explain, {@code error} decides where none is known:
 * Microsoft asks clients not to depend on the numbers. Pure but for the clock.
 *
 * @param clock for Retry-After
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">Authentication error
 *     codes</a>
 */
record SignInAnswers(Clock clock) {
    private static final Duration THROTTLED_WITHOUT_TIME = Duration.ofSeconds(5);
    private static final int WRAPPER = 70002;
    private static final int ASSERTION = 50012;
    private static final Pattern NUMBER = Pattern.compile("AADSTS(\\d{4,8})");

    private static final Map<Integer, ProblemType> BY_NUMBER = new LinkedHashMap<>();
    private static final Map<Integer, String> DETAILS = Map.of(
            50126, "wrong user name or password",
            50034, "the user does not exist in this directory",
            50055, "the password has expired",
            50056, "the user has no password",
            50057, "the account is disabled",
            50053, "the account is locked, or signs in from a blocked address");
    private static final Map<Pattern, ProblemType> BY_PHRASE = new LinkedHashMap<>();

    static {
        numbers(SignInProblems.TENANT_NOT_FOUND, 90002);
        numbers(SignInProblems.TENANT_MALFORMED, 900023);
        numbers(SignInProblems.APPLICATION_NOT_FOUND, 700016);
        numbers(SignInProblems.CLIENT_SECRET_INVALID, 7000215);
        numbers(SignInProblems.CLIENT_SECRET_EXPIRED, 7000222);
        numbers(SignInProblems.APPLICATION_DISABLED, 7000112);
        numbers(SignInProblems.CREDENTIAL_MISSING, 7000218);
        numbers(SignInProblems.CERTIFICATE_INVALID, 700027, ASSERTION);
        numbers(SignInProblems.URL_NOT_IN_TENANT, 500011);
        numbers(SignInProblems.SIGN_IN, 50126, 50034, 50055, 50056, 50057, 50053);
        numbers(SignInProblems.MFA_REQUIRED, 50076, 50079, 50072, 50074, 50158);
        numbers(SignInProblems.ACCESS_BLOCKED, 53003, 530035);
        numbers(SignInProblems.CONSENT_MISSING, 65001, 90094);
        numbers(SignInProblems.TOKEN_LOOP, 50196);
        numbers(SignInProblems.IDENTITY_UNAVAILABLE, 90033, 90024, 50033, 90006, 90012);
        numbers(SignInProblems.IDENTITY_THROTTLED, 90055);

        phrase("invalid client secret", SignInProblems.CLIENT_SECRET_INVALID);
        phrase(
                "application with identifier\\b.{0,200}?(?:was not|wasn['’]t) found in the directory",
                SignInProblems.APPLICATION_NOT_FOUND);
        phrase("(?:requested|specified) tenant identifier\\b", SignInProblems.TENANT_MALFORMED);
        phrase(
                "\\btenant(?:\\s+'[^']{0,200}')?\\s+(?:was\\s+)?not found|no active subscriptions for the tenant",
                SignInProblems.TENANT_NOT_FOUND);
    }

    private static void numbers(ProblemType type, int... numbers) {
        for (int number : numbers) {
            BY_NUMBER.put(number, type);
        }
    }

    private static void phrase(String regex, ProblemType type) {
        BY_PHRASE.put(Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL), type);
    }

    /** What follows from a refusal. */
    DeliveryResult read(HttpAnswer answer) {
        JsonNode root = DataverseError.json(answer.body());
        String error = root == null ? "" : root.path("error").asText("");
        String description = root == null ? "" : root.path("error_description").asText("");
        Set<Integer> numbers = numbers(root, description);
        ProblemType type = type(numbers, error, description, answer);
        return of(problem(type, numbers, error, description, answer), answer);
    }

    private static Set<Integer> numbers(@Nullable JsonNode root, String description) {
        Set<Integer> numbers = new LinkedHashSet<>();
        if (root != null) {
            root.path("error_codes").forEach(code -> numbers.add(code.asInt()));
        }
        Matcher matcher = NUMBER.matcher(description);
        while (matcher.find()) {
            numbers.add(Integer.parseInt(matcher.group(1)));
        }
        if (numbers.size() > 1) {
            numbers.remove(WRAPPER);
        }
        return numbers;
    }

    private static ProblemType type(Set<Integer> numbers, String error, String description, HttpAnswer answer) {
        for (int number : numbers) {
            ProblemType known = BY_NUMBER.get(number);
            if (known != null) {
                boolean secret = number == ASSERTION
                        && description.toLowerCase(Locale.ROOT).contains("client secret");
                return secret ? SignInProblems.CLIENT_SECRET_INVALID : known;
            }
        }
        for (Map.Entry<Pattern, ProblemType> phrase : BY_PHRASE.entrySet()) {
            if (phrase.getKey().matcher(description).find()) {
                return phrase.getValue();
            }
        }
        return numbers.contains(WRAPPER) ? SignInProblems.CLIENT_SECRET_INVALID : byError(error, answer);
    }

    private static ProblemType byError(String error, HttpAnswer answer) {
        if (answer.status() == 429) {
            return SignInProblems.IDENTITY_THROTTLED;
        }
        if (answer.status() >= 500 || answer.status() == 408) {
            return SignInProblems.IDENTITY_UNAVAILABLE;
        }
        return switch (error) {
            case "invalid_grant", "invalid_client", "unauthorized_client" -> SignInProblems.SIGN_IN;
            case "interaction_required" -> SignInProblems.MFA_REQUIRED;
            case "consent_required" -> SignInProblems.CONSENT_MISSING;
            case "invalid_resource" -> SignInProblems.URL_NOT_IN_TENANT;
            case "invalid_tenant" -> SignInProblems.TENANT_NOT_FOUND;
            case "temporarily_unavailable", "server_error" -> SignInProblems.IDENTITY_UNAVAILABLE;
            default -> SignInProblems.UNCLASSIFIED;
        };
    }

    private static Problem problem(
            ProblemType type, Set<Integer> numbers, String error, String description, HttpAnswer answer) {
        String detail = numbers.stream()
                .map(DETAILS::get)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
        boolean known = numbers.stream().anyMatch(BY_NUMBER::containsKey);
        if (detail == null && !known && !description.isBlank()) {
            detail = VendorText.shown(description, List.of());
        }
        String code = numbers.isEmpty()
                ? error.isEmpty() ? "HTTP " + answer.status() : VendorText.shown(error, List.of())
                : "AADSTS"
                        + numbers.stream()
                                .filter(BY_NUMBER::containsKey)
                                .findFirst()
                                .orElse(numbers.iterator().next());
        return (detail == null ? type.problem() : type.problem(detail)).withVendorCode(code);
    }

    private DeliveryResult of(Problem problem, HttpAnswer answer) {
        return switch (problem.category()) {
            case TRANSIENT -> new DeliveryResult.Retry(problem, answer.retryAfter(clock));
            case THROTTLED -> {
                Instant until = answer.retryAfter(clock);
                yield new DeliveryResult.Pause(
                        problem, until != null ? until : clock.instant().plus(THROTTLED_WITHOUT_TIME));
            }
            default -> new DeliveryResult.Pause(problem, null);
        };
    }
}
