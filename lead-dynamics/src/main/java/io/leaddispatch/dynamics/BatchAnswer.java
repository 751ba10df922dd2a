package io.leaddispatch.dynamics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.leaddispatch.http.HttpAnswer;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to a $batch: the answers in it, in order. Takes any bytes: what is cut off or no multipart gives the
 * answers that are whole. Line ends may be CRLF or LF; a body ends at the next boundary whatever Content-Length says.
 *
 * @see <a href="https://docs.oasis-open.org/odata/odata/v4.0/odata-v4.0-part1-protocol.html#_Toc372793748">OData 4.0,
 *     batch requests</a>
 */
final class BatchAnswer {
    private static final int MOST_DEPTH = 3;
    /** Characters of a content type that are read: the pattern takes time by the square of its length. */
    private static final int MOST_TYPE = 1_000;

    private static final Pattern BOUNDARY = Pattern.compile(
            "(?i)multipart/mixed\\s*;(?:[^\"]*;)?\\s*boundary=(?:\"([^\"]{1,200})\"|([^\\s;\"]{1,200}))");
    private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d{3})(?: .*)?");

    private record Part(Map<String, List<String>> headers, String body) {
        String type() {
            List<String> types = headers.get("content-type");
            return types == null ? "" : types.get(0);
        }
    }

    private BatchAnswer() {}

    /** The answers in a body of that content type; a set of changes counts as its own answers. Maybe empty. */
    static List<HttpAnswer> parse(@Nullable String contentType, byte[] body) {
        List<HttpAnswer> answers = new ArrayList<>();
        collect(contentType == null ? "" : contentType, new String(body, ISO_8859_1), answers, 0);
        return answers;
    }

    private static void collect(String contentType, String text, List<HttpAnswer> into, int depth) {
        Matcher boundary = boundary(contentType);
        if (depth >= MOST_DEPTH || !boundary.find()) {
            return;
        }
        String name = boundary.group(1) != null ? boundary.group(1) : boundary.group(2);
        for (String section : sections(text, "--" + name)) {
            Part part = part(section);
            if (boundary(part.type()).find()) {
                collect(part.type(), part.body(), into, depth + 1);
            } else {
                HttpAnswer answer = answer(part.body());
                if (answer == null) {
                    return; // what follows could no longer be told whose answer it is
                }
                into.add(answer);
            }
        }
    }

    private static Matcher boundary(String contentType) {
        return BOUNDARY.matcher(contentType.substring(0, Math.min(contentType.length(), MOST_TYPE)));
    }

    /** What stands between boundaries, without the line end before each; nothing after the last boundary. */
    private static List<String> sections(String text, String boundary) {
        List<String> sections = new ArrayList<>();
        int start = -1;
        int line = 0;
        while (line <= text.length()) {
            int end = text.indexOf('\n', line);
            int lineEnd = end < 0 ? text.length() : end;
            if (text.startsWith(boundary, line)) {
                String rest = text.substring(line + boundary.length(), lineEnd).strip();
                boolean between = rest.isEmpty() && end >= 0; // without its line end it is cut off
                if (between || rest.equals("--")) {
                    if (start >= 0) {
                        sections.add(text.substring(start, withoutLineEnd(text, start, line)));
                    }
                    if (!between) {
                        return sections;
                    }
                    start = end + 1;
                }
            }
            if (end < 0) {
                break;
            }
            line = end + 1;
        }
        return sections;
    }

    private static int withoutLineEnd(String text, int start, int end) {
        int at = end;
        if (at > start && text.charAt(at - 1) == '\n') {
            at--;
        }
        return at > start && text.charAt(at - 1) == '\r' ? at - 1 : at;
    }

    /** Headers up to the first empty line, then the body. */
    private static Part part(String section) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int line = 0;
        while (line < section.length()) {
            int end = section.indexOf('\n', line);
            int lineEnd = end < 0 ? section.length() : end;
            String header = section.substring(line, lineEnd).strip();
            line = end < 0 ? section.length() : end + 1;
            if (header.isEmpty()) {
                break;
            }
            String name = header.substring(0, Math.max(0, header.indexOf(':'))).trim();
            if (!name.isEmpty()) {
                headers.computeIfAbsent(name, ignored -> new ArrayList<>(1))
                        .add(header.substring(header.indexOf(':') + 1).strip());
            }
        }
        return new Part(headers, section.substring(line));
    }

    private static @Nullable HttpAnswer answer(String message) {
        int end = message.indexOf('\n');
        Matcher status = STATUS.matcher(
                end < 0 ? message.strip() : message.substring(0, end).strip());
        if (!status.matches()) {
            return null;
        }
        Part rest = part(end < 0 ? "" : message.substring(end + 1));
        return new HttpAnswer(
                Integer.parseInt(status.group(1)),
                HttpHeaders.of(rest.headers(), (name, value) -> true),
                rest.body().getBytes(ISO_8859_1),
                false);
    }
}
