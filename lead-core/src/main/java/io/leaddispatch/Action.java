package io.leaddispatch;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a customer did to become a lead. An open set: unknown codes are kept as they are.
 *
 * <p>Immutable; safe for use by many threads.
 *
 * @param code as it stands in a lead source, never blank
 * @see <a href="https://learn.microsoft.com/partner-center/referrals/commercial-marketplace-get-customer-leads">
 *     Customer leads from your commercial marketplace offer</a>
 */
public record Action(String code) {
    /** Installation: the button that acquires a product. A free trial says so too; the two cannot be told apart. */
    public static final Action INS = new Action("INS");
    /** Partner Led Trial: <em>Contact me</em> on AppSource. */
    public static final Action PLT = new Action("PLT");
    /** Do Not Contact: a partner shown on your page was asked to be contacted. For your information only. */
    public static final Action DNC = new Action("DNC");
    /** A purchase in the Azure portal. */
    public static final Action CREATE = new Action("Create");
    /** The start of a test drive. */
    public static final Action START_TEST_DRIVE = new Action("StartTestDrive");

    private static final List<Action> KNOWN = List.of(INS, PLT, DNC, CREATE, START_TEST_DRIVE);
    private static final Map<Action, String> MEANINGS = Map.of(
            INS, "installation or free trial",
            PLT, "partner led trial (contact me)",
            DNC, "do not contact",
            CREATE, "purchase in the Azure portal",
            START_TEST_DRIVE, "start of a test drive");

    /** Checks that there is a code. */
    public Action {
        Objects.requireNonNull(code, "code");
        if (code.isBlank()) {
            throw new IllegalArgumentException("an action needs a code");
        }
    }

    /** The known actions. */
    public static List<Action> known() {
        return KNOWN;
    }

    /** The known action of that name, ignoring case, else a new one with this code. */
    public static Action of(String code) {
        Action known = knownIn(code, 0, code.length());
        return known != null ? known : new Action(code);
    }

    /** What the code means, or null for an unknown one. */
    public @Nullable String meaning() {
        return MEANINGS.get(this);
    }

    /** The known action spelled by this part of the text, without copying it or making anything else. */
    static @Nullable Action knownIn(String text, int from, int to) {
        for (int i = 0; i < KNOWN.size(); i++) {
            if (Source.spells(text, from, to, KNOWN.get(i).code)) {
                return KNOWN.get(i);
            }
        }
        return null;
    }

    /** The code. */
    @Override
    public String toString() {
        return code;
    }
}
