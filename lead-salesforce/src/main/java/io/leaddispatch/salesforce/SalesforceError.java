package io.leaddispatch.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One error as Salesforce tells it, of a record or of a call. It never prints its message, which may quote the lead.
 *
 * @param code the vendor's code; empty if there is none
 * @param message for the exceptions that a code alone does not tell
 * @param fields names of the fields it is about
 * @param matches records that a duplicate rule found, as {@code Lead 00Q...}
 */
record SalesforceError(String code, String message, List<String> fields, List<String> matches) {
    private static final Pattern RECORD_ID = Pattern.compile("record with id: ([0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?)\\b");
    private static final Pattern LEAD_ID = Pattern.compile("\\b00Q[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?\\b");
    private static final Pattern MAX_LENGTH = Pattern.compile("\\(max length=([0-9]{1,6})\\)");
    private static final String LEAD = "Lead ";
    private static final int LONGEST_CODE = 80;
    private static final int MOST_MATCHES = 20;

    /** Reads one error; anything unexpected is left out. */
    static SalesforceError of(JsonNode error) {
        // inside a record the key is statusCode, at the top errorCode
        String code = error.path("statusCode").asText(error.path("errorCode").asText(""));
        List<String> fields = new ArrayList<>();
        error.path("fields").forEach(field -> fields.add(field.asText()));
        return new SalesforceError(codeOf(code), error.path("message").asText(""), fields, matches(error));
    }

    private static String codeOf(String raw) {
        String plain = raw.replaceAll("[^A-Za-z0-9._-]", "?");
        return plain.length() > LONGEST_CODE ? plain.substring(0, LONGEST_CODE) : plain;
    }

    /** Both spellings occur: answers have been captured with the first. */
    private static List<String> matches(JsonNode error) {
        JsonNode result =
                error.hasNonNull("duplicateResut") ? error.get("duplicateResut") : error.path("duplicateResult");
        List<String> found = new ArrayList<>();
        for (JsonNode rule : result.path("matchResults")) {
            for (JsonNode match : rule.path("matchRecords")) {
                String id = match.path("record").path("Id").asText("");
                String type =
                        match.path("record").path("attributes").path("type").asText("");
                if (id.matches("[0-9A-Za-z]{15,18}") && type.matches("\\w{1,80}") && found.size() < MOST_MATCHES) {
                    found.add(type + " " + id);
                }
            }
        }
        return found;
    }

    /** The first error of a call that was refused as a whole: mostly an array, but an object occurs; or null. */
    static @Nullable SalesforceError first(@Nullable JsonNode body) {
        JsonNode one = body == null ? null : body.isArray() ? body.get(0) : body;
        return one == null || !one.isObject() || !(one.has("errorCode") || one.has("statusCode")) ? null : of(one);
    }

    /**
     * The record that has the value already, named in the message of DUPLICATE_VALUE; or null. In another language than
     * English only a lead's id is known for one.
     */
    @Nullable String recordInMessage() {
        Matcher id = RECORD_ID.matcher(message);
        return id.find() ? id.group(1) : leadInMessage();
    }

    /** The id of a lead in the message, in whatever language it is; or null. */
    @Nullable String leadInMessage() {
        Matcher id = LEAD_ID.matcher(message);
        return id.find() ? id.group() : null;
    }

    /** Whether the message names that field, whole, in any case. */
    boolean names(String field) {
        String text = message.toLowerCase(Locale.ROOT);
        String name = field.toLowerCase(Locale.ROOT);
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            int end = at + name.length();
            if ((at == 0 || !isOfName(text.charAt(at - 1))) && (end == text.length() || !isOfName(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfName(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    /** The length that the field takes, named in the message of STRING_TOO_LONG; -1 if it is not. */
    int maxLength() {
        Matcher length = MAX_LENGTH.matcher(message);
        return length.find() ? Integer.parseInt(length.group(1)) : -1;
    }

    /** The first match that is a lead and not a contact or account; or null. */
    @Nullable String matchingLead() {
        return matches.stream()
                .filter(match -> match.startsWith(LEAD))
                .findFirst()
                .map(match -> match.substring(LEAD.length()))
                .orElse(null);
    }

    /** All records it names. */
    List<String> records() {
        String inMessage = recordInMessage();
        return inMessage == null ? matches : List.of(inMessage);
    }

    /** The code and the fields. */
    @Override
    public String toString() {
        return code + fields;
    }
}
