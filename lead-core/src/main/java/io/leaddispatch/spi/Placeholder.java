package io.leaddispatch.spi;

import io.leaddispatch.Lead;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What of a lead a mapping's template may name in braces. A value is never empty; null if the lead has none. */
@FunctionalInterface
interface Placeholder {
    @Nullable String of(Lead lead);

    /** The placeholder of that name, or null. */
    static @Nullable Placeholder named(String name) {
        return name.startsWith(Known.ATTRIBUTE) && name.length() > Known.ATTRIBUTE.length()
                ? attribute(name.substring(Known.ATTRIBUTE.length()))
                : Known.BY_NAME.get(name);
    }

    /** All names but those of attributes. */
    static Set<String> names() {
        return Known.BY_NAME.keySet();
    }

    private static Placeholder attribute(String name) {
        return lead -> lead.attributes().get(name);
    }

    /** The placeholders with a fixed name. */
    final class Known {
        private static final String ATTRIBUTE = "attr.";
        private static final Map<String, Placeholder> BY_NAME = new LinkedHashMap<>();

        static {
            BY_NAME.put("email", lead -> lead.contact().email());
            BY_NAME.put("firstName", lead -> lead.contact().firstName());
            BY_NAME.put("lastName", lead -> lead.contact().lastName());
            BY_NAME.put("phone", lead -> lead.contact().phone());
            BY_NAME.put("country", lead -> lead.contact().country());
            BY_NAME.put("company", lead -> lead.contact().company());
            BY_NAME.put("title", lead -> lead.contact().title());
            BY_NAME.put("source", printed(lead -> lead.source().source()));
            BY_NAME.put("action", printed(lead -> lead.source().action()));
            BY_NAME.put("offer", printed(lead -> lead.source().offer()));
            BY_NAME.put("offerTitle", Lead::offerTitle);
            BY_NAME.put("leadSource", printed(Lead::source));
            BY_NAME.put("description", Lead::description);
            BY_NAME.put("leadId", printed(Lead::id));
            BY_NAME.put("createdAt", printed(Lead::createdAt));
        }

        private Known() {}

        /** Parts of a lead source print their code, ids their value, times ISO-8601; nothing at all is absent. */
        private static Placeholder printed(Function<Lead, @Nullable Object> part) {
            return lead -> {
                String text = Objects.toString(part.apply(lead), "");
                return text.isEmpty() ? null : text;
            };
        }
    }
}
