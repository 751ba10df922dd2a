package io.leaddispatch.internal.engine;

import io.leaddispatch.DispatchReport.Outcome;
import io.leaddispatch.LeadId;
import io.leaddispatch.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Callers that wait for leads which are in a durable store and not with this process: a lead comes back when it is due, or
 * another process has it. Guarded by its lane's lock.
 */
final class Parked {
    private static final class Place {
        final List<Delivery.Watcher> watchers = new ArrayList<>(1);
        Outcome last = new Outcome.Pending(null, 0);
    }

    private final Map<LeadId, Place> places = new LinkedHashMap<>();

    /** These wait for that lead, about which this is known. */
    void add(LeadId lead, List<Delivery.Watcher> watchers, Outcome last) {
        if (!watchers.isEmpty()) {
            Place place = places.computeIfAbsent(lead, id -> new Place());
            place.watchers.addAll(watchers);
            place.last = last;
        }
    }

    /** Waits as well, if somebody waits for that lead already. */
    boolean join(LeadId lead, Delivery.Watcher watcher) {
        Place place = places.get(lead);
        if (place != null) {
            place.watchers.add(watcher);
        }
        return place != null;
    }

    /** Why that lead waits, as far as those who wait for it know. */
    @Nullable Problem why(LeadId lead) {
        Place place = places.get(lead);
        return place != null && place.last instanceof Outcome.Pending pending ? pending.problem() : null;
    }

    /** The lead is here again: those who wait for it. */
    List<Delivery.Watcher> take(LeadId lead) {
        Place place = places.remove(lead);
        return place == null ? List.of() : place.watchers;
    }

    /** At most so many leads that are waited for, beginning where the last call ended. */
    List<LeadId> next(int most) {
        List<LeadId> next = places.keySet().stream().limit(most).toList();
        for (LeadId lead : next) {
            Place place = places.remove(lead);
            if (place != null) {
                places.put(lead, place);
            }
        }
        return next;
    }

    /** That one does not wait any longer; what it is to be told. */
    Outcome forget(LeadId lead, Delivery.Watcher watcher) {
        Place place = places.get(lead);
        if (place == null) {
            return new Outcome.Pending(null, 0);
        }
        place.watchers.remove(watcher);
        if (place.watchers.isEmpty()) {
            places.remove(lead);
        }
        return place.last;
    }

    /** Nobody waits any longer: what each is to be told. */
    Map<Delivery.Watcher, Outcome> takeAll() {
        Map<Delivery.Watcher, Outcome> all = new HashMap<>();
        places.values().forEach(place -> place.watchers.forEach(watcher -> all.put(watcher, place.last)));
        places.clear();
        return all;
    }
}
