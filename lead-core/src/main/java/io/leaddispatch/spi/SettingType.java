package io.leaddispatch.spi;

import io.leaddispatch.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns what a configuration file holds into a value, or says what it should have been, never what it was. */
@FunctionalInterface
interface SettingType<T> {
    T read(Object raw);

    static String text(Object raw) {
        if (raw instanceof Number || raw instanceof Boolean) {
            return raw.toString();
        }
        if (!(raw instanceof String text) || text.isBlank()) {
            throw new IllegalArgumentException("not a text");
        }
        return text.strip();
    }

    static URI uri(Object raw) {
        URI uri;
        try {
            uri = raw instanceof URI given ? given : new URI(text(raw));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URI, fault at character " + (e.getIndex() + 1));
        }
        if (!uri.isAbsolute()) {
            throw new IllegalArgumentException("not an absolute URI (example: https://example.com/leads)");
        }
        return uri;
    }

    static Path file(Object raw) {
        try {
            return raw instanceof Path given ? given : Path.of(text(raw));
        } catch (InvalidPathException e) { // its text quotes the path
            throw new IllegalArgumentException("not a possible name of a file");
        }
    }

    static Secret secret(Object raw) {
        return raw instanceof Secret secret ? secret : Secret.of(text(raw));
    }

    static Integer number(Object raw, int min, int max) {
        long number;
        try {
            number = Long.parseLong(text(raw));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a whole number");
        }
        if (number < min || number > max) {
            throw new IllegalArgumentException("not a number from " + min + " to " + max);
        }
        return (int) number;
    }

    static Duration duration(Object raw) {
        if (raw instanceof Duration given && !given.isNegative() && !given.isZero()) {
            return given;
        }
        String text = text(raw).toLowerCase(Locale.ROOT);
        int unit = 0;
        while (unit < text.length() && text.charAt(unit) >= '0' && text.charAt(unit) <= '9') {
            unit++;
        }
        try {
            long number = Long.parseLong(text.substring(0, unit));
            Duration duration = switch (text.substring(unit)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                default -> Duration.ZERO;
            };
            if (duration.isZero() || duration.compareTo(Duration.ofDays(36_500)) > 0) {
                throw new IllegalArgumentException("not a duration (example: 10s; units are ms, s, m, h, d)");
            }
            return duration;
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("not a duration (example: 10s; units are ms, s, m, h, d)");
        }
    }

    /** As {@link #duration} reads it, in the largest unit that fits. */
    static String durationText(Duration time) {
        long millis = time.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        return seconds % 86_400 == 0
                ? seconds / 86_400 + "d"
                : seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    static <E extends Enum<E>> E choice(Object raw, Class<E> choices) {
        if (choices.isInstance(raw)) {
            return choices.cast(raw);
        }
        String text = text(raw);
        List<String> names = new ArrayList<>();
        for (E choice : choices.getEnumConstants()) {
            if (text.equalsIgnoreCase(choiceName(choice)) || text.equalsIgnoreCase(choice.name())) {
                return choice;
            }
            names.add(choiceName(choice));
        }
        throw new IllegalArgumentException("not one of " + String.join(", ", names));
    }

    static String choiceName(Enum<?> choice) {
        return choice.toString().equals(choice.name())
                ? choice.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : choice.toString();
    }

    static Boolean flag(Object raw) {
        String text = text(raw);
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text.equalsIgnoreCase("true");
        }
        throw new IllegalArgumentException("neither true nor false");
    }

    static Map<String, Object> map(Object raw) {
        if (!(raw instanceof Map<?, ?> given)) {
            throw new IllegalArgumentException("not an object with names and values");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            if (value instanceof Map || value instanceof List) {
                throw new IllegalArgumentException("holds something that is neither text nor number nor true or false");
            }
            map.put(String.valueOf(name), value);
        });
        return Collections.unmodifiableMap(map);
    }

    static Map<String, Secret> secretMap(Object raw) {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        map(raw).forEach((name, value) -> {
            if (value == null) {
                throw new IllegalArgumentException("has a name without a value");
            }
            secrets.put(name, secret(value));
        });
        return Collections.unmodifiableMap(secrets);
    }

    static List<String> list(Object raw) {
        return (raw instanceof List<?> many ? many : List.of(raw))
                .stream().map(SettingType::text).toList();
    }

    static List<Secret> secrets(Object raw) {
        return (raw instanceof List<?> many ? many : List.of(raw))
                .stream().map(SettingType::secret).toList();
    }
}
