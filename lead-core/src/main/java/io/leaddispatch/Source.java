package io.leaddispatch;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a customer was when the lead came about. An open set: unknown codes are kept as they are.
 *
 * <p>Immutable; safe for use by many threads.
 *
 * @param code as it stands in a lead source, never blank
 * @see <a href="https://learn.microsoft.com/partner-center/referrals/commercial-marketplace-get-customer-leads">
 *     Customer leads from your commercial marketplace offer</a>
 */
public record Source(String code) {
    /** The Azure Marketplace site. */
    public static final Source AZURE_MARKETPLACE = new Source("AzureMarketplace");
    /** The Azure portal. */
    public static final Source AZURE_PORTAL = new Source("AzurePortal");
    /** Microsoft AppSource, whose name in older articles is {@code AppSource (SPZA)}. */
    public static final Source SPZA = new Source("SPZA");
    /** A test drive; stands in the vendor's lists of 2018 and 2020 only. */
    public static final Source TEST_DRIVE = new Source("TestDrive");

    private static final List<Source> KNOWN = List.of(AZURE_MARKETPLACE, AZURE_PORTAL, SPZA, TEST_DRIVE);
    private static final List<String> SPZA_ALIASES = List.of("AppSource", "AppSource (SPZA)");
    private static final Map<Source, String> MEANINGS = Map.of(
            AZURE_MARKETPLACE, "Azure Marketplace site",
            AZURE_PORTAL, "Azure portal",
            SPZA, "AppSource",
            TEST_DRIVE, "test drive");

    /** Checks that there is a code. */
    public Source {
        Objects.requireNonNull(code, "code");
        if (code.isBlank()) {
            throw new IllegalArgumentException("a source needs a code");
        }
    }

    /** The known sources. */
    public static List<Source> known() {
        return KNOWN;
    }

    /** The known source of that name, ignoring case and taking AppSource for SPZA, else a new one with this code. */
    public static Source of(String code) {
        Source known = knownIn(code, 0, code.length());
        return known != null ? known : new Source(code);
    }

    /** What the code means, or null for an unknown one. */
    public @Nullable String meaning() {
        return MEANINGS.get(this);
    }

    /** The known source spelled by this part of the text, without copying it or making anything else. */
    static @Nullable Source knownIn(String text, int from, int to) {
        for (int i = 0; i < KNOWN.size(); i++) {
            if (spells(text, from, to, KNOWN.get(i).code)) {
                return KNOWN.get(i);
            }
        }
        for (int i = 0; i < SPZA_ALIASES.size(); i++) {
            if (spells(text, from, to, SPZA_ALIASES.get(i))) {
                return SPZA;
            }
        }
        return null;
    }

    static boolean spells(String text, int from, int to, String word) {
        return to - from == word.length()
                && (text.startsWith(word, from) || text.regionMatches(true, from, word, 0, word.length()));
    }

    /** The code. */
    @Override
    public String toString() {
        return code;
    }
}
