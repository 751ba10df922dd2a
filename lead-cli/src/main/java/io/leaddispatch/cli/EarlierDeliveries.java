package io.leaddispatch.cli;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadPolicy;
import io.leaddispatch.Problem;
import io.leaddispatch.azuretable.NewLeads;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which destinations have the lead of a row that comes again because of another one, and the rule that keeps it from
 * going there twice. Safe for use by many threads.
 */
final class EarlierDeliveries implements LeadPolicy {
    private final Map<String, Set<String>> byRow;
    private final Map<Lead, Set<String>> onTheirWay = new HashMap<>();
    private final Set<String> seen = new HashSet<>();

    EarlierDeliveries(Map<String, Set<String>> byRow) {
        this.byRow = new TreeMap<>(byRow);
    }

    /** This row's lead is about to go to those who have not got it. */
    synchronized void begins(String row, Lead lead) {
        Set<String> ended = byRow.get(row);
        if (ended != null) {
            seen.add(row);
            onTheirWay.put(lead, ended);
        }
    }

    /** @param ended the destinations that need it no more, while others do; empty if none or all */
    synchronized void ends(String row, Lead lead, Set<String> ended) {
        onTheirWay.remove(lead);
        if (ended.isEmpty()) {
            byRow.remove(row);
        } else {
            seen.add(row);
            byRow.put(row, Set.copyOf(ended));
        }
    }

    /** A whole look is over: rows that it did not find were edited or deleted. */
    synchronized void forgetOthers() {
        byRow.keySet().retainAll(seen);
        seen.clear();
    }

    @Override
    public synchronized @Nullable Problem reasonToSuppress(Lead lead, String destination) {
        Set<String> ended = onTheirWay.get(lead);
        return ended != null && ended.contains(destination) ? NewLeads.DELIVERED_EARLIER : null;
    }

    /** To be kept. */
    synchronized Map<String, Set<String>> byRow() {
        return Map.copyOf(byRow);
    }
}
