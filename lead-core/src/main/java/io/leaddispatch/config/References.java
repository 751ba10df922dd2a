package io.leaddispatch.config;

import io.leaddispatch.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Follows {@code ${env:NAME}} and {@code ${file:path}}, where they are the whole value.
 *
 * @param base what relative paths start from
 * @param environment the value of an environment variable, or null
 * @param clock decides when a secret is read again
 */
record References(Path base, UnaryOperator<String> environment, Clock clock) {
    private static final String HOW = "${env:NAME} or ${file:path}";

    /** Whether the text is, or tries to be, a reference. */
    static boolean isReference(String text) {
        String bare = text.strip();
        return bare.startsWith("${") && bare.endsWith("}") && bare.indexOf('}') == bare.length() - 1
                || bare.contains("${env:")
                || bare.contains("${file:");
    }

    /**
     * What the text refers to, as a text that stays, or the text itself.
     *
     * @throws IllegalArgumentException saying what is wrong, never with a value
     */
    String text(String given) {
        return isReference(given) ? source(given).get() : given;
    }

    /**
     * A secret that is read again at most once a minute.
     *
     * @param path of the setting, for the log
     * @throws IllegalArgumentException saying what is wrong, never with a value
     */
    Secret secret(String given, String path) {
        Rereading source = new Rereading(source(given), path, clock);
        source.get();
        return Secret.from(source);
    }

    private Supplier<String> source(String given) {
        String bare = given.strip();
        boolean whole = bare.startsWith("${") && bare.indexOf('}') == bare.length() - 1;
        if (!whole) {
            throw new IllegalArgumentException("holds a reference beside other text; a reference is the whole value");
        }
        String inside = bare.substring(2, bare.length() - 1);
        if (inside.startsWith("env:") && inside.length() > 4) {
            String name = inside.substring(4).strip();
            return () -> variable(name);
        }
        if (inside.startsWith("file:") && inside.length() > 5) {
            Path file = file(inside.substring(5).strip());
            return () -> TextFile.read(file);
        }
        throw new IllegalArgumentException("is not a reference of the form " + HOW);
    }

    private String variable(String name) {
        String value = environment.apply(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "refers to the environment variable " + shown(name) + ", which is not set");
        }
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "refers to the environment variable " + shown(name) + ", which is empty");
        }
        return value;
    }

    /** A usual name helps to find the fault; anything else may be a secret in the wrong place. */
    private static String shown(String name) {
        boolean usual = name.length() <= 64
                && name.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_');
        return usual ? name : "(name not shown)";
    }

    private Path file(String name) {
        try {
            return base.resolve(name);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("refers to a file with an impossible name");
        }
    }
}
