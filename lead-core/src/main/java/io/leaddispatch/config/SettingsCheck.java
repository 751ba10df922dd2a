package io.leaddispatch.config;

import io.leaddispatch.Secret;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks one object of a configuration against what is declared, and finds everything that is wrong at once. */
final class SettingsCheck {
    private static final String MASKED = "is masked (nothing but asterisks), as the marketplace shows a stored secret; "
            + "put the secret itself there, or ${env:NAME} or ${file:path}";

    private final Declared declared;
    private final String path;
    private final References references;
    private final Findings findings;

    /** What was given for a key that has no value: why not, or "" where a fault says so already. */
    private final Map<String, String> without = new HashMap<>();

    private final Map<String, Object> values = new HashMap<>();

    private SettingsCheck(Declared declared, String path, References references, Findings findings) {
        this.declared = declared;
        this.path = path;
        this.references = references;
        this.findings = findings;
    }

    /** The settings; incomplete if there were faults. */
    static Settings check(Declared declared, String path, Map<?, ?> given, References references, Findings findings) {
        SettingsCheck check = new SettingsCheck(declared, path, references, findings);
        Map<Setting<?>, String> spelledAs = new LinkedHashMap<>();
        given.forEach((key, raw) -> check.take(String.valueOf(key), raw, spelledAs));
        declared.settings().forEach(check::demand);
        return new CheckedSettings(check.values);
    }

    private void take(String key, @Nullable Object raw, Map<Setting<?>, String> spelledAs) {
        Setting<?> setting = declared.spelled(key);
        if (setting == null) {
            unknown(key);
            return;
        }
        String earlier = spelledAs.putIfAbsent(setting, key);
        if (earlier != null) {
            findings.fault(at(setting), "is given twice, as " + earlier + " and as " + key + "; keep one");
        } else if (raw != null) {
            read(setting, raw);
        }
    }

    private void unknown(String key) {
        String hint = declared.hintFor(key);
        if (hint == null) {
            return;
        }
        String what = "is not a setting of " + declared.owner();
        if (declared.lenient()) {
            findings.warn(path(path, shown(key)), what + " and not used" + hint);
        } else {
            findings.fault(path(path, shown(key)), what + hint);
        }
    }

    private void read(Setting<?> setting, Object raw) {
        String name = setting.key();
        try {
            if (raw instanceof String text && text.isBlank()) {
                without.put(name, "is missing: the text is empty");
            } else if (setting.isSecret() && isMasked(raw)) {
                without.put(name, MASKED);
            } else {
                Object value = setting.read(resolve(setting, raw));
                values.put(name, value instanceof Path file ? references.base().resolve(file) : value);
            }
        } catch (IllegalArgumentException e) { // says what is wrong, by the contract of Setting.read and References
            without.put(name, "");
            findings.fault(at(setting), String.valueOf(e.getMessage()));
        }
    }

    private Object resolve(Setting<?> setting, Object raw) {
        if (raw instanceof String text && References.isReference(text)) {
            Object found = setting.isSecret() ? references.secret(text, at(setting)) : references.text(text);
            if (isMasked(found instanceof Secret secret ? secret.reveal() : found)) {
                throw new IllegalArgumentException("refers to something that " + MASKED);
            }
            return found;
        }
        if (raw instanceof List<?> many) {
            List<Object> all = new ArrayList<>();
            many.forEach(one -> all.add(one == null ? "" : resolve(setting, one)));
            return all;
        }
        if (raw instanceof Map<?, ?> many) {
            Map<Object, @Nullable Object> all = new LinkedHashMap<>();
            many.forEach((key, one) -> all.put(key, one == null ? null : resolve(setting, one)));
            return all;
        }
        if (setting.isSecret() && isMasked(raw)) {
            throw new IllegalArgumentException(MASKED);
        }
        return raw;
    }

    private void demand(Setting<?> setting) {
        String name = setting.key();
        String why = without.getOrDefault(name, "is missing");
        if (values.containsKey(name) || why.isEmpty()) {
            return;
        }
        Setting.When<?> when = setting.condition();
        if (setting.isRequired()) {
            findings.fault(at(setting), why);
        } else if (when != null && holds(when)) {
            findings.fault(at(setting), why + " (needed because " + when + ")");
        } else if (without.containsKey(name) && !declared.lenient()) {
            findings.fault(at(setting), why + "; or leave the key out");
        } else if (MASKED.equals(why)) {
            findings.warn(at(setting), "is masked (nothing but asterisks) and not used");
        }
    }

    /** Whether the other setting has the value, given or by default; one that could not be read has none. */
    private boolean holds(Setting.When<?> when) {
        String other = when.other().key();
        Object value = values.get(other);
        if (value == null && !without.containsKey(other)) {
            value = when.other().standard();
        }
        return when.value().equals(value);
    }

    private static boolean isMasked(Object raw) {
        return raw instanceof String text
                && !text.isBlank()
                && text.strip().chars().allMatch(c -> c == '*');
    }

    private String at(Setting<?> setting) {
        return path(path, setting.key());
    }

    static String path(String parent, String key) {
        return parent.isEmpty() ? key : parent + "." + key;
    }

    /** The key as far as it can be shown: one that is no name at all may be a secret in the wrong place. */
    static String shown(String key) {
        boolean name = key.length() <= 64
                && !key.isEmpty()
                && key.chars().allMatch(c -> Character.isLetterOrDigit(c) || "$_-.@ ".indexOf(c) >= 0);
        return name ? key : "(a key of " + key.length() + " characters)";
    }
}
