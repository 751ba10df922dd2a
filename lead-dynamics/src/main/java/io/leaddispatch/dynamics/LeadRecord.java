package io.leaddispatch.dynamics;

import io.leaddispatch.Lead;
import io.leaddispatch.Source;
import io.leaddispatch.spi.FieldLengths;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.OnTooLong;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * From a lead to a row of the table {@code lead}. Pure.
 *
 * @param mapping columns and what they get
 * @param ownDescription whether the description is composed here: source, texts that did not fit, the customer's words
 * @param sourceCodes Lead Source options by marketplace source, in lower case
 * @param doNotContact columns that are true for a customer who is not to be contacted
 * @param longest most UTF-16 units by column
 * @param rule what becomes of longer texts
 */
record LeadRecord(
        FieldMapping mapping,
        boolean ownDescription,
        Map<String, Integer> sourceCodes,
        Set<String> doNotContact,
        Map<String, Integer> longest,
        OnTooLong rule) {
    private static final String NO_NAME = "Unknown";
    private static final String NO_SUBJECT = "Lead";

    /** What columns get for want of a value. */
    static final Set<String> FILLERS = Set.of(NO_NAME, NO_SUBJECT);

    static final String CUT_MARK = "…";

    /** This with the lengths that the environment itself gives. */
    LeadRecord withLengths(Map<String, Integer> read) {
        Map<String, Integer> merged = new LinkedHashMap<>(longest);
        merged.putAll(read);
        return new LeadRecord(mapping, ownDescription, sourceCodes, doNotContact, merged, rule);
    }

    /** The row of a lead. */
    LeadRow of(Lead lead) {
        Map<String, Object> columns = mapping.of(lead);
        fillRequired(columns, lead);
        sourceCode(columns, lead);
        if (lead.doNotContact()) {
            doNotContact.forEach(column -> columns.put(column, true));
        }
        List<String> notes = new ArrayList<>(lead.notes());
        List<String> tooLong = new ArrayList<>(0);
        boolean spare =
                ownDescription && rule == OnTooLong.CUT && mapping.names().contains(LeadColumns.DESCRIPTION);
        List<String> whole = new ArrayList<>(0);
        if (spare) {
            moveOut(columns, notes, whole);
        }
        Map<String, Object> others = new LinkedHashMap<>(columns);
        if (ownDescription) {
            others.remove(LeadColumns.DESCRIPTION);
        }
        FieldLengths.Fitted fitted = LeadColumns.lengths(longest, rule).fit(others);
        notes.addAll(fitted.notes());
        tooLong.addAll(fitted.tooLong());
        columns.putAll(fitted.fields());
        if (ownDescription && mapping.names().contains(LeadColumns.DESCRIPTION)) {
            cutTexts(others, fitted.fields(), whole);
            describe(columns, lead, whole, notes, tooLong);
        }
        return new LeadRow(LeadGuid.of(lead.id()), columns, notes, tooLong, LeadRow.personal(lead, columns));
    }

    /** Dataverse's forms demand both, though its interface is said not to. */
    private static void fillRequired(Map<String, Object> columns, Lead lead) {
        columns.putIfAbsent(LeadColumns.SUBJECT, NO_SUBJECT);
        if (!columns.containsKey(LeadColumns.LAST_NAME)) {
            String email = lead.contact().email();
            String company = lead.contact().company();
            String name = email != null ? email.substring(0, email.lastIndexOf('@')) : company;
            columns.put(LeadColumns.LAST_NAME, name == null ? NO_NAME : name);
        }
    }

    private void sourceCode(Map<String, Object> columns, Lead lead) {
        Source source = lead.source().source();
        Integer code = source == null ? null : sourceCodes.get(source.code().toLowerCase(Locale.ROOT));
        if (code != null) {
            columns.put(LeadColumns.SOURCE_CODE, code);
        }
    }

    /** A value that does not fit and may not be cut goes into the description as a whole. */
    private void moveOut(Map<String, Object> columns, List<String> notes, List<String> whole) {
        for (Map.Entry<String, Object> column : List.copyOf(columns.entrySet())) {
            String name = column.getKey();
            Integer most = longest.get(name);
            if (LeadColumns.isNeverCut(name)
                    && most != null
                    && column.getValue() instanceof String text
                    && text.length() > most) {
                columns.remove(name);
                whole.add(name + ": " + text);
                notes.add(name + ": " + text.length() + " characters, " + most + " allowed: moved to description");
            }
        }
    }

    private static void cutTexts(Map<String, Object> before, Map<String, Object> after, List<String> whole) {
        before.forEach((name, value) -> {
            if (!value.equals(after.get(name))) {
                whole.add(name + ": " + value);
            }
        });
    }

    private void describe(
            Map<String, Object> columns, Lead lead, List<String> whole, List<String> notes, List<String> tooLong) {
        List<String> lines = new ArrayList<>();
        Object source = columns.get(LeadColumns.DESCRIPTION);
        if (source != null) {
            lines.add(source.toString());
        }
        lines.addAll(whole);
        if (lead.description() != null) {
            lines.add(lead.description());
        }
        String text = String.join("\n", lines);
        Integer most = longest.get(LeadColumns.DESCRIPTION);
        if (text.isEmpty()) {
            columns.remove(LeadColumns.DESCRIPTION);
        } else if (most == null || text.length() <= most) {
            columns.put(LeadColumns.DESCRIPTION, text);
        } else if (rule == OnTooLong.REJECT) {
            tooLong.add(LeadColumns.DESCRIPTION + ": " + text.length() + " characters, " + most + " allowed");
        } else {
            String cut = most < 1 ? "" : FieldLengths.cut(text, most - 1) + CUT_MARK;
            columns.put(LeadColumns.DESCRIPTION, cut);
            notes.add(LeadColumns.DESCRIPTION + ": " + text.length() + " -> " + cut.length() + " characters");
        }
    }
}
