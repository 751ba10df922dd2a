package io.leaddispatch.internal.engine;

import org.jspecify.annotations.Nullable;

/** Deliveries in the order in which they came, linked by themselves: joining and leaving costs the same at any length. */
final class Line {
    private @Nullable Delivery oldest;
    private @Nullable Delivery newest;
    private long nextOrder;

    /** Who has waited longest, or null; {@link Delivery#newer} leads to the others. */
    @Nullable Delivery oldest() {
        return oldest;
    }

    /** Joins at the end. */
    void add(Delivery delivery) {
        delivery.order = nextOrder++;
        insert(delivery, newest, null);
    }

    /** Comes back to its place, which is near the front: it was taken from there. */
    void putBack(Delivery delivery) {
        Delivery older = null;
        Delivery newer = oldest;
        while (newer != null && newer.order < delivery.order) {
            older = newer;
            newer = newer.newer;
        }
        insert(delivery, older, newer);
    }

    private void insert(Delivery delivery, @Nullable Delivery older, @Nullable Delivery newer) {
        delivery.inLine = true;
        link(older, delivery);
        link(delivery, newer);
    }

    /** Leaves, if it is here. */
    boolean remove(Delivery delivery) {
        if (!delivery.inLine) {
            return false;
        }
        delivery.inLine = false;
        link(delivery.older, delivery.newer);
        delivery.older = null;
        delivery.newer = null;
        return true;
    }

    private void link(@Nullable Delivery older, @Nullable Delivery newer) {
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
    }
}
