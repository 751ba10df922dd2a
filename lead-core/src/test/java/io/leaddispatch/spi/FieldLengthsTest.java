package io.leaddispatch.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.leaddispatch.spi.FieldLengths.Fitted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldLengthsTest {
    private static final Map<String, Integer> LONGEST = Map.of("Name", 4, "Email", 5);
    private static final Set<String> KEYS = Set.of("Email");

    private static Map<String, Object> fields(String name, String email) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Name", name);
        fields.put("Email", email);
        fields.put("Rating", 123_456);
        fields.put("Free", "as long as you like");
        return fields;
    }

    @Test
    void whatFitsIsTheSameMap() {
        Map<String, Object> fields = fields("Ada!", "a@b.c");
        Fitted fitted = FieldLengths.of(LONGEST, KEYS, OnTooLong.CUT).fit(fields);
        assertThat(fitted.fields()).isSameAs(fields);
        assertThat(fitted.notes()).isEmpty();
        assertThat(fitted.tooLong()).isEmpty();
    }

    @Test
    void aCutIsNotedByFieldWithOldAndNewLength() {
        Map<String, Object> fields = fields("Augusta", "a@b.c");
        Fitted fitted = FieldLengths.of(LONGEST, KEYS, OnTooLong.CUT).fit(fields);
        assertThat(fitted.fields()).contains(entry("Name", "Augu"), entry("Rating", 123_456));
        assertThat(fitted.notes()).containsExactly("Name: 7 -> 4 characters");
        assertThat(fitted.tooLong()).isEmpty();
        assertThat(fields).contains(entry("Name", "Augusta"));
    }

    @Test
    void fieldsAreNotPrinted() {
        Fitted fitted = FieldLengths.of(LONGEST, KEYS, OnTooLong.CUT).fit(fields("Augusta", "ada@b.c"));
        assertThat(fitted)
                .hasToString("Fitted[fields=[Name, Email, Rating, Free], notes=[Name: 7 -> 4 characters],"
                        + " tooLong=[Email: 7 characters, 5 allowed]]");
    }

    @Test
    void aKeyIsNeverCut() {
        Fitted fitted = FieldLengths.of(LONGEST, KEYS, OnTooLong.CUT).fit(fields("Ada", "ada@b.c"));
        assertThat(fitted.fields()).contains(entry("Email", "ada@b.c"));
        assertThat(fitted.tooLong()).containsExactly("Email: 7 characters, 5 allowed");
    }

    @Test
    void rejectingNamesEveryFieldAndCutsNone() {
        Fitted fitted = FieldLengths.of(LONGEST, KEYS, OnTooLong.REJECT).fit(fields("Augusta", "ada@b.c"));
        assertThat(fitted.tooLong()).containsExactly("Name: 7 characters, 4 allowed", "Email: 7 characters, 5 allowed");
        assertThat(fitted.notes()).isEmpty();
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({
        "abcd, 4, abcd",
        "abcde, 4, abcd",
        "a\uD83D\uDE00b, 2, a",
        "a\uD83D\uDE00b, 3, a\uD83D\uDE00",
        "abc, 0, ''"
    })
    void aCutNeverSplitsACharacter(String text, int most, String cut) {
        assertThat(FieldLengths.cut(text, most)).isEqualTo(cut);
    }

    @Test
    void theSettingHasTheDestinationsDefault() {
        assertThat(FieldLengths.onTooLong(OnTooLong.REJECT).standard()).isEqualTo(OnTooLong.REJECT);
        assertThat(FieldLengths.onTooLong(OnTooLong.REJECT).read("cut")).isEqualTo(OnTooLong.CUT);
    }
}
