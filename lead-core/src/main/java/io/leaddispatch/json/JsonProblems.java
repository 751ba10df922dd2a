package io.leaddispatch.json;

import static io.leaddispatch.Category.INVALID_LEAD;

import io.leaddispatch.ProblemType;
import java.util.List;

/** What can be wrong with the text of a lead. Nothing here ever quotes that text. */
final class JsonProblems {
    static final ProblemType SYNTAX = new ProblemType(
            "json.syntax",
            INVALID_LEAD,
            "the text is not valid JSON",
            "Look at the line and column given: the fault is there or just before. Mend the program that wrote the"
                    + " text, and send the lead again.");
    static final ProblemType NOT_UTF_8 = new ProblemType(
            "json.not-utf-8",
            INVALID_LEAD,
            "the text is not encoded in UTF-8",
            "Save or send it as UTF-8, with or without a byte order mark.");
    static final ProblemType TOO_LARGE = new ProblemType(
            "json.too-large",
            INVALID_LEAD,
            "the text of the lead, or a single text, name or number in it, is longer than allowed",
            "A lead has up to 16 MiB, a text in it a million characters, a name 4,096, a number 100. Check that the"
                    + " leads of a file are separated by line breaks, and that this is a lead at all.");
    static final ProblemType TOO_DEEP = new ProblemType(
            "json.too-deep",
            INVALID_LEAD,
            "objects and lists are nested more than 20 levels deep",
            "A lead needs three levels. Check the program that wrote the text.");
    static final ProblemType NOT_A_LEAD = new ProblemType(
            "json.not-a-lead",
            INVALID_LEAD,
            "this is not a lead",
            "Give the leads themselves: an object with userDetails, one with contact, or one with firstName, lastName,"
                    + " email and phone; one in each line, or a JSON list of them.");
    static final ProblemType WRONG_TYPE = new ProblemType(
            "json.wrong-type",
            INVALID_LEAD,
            "a property holds the wrong kind of value",
            "Write the named property as the message says, and send the lead again.");
    static final ProblemType BAD_VALUE = new ProblemType(
            "json.bad-value",
            INVALID_LEAD,
            "a property holds a value that cannot be read",
            "Write the named property as the message says, or leave it out, and send the lead again.");
    static final ProblemType VERSION = new ProblemType(
            "json.version",
            INVALID_LEAD,
            "the lead was written by a newer version of this library",
            "Read it with that version or a later one; this one knows version 1 of the form.");
    static final ProblemType CUSTOMER_INFO = new ProblemType(
            "json.customer-info",
            INVALID_LEAD,
            "the customer's details, given as a text, are not a JSON object",
            "Check the CustomerInfo column: it holds one JSON object as text. A text that was cut off cannot be read.");

    static final List<ProblemType> ALL =
            List.of(SYNTAX, NOT_UTF_8, TOO_LARGE, TOO_DEEP, NOT_A_LEAD, WRONG_TYPE, BAD_VALUE, VERSION, CUSTOMER_INFO);

    private JsonProblems() {}
}
