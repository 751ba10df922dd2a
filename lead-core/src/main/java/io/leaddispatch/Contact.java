package io.leaddispatch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who a lead is: seven texts as the marketplace gives them, any of which may be absent.
 *
 * <p>Immutable; safe for use by many threads. Rules and lengths are checked by {@link Lead.Builder#build()}.
 *
 * @param firstName given name
 * @param lastName family name
 * @param email e-mail address
 * @param phone telephone number, free text
 * @param country free text, not a code list: the marketplace's own examples have both {@code US} and {@code USA}
 * @param company the company's name
 * @param title job title
 */
public record Contact(
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String country,
        @Nullable String company,
        @Nullable String title) {

    /** Nobody. */
    public static final Contact NONE = new Contact(null, null, null, null, null, null, null);

    /** The fields that are there, by name, in the order of the components; a new map, in the caller's hands. */
    public Map<String, String> present() {
        Map<String, String> present = new LinkedHashMap<>();
        putIfThere(present, "firstName", firstName);
        putIfThere(present, "lastName", lastName);
        putIfThere(present, "email", email);
        putIfThere(present, "phone", phone);
        putIfThere(present, "country", country);
        putIfThere(present, "company", company);
        putIfThere(present, "title", title);
        return present;
    }

    private static void putIfThere(Map<String, String> into, String name, @Nullable String value) {
        if (value != null) {
            into.put(name, value);
        }
    }

    /** The names of the fields that are there, never a value. */
    @Override
    public String toString() {
        return "Contact" + present().keySet();
    }
}
