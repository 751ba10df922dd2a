package io.leaddispatch.salesforce;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Countries as people write them, to ISO 3166 codes and English names. Pure. */
final class Countries {
    private static final Map<String, String> CODES = codes();

    private Countries() {}

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        for (String code : Locale.getISOCountries()) {
            Locale country = new Locale("", code);
            codes.put(code.toLowerCase(Locale.ROOT), code);
            codes.put(country.getISO3Country().toLowerCase(Locale.ROOT), code);
            codes.put(country.getDisplayCountry(Locale.ENGLISH).toLowerCase(Locale.ROOT), code);
        }
        codes.put("united states of america", "US");
        codes.put("u.s.", "US");
        codes.put("u.s.a.", "US");
        codes.put("uk", "GB");
        codes.put("great britain", "GB");
        codes.put("england", "GB");
        codes.put("czech republic", "CZ");
        codes.put("korea, republic of", "KR");
        codes.put("russian federation", "RU");
        codes.put("viet nam", "VN");
        codes.put("deutschland", "DE");
        codes.put("the netherlands", "NL");
        return codes;
    }

    /** Two capital letters, or null if the text names no country that is known here. */
    static @Nullable String code(String text) {
        return CODES.get(text.strip().toLowerCase(Locale.ROOT));
    }

    /** The English name of a country's code. */
    static String name(String code) {
        return new Locale("", code).getDisplayCountry(Locale.ENGLISH);
    }
}
