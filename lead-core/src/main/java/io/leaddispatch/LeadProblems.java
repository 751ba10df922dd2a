package io.leaddispatch;

import static io.leaddispatch.Category.INVALID_LEAD;

import java.util.List;

/** What can be wrong with a lead itself, wherever it comes from. */
final class LeadProblems {
    static final ProblemType EMPTY = new ProblemType(
            "lead.empty",
            INVALID_LEAD,
            "the lead has neither an e-mail address nor a phone number nor a name",
            "Nobody could be reached with it. Check the form or the sender that produced it: a reader that expects"
                    + " other property names sees empty leads.");
    static final ProblemType EMAIL_INVALID = new ProblemType(
            "lead.email-invalid",
            INVALID_LEAD,
            "the e-mail address has no name or no domain, or a blank inside",
            "Correct the address in the lead and send it again.");
    static final ProblemType TOO_LONG = new ProblemType(
            "lead.too-long",
            INVALID_LEAD,
            "a field is longer than allowed",
            "Shorten the named field in the lead and send it again.");
    static final ProblemType ATTRIBUTES = new ProblemType(
            "lead.attributes",
            INVALID_LEAD,
            "the custom attributes break their limits",
            "Give at most 100 attributes, each with a name that is not blank, and send the lead again.");
    static final ProblemType SOURCE_TOO_LONG = new ProblemType(
            "lead.source-too-long",
            INVALID_LEAD,
            "the lead source is longer than " + LeadSource.MAX_LENGTH + " characters",
            "Shorten the lead source, or read it with parseLenient.");
    static final ProblemType SOURCE_MALFORMED = new ProblemType(
            "lead.source-malformed",
            INVALID_LEAD,
            "the text is not written as Source-Action|Offer is written",
            "Take out blanks around the parts and separators with nothing behind them, spell known codes as listed,"
                    + " or read it with parseLenient.");

    static final List<ProblemType> ALL =
            List.of(EMPTY, EMAIL_INVALID, TOO_LONG, ATTRIBUTES, SOURCE_TOO_LONG, SOURCE_MALFORMED);

    private LeadProblems() {}
}
