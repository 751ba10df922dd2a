package io.leaddispatch.internal.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one lane that could go out now, and the keys that must not. Keys exclude, they do not order: the
 * oldest delivery whose key is free goes first. Guarded by its lane's lock.
 */
final class Backlog {
    /** Leads for one call. */
    record Load(List<Delivery> deliveries, boolean suspect) {}

    private final Line waiting = new Line();
    private final Deque<Load> again = new ArrayDeque<>();
    private final Map<String, Count> byBatchKey = new HashMap<>();

    private int urgent;
    private int size;
    /** No batch key has more leads than this. */
    private int mostOfAKey;

    /** How many leads wait with one batch key. */
    private static final class Count {
        int leads;
    }

    int size() {
        return size;
    }

    /** A delivery that comes for the first time, or back from the queue. */
    void add(Delivery delivery) {
        waiting.add(delivery);
        count(delivery);
    }

    /** A delivery that was taken and has not been tried: back to its old place. */
    void putBack(Delivery delivery) {
        waiting.putBack(delivery);
        count(delivery);
    }

    private void count(Delivery delivery) {
        Count count = byBatchKey.computeIfAbsent(delivery.batchKey, key -> new Count());
        count.leads++;
        mostOfAKey = Math.max(mostOfAKey, count.leads);
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
        if (waiting.remove(delivery)) {
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
        Count count = byBatchKey.get(delivery.batchKey);
        if (count != null && --count.leads == 0) {
            byBatchKey.remove(delivery.batchKey);
        }
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
        for (Count count : byBatchKey.values()) {
            if (count.leads >= batch) {
                return true;
            }
            most = Math.max(most, count.leads);
        }
        mostOfAKey = most;
        return false;
    }

    /**
     * The leads of the next call, their keys now busy; null if every key is busy.
     *
     * @param shared the keys in flight beyond this lane
     */
    @Nullable Load take(int most, boolean fullest, SerialKeys shared) {
        Load repeat = takeAgain(most, shared);
        if (repeat != null) {
            return repeat;
        }
        String batchKey = fullest ? fullestKey() : null;
        List<Delivery> taken = new ArrayList<>(Math.min(most, size));
        Delivery next = waiting.oldest();
        while (next != null && taken.size() < most) {
            Delivery newer = next.newer;
            if ((batchKey == null || batchKey.equals(next.batchKey)) && takeKey(next, shared)) {
                batchKey = next.batchKey;
                taken.add(next);
                waiting.remove(next);
                forget(next);
            }
            next = newer;
        }
        return taken.isEmpty() ? null : new Load(taken, false);
    }

    private @Nullable Load takeAgain(int most, SerialKeys shared) {
        for (Iterator<Load> loads = again.iterator(); loads.hasNext(); ) {
            Load load = loads.next();
            List<Delivery> now = load.deliveries.subList(0, Math.min(most, load.deliveries.size()));
            if (takeKeys(now, shared)) {
                loads.remove();
                if (now.size() < load.deliveries.size()) {
                    List<Delivery> rest = load.deliveries.subList(now.size(), load.deliveries.size());
                    again.addFirst(new Load(List.copyOf(rest), load.suspect));
                }
                size -= now.size();
                return new Load(List.copyOf(now), load.suspect);
            }
        }
        return null;
    }

    /** All of them or none. */
    private boolean takeKeys(List<Delivery> deliveries, SerialKeys shared) {
        for (int i = 0; i < deliveries.size(); i++) {
            if (!takeKey(deliveries.get(i), shared)) {
                deliveries.subList(0, i).forEach(this::release);
                return false;
            }
        }
        return true;
    }

    /** The lead's own id excludes nobody else: it is in a lane only once. */
    private static boolean takeKey(Delivery delivery, SerialKeys shared) {
        if (delivery.serialKey.equals(delivery.lead.id().value())) {
            return true;
        }
        if (!shared.take(delivery.serialKey)) {
            return false;
        }
        delivery.keyTakenFrom = shared;
        return true;
    }

    private @Nullable String fullestKey() {
        return byBatchKey.entrySet().stream()
                .max(Map.Entry.comparingByValue(Comparator.comparingInt(count -> count.leads)))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** Frees the key of a delivery, if it has it. */
    void release(Delivery delivery) {
        SerialKeys keys = delivery.keyTakenFrom;
        if (keys != null) {
            delivery.keyTakenFrom = null;
            keys.release(delivery.serialKey);
        }
    }

    /** The delivery that has waited longest, or null. */
    @Nullable Delivery oldest() {
        Delivery oldest = waiting.oldest();
        for (Load load : again) {
            for (Delivery delivery : load.deliveries) {
                oldest = oldest == null || delivery.since < oldest.since ? delivery : oldest;
            }
        }
        return oldest;
    }
}
