package io.leaddispatch.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a small file that a configuration refers to. */
final class TextFile {
    private static final int MOST_BYTES = 64 * 1024;

    private TextFile() {}

    /**
     * The file's text without the line break at its end, if there is one.
     *
     * @throws IllegalArgumentException saying what is wrong, never with content
     */
    static String read(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("refers to a file that does not exist");
        }
        if (!Files.isRegularFile(file)) { // reading a pipe could block for ever
            throw new IllegalArgumentException("refers to something that is not a file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new IllegalArgumentException("refers to a file that cannot be read; are its permissions right?");
        }
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("refers to a file of more than 64 KiB");
        }
        String text = withoutLineBreak(decode(bytes));
        if (text.isBlank()) {
            throw new IllegalArgumentException("refers to a file that is empty");
        }
        return text;
    }

    private static String decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("refers to a file that is not text in UTF-8");
        }
    }

    private static String withoutLineBreak(String text) {
        int end = text.endsWith("\r\n") ? 2 : text.endsWith("\n") || text.endsWith("\r") ? 1 : 0;
        return text.substring(0, text.length() - end);
    }
}
