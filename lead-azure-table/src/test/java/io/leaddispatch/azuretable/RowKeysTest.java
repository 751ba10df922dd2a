package io.leaddispatch.azuretable;

import static org.assertj.core.api.Assertions.assertThat;

import io.leaddispatch.Lead;
import io.leaddispatch.testkit.Leads;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowKeysTest {
    private static Lead at(String created) {
        return Leads.sparse().toBuilder()
                .createdAt(created == null ? null : Instant.parse(created))
                .build();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2026-02-03T23:59:59.999Z, 2026-02-03, 251632137600000-lead-sparse",
        "2026-02-04T00:00:00Z, 2026-02-04, 251632137599999-lead-sparse",
        "1969-12-31T23:59:59Z, 1969-12-31, 253402300800999-lead-sparse",
        "0001-01-01T00:00:00Z, 0001-01-01, 315537897599999-lead-sparse",
        "9999-12-31T23:59:59.999999Z, undated, lead-sparse",
        "+10000-01-01T00:00:00Z, undated, lead-sparse",
        "-0001-01-01T00:00:00Z, undated, lead-sparse",
        ", undated, lead-sparse"
    })
    void theLeadsOwnDayIsItsPartition(String created, String partition, String row) {
        Lead lead = at(created);
        assertThat(RowKeys.partition(lead)).isEqualTo(partition);
        assertThat(RowKeys.row(lead)).isEqualTo(row);
        assertThat(RowKeys.leadId(partition, row)).isEqualTo(lead.id());
    }

    @Test
    void newerLeadsComeFirst() {
        assertThat(RowKeys.row(at("2026-02-03T10:00:00.001Z"))).isLessThan(RowKeys.row(at("2026-02-03T10:00:00Z")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a/b\\c#d?e, a:2Fb:5Cc:23d:3Fe",
        "100%:x'y, 100:25:3Ax:27y",
        "Az09._~@+-, Az09._~@+-",
    })
    void signsThatKeysMustNotHoldAreEscapedAndComeBack(String id, String key) {
        assertThat(RowKeys.escaped(id)).isEqualTo(key);
        assertThat(RowKeys.leadId(RowKeys.UNDATED, key).value()).isEqualTo(id);
    }

    @Test
    void theLongestIdFitsInAKey() {
        Lead lead = at("2026-02-03T10:00:00Z").toBuilder().id("/".repeat(128)).build();
        assertThat(RowKeys.row(lead)).hasSizeLessThanOrEqualTo(512);
        assertThat(RowKeys.leadId(RowKeys.partition(lead), RowKeys.row(lead))).isEqualTo(lead.id());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "251632137600000-a:2",
                "251632137600000-a:2g",
                "251632137600000-a/b",
                "x",
                "1-a",
                "251632137600000-:00"
            })
    void keysOfOthersHoldNoId(String row) {
        assertThat(RowKeys.leadId("2026-02-03", row)).isNull();
        assertThat(RowKeys.leadId("2:2F3:2F2026", "251632137600000-a")).isNull();
    }
}
