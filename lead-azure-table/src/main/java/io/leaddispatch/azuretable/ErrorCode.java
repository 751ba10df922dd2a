package io.leaddispatch.azuretable;

import io.leaddispatch.http.HttpAnswer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service's code in an answer: from its header, or from a body in JSON or XML. Pure. */
final class ErrorCode {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]{1,80}");
    private static final Pattern XML =
            Pattern.compile("<(?:m:)?code>\\s*([A-Za-z0-9]{1,80})\\s*</", Pattern.CASE_INSENSITIVE);
    private static final Pattern JSON = Pattern.compile("\"code\"\\s*:\\s*\"([A-Za-z0-9]{1,80})\"");
    private static final int MOST_CHARACTERS = 4_096;

    private ErrorCode() {}

    /** The code, or an empty text. */
    static String of(HttpAnswer answer) {
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
        return "";
    }
}
