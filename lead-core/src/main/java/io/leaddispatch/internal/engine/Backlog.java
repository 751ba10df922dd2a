package io.leaddispatch.internal.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one lane that could go out now, and the keys that must not. Keys exclude, they do not order: the
 * oldest delivery whose key is free goes first. Guarded by its lane's lock.
 */
final class Backlog {
    /** Leads for one call. */
    record Load(List<Delivery> deliveries, boolean suspect) {}

    private final TreeMap<Long, Delivery> waiting = new TreeMap<>();
    private final Deque<Load> again = new ArrayDeque<>();
    private final Map<String, Integer> byBatchKey = new HashMap<>();
    private final Set<String> busyKeys = new HashSet<>();
    private int urgent;
    private int size;
    /** No batch key has more leads than this. */
    private int mostOfAKey;

    private long nextOrder;

    int size() {
        return size;
    }

    /** A delivery that comes for the first time, or back from the queue. */
    void add(Delivery delivery) {
        delivery.order = nextOrder++;
        putBack(delivery);
    }

    /** A delivery that was taken and has not been tried: back to its old place. */
    void putBack(Delivery delivery) {
        waiting.put(delivery.order, delivery);
        mostOfAKey = Math.max(mostOfAKey, byBatchKey.merge(delivery.batchKey, 1, Integer::sum));
        size++;
        urgent += delivery.urgent ? 1 : 0;
    }

    /** Leads that go out together, before all others. */
    void addAgain(List<Delivery> deliveries, boolean suspect) {
        again.addLast(new Load(List.copyOf(deliveries), suspect));
        size += deliveries.size();
    }

    /** Takes a delivery out; it must be here. */
    void remove(Delivery delivery) {
        if (waiting.remove(delivery.order) != null) {
            forget(delivery);
            return;
        }
        for (Iterator<Load> loads = again.iterator(); loads.hasNext(); ) {
            Load load = loads.next();
            if (load.deliveries.contains(delivery)) {
                loads.remove();
                List<Delivery> rest = new ArrayList<>(load.deliveries);
                rest.remove(delivery);
                size--;
                if (!rest.isEmpty()) {
                    again.addFirst(new Load(List.copyOf(rest), load.suspect));
                }
                return;
            }
        }
    }

    private void forget(Delivery delivery) {
        byBatchKey.computeIfPresent(delivery.batchKey, (key, n) -> n == 1 ? null : n - 1);
        size--;
        urgent -= delivery.urgent ? 1 : 0;
    }

    /** Whether waiting longer could not make the next call fuller, or somebody waits for a lead in it. */
    boolean worthACall(int batch) {
        return urgent > 0 || !again.isEmpty() || hasFull(batch);
    }

    private boolean hasFull(int batch) {
        if (mostOfAKey < batch) {
            return false;
        }
        int most = 0; // now that some were taken
        for (int n : byBatchKey.values()) {
            if (n >= batch) {
                return true;
            }
            most = Math.max(most, n);
        }
        mostOfAKey = most;
        return false;
    }

    /** The leads of the next call, their keys now busy; null if every key is busy. */
    @Nullable Load take(int most, boolean fullest) {
        Load repeat = takeAgain(most);
        if (repeat != null) {
            return repeat;
        }
        String batchKey = fullest ? fullestKey() : null;
        List<Delivery> taken = new ArrayList<>(Math.min(most, waiting.size()));
        for (Iterator<Delivery> all = waiting.values().iterator(); all.hasNext() && taken.size() < most; ) {
            Delivery next = all.next();
            if ((batchKey == null || batchKey.equals(next.batchKey)) && busyKeys.add(next.serialKey)) {
                batchKey = next.batchKey;
                taken.add(next);
                all.remove();
                forget(next);
            }
        }
        return taken.isEmpty() ? null : new Load(taken, false);
    }

    private @Nullable Load takeAgain(int most) {
        for (Iterator<Load> loads = again.iterator(); loads.hasNext(); ) {
            Load load = loads.next();
            if (load.deliveries.stream().noneMatch(d -> busyKeys.contains(d.serialKey))) {
                loads.remove();
                List<Delivery> now = load.deliveries;
                if (now.size() > most) {
                    again.addFirst(new Load(List.copyOf(now.subList(most, now.size())), load.suspect));
                    now = now.subList(0, most);
                }
                now.forEach(d -> busyKeys.add(d.serialKey));
                size -= now.size();
                return new Load(now, load.suspect);
            }
        }
        return null;
    }

    private @Nullable String fullestKey() {
        return byBatchKey.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    void release(Delivery delivery) {
        busyKeys.remove(delivery.serialKey);
    }

    /** The delivery that has waited longest, or null. */
    @Nullable Delivery oldest() {
        Delivery oldest = waiting.isEmpty() ? null : waiting.firstEntry().getValue();
        for (Load load : again) {
            for (Delivery delivery : load.deliveries) {
                oldest = oldest == null || delivery.since < oldest.since ? delivery : oldest;
            }
        }
        return oldest;
    }
}
