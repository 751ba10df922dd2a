package io.leaddispatch.docs;

import io.leaddispatch.spi.Setting;
import java.util.List;
import java.util.Map;

/** Prints the reference of all settings from their declarations. */
final class ConfigurationPage {
    private static final Map<String, String> HEADINGS = Map.of(
            "", "At the top",
            "destinations.NAME", "`destinations.NAME`",
            "destinations.NAME.lane", "`destinations.NAME.lane`",
            "routes[]", "`routes`, each entry",
            "policy", "`policy`");

    private final StringBuilder text = new StringBuilder();

    void section(String path, List<Setting<?>> settings) {
        heading(HEADINGS.getOrDefault(path, "`" + path + "`"));
        table(settings);
    }

    void destination(String type, List<Setting<?>> settings) {
        heading("`settings` of type `" + type + "`");
        text.append("What they are for: [")
                .append(type)
                .append("](")
                .append(type)
                .append(".md).\n\n");
        table(settings);
    }

    private void heading(String words) {
        text.append("\n## ").append(words).append("\n\n");
    }

    private void table(List<Setting<?>> settings) {
        text.append("| key | type | default | meaning |\n|---|---|---|---|\n");
        for (Setting<?> setting : settings) {
            text.append("| `").append(setting.key()).append("` | ");
            text.append(escaped(setting.typeName())).append(counted(setting));
            text.append(" | ").append(standard(setting)).append(" | ");
            text.append(escaped(setting.documentation()))
                    .append(aliases(setting))
                    .append(" |\n");
        }
    }

    /** What a number counts; the units of a duration stand at the top of the page. */
    private static String counted(Setting<?> setting) {
        return setting.typeName().startsWith("number") && setting.unit() != null ? ", " + setting.unit() : "";
    }

    private static String standard(Setting<?> setting) {
        Setting.When<?> when = setting.condition();
        String standard = setting.standardText();
        return setting.isRequired()
                ? "required"
                : standard != null ? "`" + escaped(standard) + "`" : when != null ? "required when " + when : "";
    }

    private static String aliases(Setting<?> setting) {
        return setting.aliases().isEmpty() ? "" : " Also spelled `" + String.join("`, `", setting.aliases()) + "`.";
    }

    private static String escaped(String words) {
        return words.replace("|", "\\|");
    }

    String print() {
        return text.toString();
    }
}
