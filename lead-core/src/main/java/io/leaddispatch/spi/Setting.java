package io.leaddispatch.spi;

import io.leaddispatch.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One declared key: the only place for its name, type, rule, default and documentation. Immutable; each change makes a
 * new one.
 *
 * @param <T> the value's type
 */
public final class Setting<T> {
    private final String key;
    private final String typeName;
    private final SettingType<T> type;
    private final boolean required;
    private final @Nullable When<?> requiredWhen;
    private final @Nullable T standard;
    private final String doc;
    private final List<String> aliases;
    private final @Nullable String unit;

    private Setting(
            String key,
            String typeName,
            SettingType<T> type,
            boolean required,
            @Nullable When<?> requiredWhen,
            @Nullable T standard,
            String doc,
            List<String> aliases,
            @Nullable String unit) {
        this.key = Objects.requireNonNull(key, "key");
        this.typeName = typeName;
        this.type = type;
        this.required = required;
        this.requiredWhen = requiredWhen;
        this.standard = standard;
        this.doc = doc;
        this.aliases = aliases;
        this.unit = unit;
    }

    private static <T> Setting<T> of(String key, String typeName, SettingType<T> type) {
        return new Setting<>(key, typeName, type, false, null, null, "", List.of(), null);
    }

    /** A text that is not blank. */
    public static Setting<String> text(String key) {
        return of(key, "text", SettingType::text);
    }

    /** A text with a form of its own. */
    public static Setting<String> text(String key, String form, java.util.function.Predicate<String> rule) {
        return of(key, "text", raw -> {
            String text = SettingType.text(raw);
            if (!rule.test(text)) {
                throw new IllegalArgumentException("not " + form);
            }
            return text;
        });
    }

    /** An absolute URI. */
    public static Setting<URI> uri(String key) {
        return of(key, "uri", SettingType::uri);
    }

    /** A text that is never printed; may refer to {@code ${env:NAME}} or {@code ${file:path}}. */
    public static Setting<Secret> secret(String key) {
        return of(key, "secret", SettingType::secret);
    }

    /** A file; in a configuration file a relative path starts from that file's directory. */
    public static Setting<Path> file(String key) {
        return of(key, "file", SettingType::file);
    }

    /** A whole number from min to max, both included. */
    public static Setting<Integer> number(String key, int min, int max) {
        return of(key, "number from " + min + " to " + max, raw -> SettingType.number(raw, min, max));
    }

    /** A positive time such as {@code 500ms}, {@code 10s}, {@code 2m}, {@code 1h} or {@code 2d}. */
    public static Setting<Duration> duration(String key) {
        return of(key, "duration", SettingType::duration).unit("ms, s, m, h or d");
    }

    /**
     * One of the constants of an enum, written as in Java, in lower case with dashes, or as its
     * {@link Object#toString()}; ignoring case.
     */
    public static <E extends Enum<E>> Setting<E> choice(String key, Class<E> choices) {
        String names = Stream.of(choices.getEnumConstants())
                .map(SettingType::choiceName)
                .collect(Collectors.joining(" | "));
        return of(key, names, raw -> SettingType.choice(raw, choices));
    }

    /** True or false. */
    public static Setting<Boolean> flag(String key) {
        return of(key, "true | false", SettingType::flag);
    }

    /** Names with values: text, numbers or booleans; a null value is kept (it removes what a default would set). */
    public static Setting<Map<String, Object>> map(String key) {
        return of(key, "map", SettingType::map);
    }

    /** Names with secrets, such as headers: none of the values is ever printed. */
    public static Setting<Map<String, Secret>> secretMap(String key) {
        return of(key, "map of secrets", SettingType::secretMap);
    }

    /** A list of texts; a single text counts as a list of one. */
    public static Setting<List<String>> list(String key) {
        return of(key, "list of texts", SettingType::list);
    }

    /** A list of secrets; a single one counts as a list of one. */
    public static Setting<List<Secret>> secrets(String key) {
        return of(key, "list of secrets", SettingType::secrets);
    }

    /** This setting, which must be given. */
    public Setting<T> required() {
        return new Setting<>(key, typeName, type, true, requiredWhen, standard, doc, aliases, unit);
    }

    /** This setting, which must be given when the other one has that value, given or by default. */
    public <V> Setting<T> requiredWhen(Setting<V> other, V value) {
        return new Setting<>(key, typeName, type, required, new When<>(other, value), standard, doc, aliases, unit);
    }

    /** This setting with a default. */
    public Setting<T> or(T newStandard) {
        return new Setting<>(
                key, typeName, type, required, requiredWhen, Objects.requireNonNull(newStandard), doc, aliases, unit);
    }

    /** This setting with its one line of documentation. */
    public Setting<T> doc(String text) {
        return new Setting<>(key, typeName, type, required, requiredWhen, standard, text, aliases, unit);
    }

    /** This setting with what its number counts, in the plural, e.g. {@code leads}. */
    public Setting<T> unit(String name) {
        return new Setting<>(key, typeName, type, required, requiredWhen, standard, doc, aliases, name);
    }

    /** This setting with further spellings of its key, e.g. {@code applicationID}; case is ignored anyway. */
    public Setting<T> alias(String... others) {
        return new Setting<>(
                key, typeName, type, required, requiredWhen, standard, doc, List.copyOf(Arrays.asList(others)), unit);
    }

    /** The key, in the marketplace's spelling where it has one. */
    public String key() {
        return key;
    }

    /** The type in words, for documentation. */
    public String typeName() {
        return typeName;
    }

    /** What its number counts, or the units it may be written with; null where that has no meaning. */
    public @Nullable String unit() {
        return unit;
    }

    /** Whether it must be given whatever else is. */
    public boolean isRequired() {
        return required;
    }

    /** Whether its value is never printed. */
    public boolean isSecret() {
        return typeName.contains("secret");
    }

    /** The condition under which it must be given, or null. */
    public @Nullable When<?> condition() {
        return requiredWhen;
    }

    /** The default, or null. */
    public @Nullable T standard() {
        return standard;
    }

    /** The default as a configuration would have it, such as {@code 30s}; null if there is none or it is empty. */
    public @Nullable String standardText() {
        if (standard == null || standard instanceof Map<?, ?> map && map.isEmpty()) {
            return null;
        }
        return standard instanceof Enum<?> choice
                ? SettingType.choiceName(choice)
                : standard instanceof Duration time ? SettingType.durationText(time) : standard.toString();
    }

    /** One line of documentation. */
    public String documentation() {
        return doc;
    }

    /** Further spellings of the key. */
    public List<String> aliases() {
        return aliases;
    }

    /**
     * The value that a configuration gives.
     *
     * @param raw a text, number, boolean, list, map or {@link Secret}, as a JSON reader gives it
     * @throws IllegalArgumentException in the form "not a duration (example: 10s)", never with the value
     */
    public T read(Object raw) {
        return type.read(raw);
    }

    /** The key, never a value. */
    @Override
    public String toString() {
        return "Setting[" + key + "]";
    }

    /**
     * Another setting's value that makes this one required.
     *
     * @param other the other setting
     * @param value its value
     * @param <V> its type
     */
    public record When<V>(Setting<V> other, V value) {
        /** In words, as in "authentication is azureAD". */
        @Override
        public String toString() {
            return other.key() + " is " + (value instanceof Enum<?> choice ? SettingType.choiceName(choice) : value);
        }
    }
}
