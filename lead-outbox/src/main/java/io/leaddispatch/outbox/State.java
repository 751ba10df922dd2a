package io.leaddispatch.outbox;

/** The numbers in the column {@code state}; literals in statements, or the partial indexes are not used. */
final class State {
    static final int OPEN = 0;
    static final int DELIVERED = 1;
    static final int DEAD = 2;
    /** Delivered, and the content removed. */
    static final int STRIPPED = 3;

    private State() {}
}
