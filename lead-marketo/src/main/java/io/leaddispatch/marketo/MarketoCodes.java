package io.leaddispatch.marketo;

import io.leaddispatch.ProblemType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Marketo's error codes and what follows from them. Pure.
 *
 * @see <a href="https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/error-codes">Error codes</a>
 */
final class MarketoCodes {
    /** What follows, the more decisive first: of several codes that of the first kind counts. */
    enum Action {
        /** The token is dropped and a new one tried, once. */
        RENEW,
        /** The destination is held. */
        HOLD,
        /** The lead is refused. */
        REJECT,
        /** A pause until the daily reset. */
        DAY,
        /** A pause of one window. */
        WINDOW,
        /** A short pause, and fewer calls at once. */
        CROWD,
        /** Nobody knows what was executed. */
        UNKNOWN,
        /** Nothing was executed; later again. */
        RETRY
    }

    /** What a code means for us. */
    record Verdict(Action action, ProblemType problem) {}

    /**
     * The verdict that decides, and the codes that led to it.
     *
     * @param deciding the code of that verdict
     */
    record Ruling(Verdict verdict, String codes, String deciding) {}

    /** For {@code success:false} without a code, which counts as Marketo's "system error". */
    static final String SYSTEM_ERROR = "611";

    /** For a skipped record without a code. */
    static final String SKIPPED = "skipped";

    /** For a code that is missing, or is no number. */
    static final String UNKNOWN = "unknown";

    /** What there is no data for, when a form is submitted: the form. */
    static final String NO_DATA = "702";

    /** By Adobe's words these speak of forms, folders, rules and merges, never of a value; 701, 704, 718 do. */
    private static final Set<String> OF_THE_SET_UP = Set.of(NO_DATA, "709", "710", "711", "712", "714");

    private static final Map<String, Verdict> BY_CODE = new HashMap<>();

    static {
        put(Action.RENEW, MarketoProblems.TOKEN_REFUSED, 601, 602);
        put(Action.HOLD, MarketoProblems.PERMISSION, 603);
        put(Action.HOLD, MarketoProblems.REQUEST_REFUSED, 600, 605, 609, 610, 612, 613, 616, 703);
        put(Action.HOLD, MarketoProblems.UNKNOWN_FIELD, 1006);
        put(Action.HOLD, MarketoProblems.PARTITION_OR_LOOKUP, 1008, 1009, 1011);
        put(Action.DAY, MarketoProblems.DAILY_QUOTA, 607);
        put(Action.WINDOW, MarketoProblems.RATE, 606);
        put(Action.CROWD, MarketoProblems.CONCURRENCY, 615);
        put(Action.UNKNOWN, MarketoProblems.NO_ANSWER, 500, 502, 604);
        put(Action.RETRY, MarketoProblems.UNAVAILABLE, 608, 611, 614, 713, 719, 1016, 1019, 1020, 1029);
        put(Action.REJECT, MarketoProblems.SEVERAL_MATCHES, 1007);
        put(Action.REJECT, MarketoProblems.COMPANY_FIXED, 1021);
        put(Action.REJECT, MarketoProblems.REFUSED_LEAD, 701, 702, 704, 709, 710, 711, 712, 714, 718);
        BY_CODE.put(SKIPPED, new Verdict(Action.REJECT, MarketoProblems.REFUSED_LEAD));
    }

    private MarketoCodes() {}

    private static void put(Action action, ProblemType problem, int... codes) {
        for (int code : codes) {
            BY_CODE.put(Integer.toString(code), new Verdict(action, problem));
        }
    }

    /** An unknown code of four digits is a fault of the lead, any other passing trouble of Marketo's. */
    static Verdict of(String code) {
        Verdict known = BY_CODE.get(code);
        if (known != null) {
            return known;
        }
        return code.length() == 4
                ? new Verdict(Action.REJECT, MarketoProblems.REFUSED_LEAD)
                : new Verdict(Action.RETRY, MarketoProblems.UNAVAILABLE);
    }

    /** Whether Marketo documents that code. */
    static boolean isListed(String code) {
        return BY_CODE.containsKey(code);
    }

    /** Whether a call that fails with it as a whole fails whatever leads it carries. */
    static boolean isOfTheSetUp(String code) {
        return OF_THE_SET_UP.contains(code);
    }

    /** What several codes mean together; of two that mean the same the unlisted one decides. */
    static Ruling of(List<Envelope.Code> all, String otherwise) {
        List<String> codes = new ArrayList<>();
        all.forEach(each -> codes.add(each.code()));
        if (codes.isEmpty()) {
            codes.add(otherwise);
        }
        String deciding = codes.stream()
                .min(Comparator.comparing((String code) -> of(code).action()).thenComparing(MarketoCodes::isListed))
                .orElseThrow();
        return new Ruling(of(deciding), String.join(", ", codes), deciding);
    }
}
