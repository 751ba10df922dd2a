package io.leaddispatch.internal.engine;

import io.leaddispatch.Problem;

/** What admission to a lane says. */
sealed interface Admission {
    /** There is a place, and the delivery is to be stored. */
    record Admitted(Delivery delivery) implements Admission {}

    /** The lead is here already; the watcher will hear how it ends. */
    record Joined() implements Admission {}

    /** No room now. */
    record Full() implements Admission {}

    /** It would not be sent in time: over before it began. */
    record Refused(Problem problem) implements Admission {}
}
