package io.leaddispatch.azuretable;

import io.leaddispatch.Lead;
import io.leaddispatch.Offer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows to read. Start from {@link #ALL} and change what differs. Only the partition is an index of the service's;
 * the times are compared there too, the rest here. Immutable.
 *
 * @param partition its partition key, e.g. {@code 2026-02-03}; null for all
 * @param writtenFrom rows written last at that time or later, by the service's clock, to the millisecond; null for all
 * @param writtenBefore rows written last before that time, to the millisecond; null for all
 * @param offer the offer's id, or its title, ignoring case; null for any. Rows that are no lead are not compared
 * @param withoutTests whether test leads of the marketplace ({@code MSFT_TEST_}) are left out
 */
public record LeadQuery(
        @Nullable String partition,
        @Nullable Instant writtenFrom,
        @Nullable Instant writtenBefore,
        @Nullable String offer,
        boolean withoutTests) {
    /** Every row. */
    public static final LeadQuery ALL = new LeadQuery(null, null, null, null, false);

    /** Only this partition: the day of the lead, or {@code undated}. */
    public LeadQuery partition(String only) {
        return new LeadQuery(only, writtenFrom, writtenBefore, offer, withoutTests);
    }

    /** Only rows written last at that time or later. */
    public LeadQuery writtenFrom(Instant time) {
        return new LeadQuery(partition, time, writtenBefore, offer, withoutTests);
    }

    /** Only rows written last before that time. */
    public LeadQuery writtenBefore(Instant time) {
        return new LeadQuery(partition, writtenFrom, time, offer, withoutTests);
    }

    /** Only leads of this offer. */
    public LeadQuery offer(String only) {
        return new LeadQuery(partition, writtenFrom, writtenBefore, only, withoutTests);
    }

    /** No test leads. */
    public LeadQuery leaveOutTests() {
        return new LeadQuery(partition, writtenFrom, writtenBefore, offer, true);
    }

    /** What the service compares, or null for all rows. */
    @Nullable String filter() {
        List<String> parts = new ArrayList<>();
        if (partition != null) {
            parts.add("PartitionKey eq " + Filters.text(partition));
        }
        if (writtenFrom != null) {
            parts.add("Timestamp ge " + Filters.time(writtenFrom));
        }
        if (writtenBefore != null) {
            parts.add("Timestamp lt " + Filters.time(writtenBefore));
        }
        return parts.isEmpty() ? null : String.join(" and ", parts);
    }

    /** What is compared here. */
    boolean matches(StoredLead row) {
        return !(row instanceof StoredLead.Read read) || matches(read.lead());
    }

    private boolean matches(Lead lead) {
        Offer from = lead.source().offer();
        boolean ofOffer = offer == null
                || from != null && offer.equalsIgnoreCase(from.text())
                || offer.equalsIgnoreCase(lead.offerTitle());
        return ofOffer && !(withoutTests && lead.isTest());
    }
}
