package io.leaddispatch.salesforce;

import io.leaddispatch.Confirmation;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Retry;
import io.leaddispatch.spi.DeliveryResult.Unknown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * From the servlet's answer to a result: a table over the status and the header {@code Is-Processed}, which begins with
 * "true" also when the form was refused. The body says nothing. Pure but for the clock.
 */
record WebAnswers(Clock clock) {
    static final String IS_PROCESSED = "Is-Processed";
    private static final String EXCEPTION = "exception";
    private static final Duration THROTTLED_WITHOUT_TIME = Duration.ofMinutes(1);
    private static final Pattern CODE = Pattern.compile("true|false|[A-Za-z0-9_.]{0,80}(?:Exception|Error)");

    DeliveryResult read(HttpAnswer answer, List<String> notes) {
        int status = answer.status();
        if (status == 200) {
            return processed(answer.headers().allValues(IS_PROCESSED), notes);
        }
        String code = "HTTP " + status;
        return switch (status) {
            case 429 -> {
                Instant until = answer.retryAfter(clock);
                yield new Pause(
                        SalesforceProblems.THROTTLED_BY_ORG.problem().withVendorCode(code),
                        until != null ? until : clock.instant().plus(THROTTLED_WITHOUT_TIME));
            }
            case 408, 503 ->
                new Retry(SalesforceProblems.BUSY.problem().withVendorCode(code), answer.retryAfter(clock));
            default -> other(status, code);
        };
    }

    private static DeliveryResult other(int status, String code) {
        if (status >= 500) { // it may have been stored before it broke, and a repeat would be a second lead
            return new Unknown(SalesforceProblems.SERVER_ERROR.problem().withVendorCode(code));
        }
        return status >= 300
                ? new Pause(SalesforceProblems.WEB_ADDRESS.problem().withVendorCode(code), null)
                : new Unknown(SalesforceProblems.WEB_UNCLEAR.problem().withVendorCode(code));
    }

    private static DeliveryResult processed(List<String> values, List<String> notes) {
        for (String value : values) {
            int at = value.toLowerCase(Locale.ROOT).indexOf(EXCEPTION);
            if (at >= 0) {
                String after = value.substring(at + EXCEPTION.length());
                String code = after.startsWith(":") ? after.substring(1) : value;
                return new Pause(SalesforceProblems.WEB_REFUSED.problem().withVendorCode(codeOf(code)), null);
            }
        }
        for (String value : values) {
            if (!value.strip().equalsIgnoreCase("true")) {
                return new Unknown(SalesforceProblems.WEB_UNCLEAR.problem().withVendorCode(codeOf(value)));
            }
        }
        return new Delivered(Confirmation.ACCEPTED, null, notes);
    }

    /** What looks like a code; anything else could be of the lead. */
    private static String codeOf(String raw) {
        String code = raw.strip();
        return CODE.matcher(code).matches() ? code : "(a value of " + raw.length() + " characters)";
    }

    /** What an exchange without an answer means. */
    static DeliveryResult read(TransportException failure) {
        if (failure.kind() == TransportException.Kind.UNFIT_CLIENT) {
            return new Pause(SalesforceProblems.CLIENT_UNFIT.problem(), null);
        }
        return failure.notSent()
                ? new Retry(SalesforceProblems.UNREACHABLE.problem(failure.describe()), null)
                : new Unknown(SalesforceProblems.NO_ANSWER.problem(failure.describe()));
    }
}
