package io.leaddispatch.cli;

import io.leaddispatch.DispatchReport;
import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.Problem;
import io.leaddispatch.json.LeadEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of one entry at one destination, for people.
 *
 * @param origin where it stands and where the lead comes from
 * @param lead the lead's id, or a dash
 * @param destination where to, or a dash
 * @param outcome a word or two
 * @param problems why; maybe empty
 * @param more what else is to be known, maybe empty
 */
record LeadRow(Origin origin, String lead, String destination, String outcome, List<Problem> problems, String more) {
    static final String DELIVERED = "delivered";
    static final String SUPPRESSED = "suppressed";
    static final String PENDING = "pending";
    static final String REJECTED = "rejected";
    static final String UNDELIVERED = "undelivered";
    static final String UNROUTED = "unrouted";
    static final String NOT_A_LEAD = "not a lead";

    /** Every outcome, from what went well to what did not. */
    static final List<String> OUTCOMES =
            List.of(DELIVERED, SUPPRESSED, PENDING, REJECTED, UNDELIVERED, UNROUTED, NOT_A_LEAD);

    private static final String NONE = "-";

    static List<LeadRow> of(Origin origin, DispatchReport report) {
        String id = report.leadId().value();
        if (report.isUnrouted()) {
            return List.of(unrouted(origin, id));
        }
        List<LeadRow> rows = new ArrayList<>();
        for (Map.Entry<String, Outcome> entry : report.outcomes().entrySet()) {
            rows.add(of(origin, id, entry.getKey(), entry.getValue()));
        }
        return rows;
    }

    static LeadRow unrouted(Origin origin, String lead) {
        return new LeadRow(origin, lead, NONE, UNROUTED, List.of(), "no route matches this lead");
    }

    private static LeadRow of(Origin origin, String id, String destination, Outcome outcome) {
        if (outcome instanceof Outcome.Delivered d) {
            return new LeadRow(origin, id, destination, DELIVERED, List.of(), details(d));
        }
        if (outcome instanceof Outcome.Rejected r) {
            return new LeadRow(origin, id, destination, REJECTED, List.of(r.problem()), "");
        }
        if (outcome instanceof Outcome.Suppressed s) {
            return new LeadRow(origin, id, destination, SUPPRESSED, List.of(s.reason()), "");
        }
        if (outcome instanceof Outcome.Pending p) {
            List<Problem> why = p.problem() == null ? List.of() : List.of(p.problem());
            return new LeadRow(origin, id, destination, PENDING, why, "stored, still to come");
        }
        Outcome.Undelivered u = (Outcome.Undelivered) outcome;
        String more = counted(u.attempts()) + (u.mayExist() ? "; it may be there all the same" : "");
        return new LeadRow(origin, id, destination, UNDELIVERED, List.of(u.problem()), more);
    }

    private static String details(Outcome.Delivered delivered) {
        List<String> more = new ArrayList<>();
        more.add(delivered.confirmation().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        if (delivered.recordId() != null) {
            more.add("record " + delivered.recordId());
        }
        if (delivered.attempts() > 1) {
            more.add(counted(delivered.attempts()));
        }
        more.addAll(delivered.notes());
        return String.join("; ", more);
    }

    private static String counted(int attempts) {
        return attempts == 1 ? "1 attempt" : attempts + " attempts";
    }

    /** An entry that holds no lead that could be sent. */
    static LeadRow of(LeadEntry.Faulty faulty) {
        return new LeadRow(
                Origin.of(faulty), NONE, NONE, isALead(faulty) ? REJECTED : NOT_A_LEAD, faulty.problems(), "");
    }

    /** Whether the entry is a lead all the same, one that breaks the rules of leads. */
    static boolean isALead(LeadEntry.Faulty faulty) {
        return faulty.problems().stream().allMatch(problem -> problem.code().startsWith("lead."));
    }

    boolean needsAHand() {
        return !(outcome.equals(DELIVERED) || outcome.equals(SUPPRESSED) || outcome.equals(PENDING));
    }

    /** Codes and causes, and what else is to be known. */
    String why() {
        String causes = problems.stream()
                .map(problem -> "[" + problem.code() + "] " + problem.cause() + vendor(problem))
                .collect(Collectors.joining("; "));
        return causes.isEmpty() ? more : causes + (more.isEmpty() ? "" : " (" + more + ")");
    }

    private static String vendor(Problem problem) {
        String code = problem.vendorCode() == null ? "" : ", its code: " + problem.vendorCode();
        return problem.records().isEmpty() ? code : code + ", records: " + String.join(", ", problem.records());
    }
}
