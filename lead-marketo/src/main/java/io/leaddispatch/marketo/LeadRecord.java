package io.leaddispatch.marketo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.FieldLengths;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.OnTooLong;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * From a lead to Marketo's fields. Pure; safe for use by many threads.
 *
 * @see <a href="https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/leads">Leads</a>
 */
final class LeadRecord {
    static final String EMAIL = "email";

    /** The same by the name that a form has in a page. */
    static final String PAGE_EMAIL = "Email";

    /** What the marketplace's connector asks a form to have, by REST names. */
    static final Map<String, String> REST_FIELDS = ordered(
            EMAIL,
            "{email}",
            "firstName",
            "{firstName}",
            "lastName",
            "{lastName}",
            "phone",
            "{phone}",
            "company",
            "{company}",
            "country",
            "{country}",
            "title",
            "{title}",
            "leadSource",
            "{leadSource}");

    /** The same by the names that a form has in a page. */
    static final Map<String, String> PAGE_FIELDS = ordered(
            PAGE_EMAIL,
            "{email}",
            "FirstName",
            "{firstName}",
            "LastName",
            "{lastName}",
            "Phone",
            "{phone}",
            "Company",
            "{company}",
            "Country",
            "{country}",
            "Title",
            "{title}",
            "LeadSource",
            "{leadSource}");

    private static final int MOST_TEXT_BYTES = 30_000;
    private static final Set<String> TEXTS = Set.of("address", "billingStreet", "mktoPersonNotes");
    private static final Set<String> WHOLE_NUMBERS = Set.of("numberOfEmployees", "leadScore");
    private static final Set<String> FLAGS = Set.of("unsubscribed", "doNotCall");
    private static final Map<String, Integer> LENGTHS = lengths();

    private final FieldMapping mapping;
    private final List<Column> columns;
    private final FieldLengths lengths;
    private final String key;
    private final boolean cut;
    private final boolean hasTexts;

    /**
     * A field that may be sent.
     *
     * @param exists whether the destination has it; else it is left out
     * @param flag whether it is set for a do-not-contact lead
     */
    private record Column(String name, boolean exists, boolean flag) {}

    /**
     * @param key the field by which people are told apart
     * @param exists whether the destination has a field of that name; others are left out
     * @param doNotContact fields set for a do-not-contact lead
     */
    LeadRecord(FieldMapping mapping, String key, OnTooLong rule, Predicate<String> exists, List<String> doNotContact) {
        this.mapping = mapping;
        this.key = key;
        this.cut = rule == OnTooLong.CUT;
        Set<String> names = new LinkedHashSet<>(mapping.names());
        names.addAll(doNotContact);
        this.columns = names.stream()
                .map(name -> new Column(name, exists.test(name), doNotContact.contains(name)))
                .toList();
        this.hasTexts = !Collections.disjoint(TEXTS, names);
        Set<String> neverCut = new HashSet<>(List.of(EMAIL, PAGE_EMAIL, "externalCompanyId"));
        neverCut.add(key);
        this.lengths = FieldLengths.of(LENGTHS, neverCut, rule);
    }

    /**
     * The fields of a lead.
     *
     * @param fields by name, in order
     * @param notes what was cut or left out
     * @param problem why the lead cannot be sent, or null
     */
    record Fields(
            Map<String, Object> fields,
            List<String> notes,
            @Nullable Problem problem) {
        /** The same without that field. */
        Fields without(String name, String note) {
            Map<String, Object> rest = new LinkedHashMap<>(fields);
            rest.remove(name);
            List<String> more = new ArrayList<>(notes);
            more.add(note);
            return new Fields(rest, more, problem);
        }
    }

    Fields of(Lead lead) {
        Map<String, Object> fields = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>(0);
        for (Column column : columns) {
            Object value = column.flag && lead.doNotContact() ? true : mapping.of(lead, column.name);
            if (value == null || value instanceof String text && text.isEmpty()) {
                continue; // Marketo's reaction to an empty text is not known: it may clear the field
            }
            if (column.exists) {
                fields.put(column.name, typed(column.name, value));
            } else {
                notes.add(column.name + ": left out, the form does not have it");
            }
        }
        FieldLengths.Fitted fitted = lengths.fit(fields);
        notes.addAll(fitted.notes());
        List<String> tooLong = fitted.tooLong();
        Map<String, Object> all = fitted.fields();
        if (hasTexts) {
            tooLong = new ArrayList<>(tooLong);
            all = bytesFitted(all, notes, tooLong);
        }
        return new Fields(all, notes, problem(all, tooLong));
    }

    private @Nullable Problem problem(Map<String, Object> fields, List<String> tooLong) {
        if (!fields.containsKey(key)) {
            return MarketoProblems.NO_KEY.problem(key);
        }
        if (!isAscii(fields.get(EMAIL)) || !isAscii(fields.get(PAGE_EMAIL))) {
            return MarketoProblems.EMAIL_NOT_ASCII.problem();
        }
        return tooLong.isEmpty() ? null : MarketoProblems.TOO_LONG.problem(String.join("; ", tooLong));
    }

    private static boolean isAscii(@Nullable Object value) {
        if (value instanceof String text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) > 127) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Long text fields are bounded by bytes. */
    private Map<String, Object> bytesFitted(Map<String, Object> fields, List<String> notes, List<String> tooLong) {
        Map<String, Object> fitted = new LinkedHashMap<>(fields);
        for (String name : TEXTS) {
            if (!(fitted.get(name) instanceof String text) || bytes(text) <= MOST_TEXT_BYTES) {
                continue;
            }
            if (cut) {
                String shorter = cutToBytes(text);
                notes.add(name + ": " + text.length() + " -> " + shorter.length() + " characters");
                fitted.put(name, shorter);
            } else {
                tooLong.add(name + ": " + bytes(text) + " bytes, " + MOST_TEXT_BYTES + " allowed");
            }
        }
        return fitted;
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }

    private static String cutToBytes(String text) {
        int most = Math.min(text.length(), MOST_TEXT_BYTES);
        String shorter = FieldLengths.cut(text, most);
        while (bytes(shorter) > MOST_TEXT_BYTES) {
            int tooMany = bytes(shorter) - MOST_TEXT_BYTES;
            shorter = FieldLengths.cut(shorter, shorter.length() - (tooMany + 2) / 3);
        }
        return shorter;
    }

    /** Templates make texts. What a numeric field cannot read is sent as it is: Marketo's refusal names the field. */
    private static Object typed(String name, Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        if (FLAGS.contains(name) && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            return Boolean.valueOf(text.toLowerCase(Locale.ROOT));
        }
        if (WHOLE_NUMBERS.contains(name) && text.matches("-?[0-9]{1,9}")) {
            return Integer.valueOf(text);
        }
        return name.equals("annualRevenue") && text.matches("-?[0-9]{1,12}(\\.[0-9]{1,4})?")
                ? Double.valueOf(text)
                : value;
    }

    /**
     * People with equal keys must not be in two calls at once: Marketo would make two of them. The blank in it tells it from
     * any lead's id, which would exclude nobody.
     */
    String serialKey(Lead lead) {
        Object value = mapping.of(lead, key);
        return value == null
                ? "no " + key + " " + lead.id().value()
                : (key + " " + value.toString().strip()).toLowerCase(Locale.ROOT); // a form's Email is email
    }

    /** Names that are mapped and that the destination does not have. */
    List<String> leftOut() {
        return columns.stream()
                .filter(column -> !column.exists && mapping.names().contains(column.name))
                .map(Column::name)
                .toList();
    }

    /** Names that may be sent. */
    List<String> names() {
        return columns.stream()
                .filter(column -> column.exists || column.flag)
                .map(Column::name)
                .toList();
    }

    private static Map<String, Integer> lengths() {
        Map<String, Integer> lengths = new HashMap<>();
        List.of(
                        EMAIL,
                        "firstName",
                        "lastName",
                        "middleName",
                        "salutation",
                        "company",
                        "title",
                        "country",
                        "city",
                        "state",
                        "postalCode",
                        "leadSource",
                        "leadStatus",
                        "industry",
                        "department",
                        "rating",
                        "mainPhone",
                        "phone",
                        "mobilePhone",
                        "fax",
                        "website")
                .forEach(name -> lengths.put(name, 255));
        PAGE_FIELDS.keySet().forEach(name -> lengths.put(name, 255));
        lengths.put("leadRole", 50);
        lengths.put("externalCompanyId", 50);
        lengths.put("registrationSourceInfo", 2_000);
        return lengths;
    }

    private static Map<String, String> ordered(String... namesAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(map);
    }
}
