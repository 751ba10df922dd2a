package io.leaddispatch.azuretable;

import io.leaddispatch.http.HttpAnswer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The service's code in an answer: from its header, or from a body in JSON or XML; and the status. Pure. */
final class ErrorCode {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]{1,80}");
    private static final Pattern XML =
            Pattern.compile("<(?:m:)?code>\\s*([A-Za-z0-9]{1,80})\\s*</", Pattern.CASE_INSENSITIVE);
    private static final Pattern JSON = Pattern.compile("\"code\"\\s*:\\s*\"([A-Za-z0-9]{1,80})\"");
    private static final Pattern PART = Pattern.compile("^HTTP/1\\.[01] ([45]\\d\\d)", Pattern.MULTILINE);
    private static final int MOST_CHARACTERS = 4_096;

    private ErrorCode() {}

    /** The status of a transaction's part that failed; of any other answer its own. */
    static int status(HttpAnswer answer) {
        Matcher part = PART.matcher(answer.isSuccess() ? answer.text() : "");
        return part.find() ? Integer.parseInt(part.group(1)) : answer.status();
    }

    /** The code, or null. */
    static @Nullable String of(HttpAnswer answer) {
        String header = answer.header("x-ms-error-code");
        if (header != null && WORD.matcher(header).matches()) {
            return header;
        }
        String text = answer.text();
        String beginning = text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
        for (Pattern form : new Pattern[] {JSON, XML}) {
            Matcher code = form.matcher(beginning);
            if (code.find()) {
                return code.group(1);
            }
        }
        return null;
    }
}
