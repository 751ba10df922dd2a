package io.leaddispatch.dynamics;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;

/**
 * Writes the body of a $batch: CRLF after every line, also after the last boundary, without which Dataverse answers
 * 0x80048d19. Not safe for use by many threads.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/execute-batch-operations-using-web-api">
 *     Execute batch operations</a>
 */
final class BatchBody {
    private static final String END = "\r\n";

    private final String boundary;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** @param boundary letters, digits, {@code _} and {@code -}, which stand in no part */
    BatchBody(String boundary) {
        this.boundary = boundary;
    }

    String contentType() {
        return "multipart/mixed; boundary=\"" + boundary + "\"";
    }

    /**
     * One more request.
     *
     * @param request method and absolute path
     * @param header a further header line, or empty
     */
    BatchBody add(String request, String header, byte[] json) {
        line("--" + boundary);
        line("Content-Type: application/http");
        line("Content-Transfer-Encoding: binary");
        line("");
        line(request + " HTTP/1.1");
        line("Content-Type: application/json; type=entry");
        if (!header.isEmpty()) {
            line(header);
        }
        line("");
        bytes.writeBytes(json);
        line("");
        return this;
    }

    /** The whole; nothing may be added any more. */
    byte[] end() {
        line("--" + boundary + "--");
        return bytes.toByteArray();
    }

    private void line(String text) {
        bytes.writeBytes((text + END).getBytes(US_ASCII));
    }
}
