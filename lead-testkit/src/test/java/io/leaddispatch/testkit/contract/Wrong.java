package io.leaddispatch.testkit.contract;

import java.util.Set;

/**
 * A wrong destination or queue, and the tests of the contract that must fail it.
 *
 * @param what what it does
 * @param subject what is tried
 * @param only whether every other test must pass; a fault that breaks every delivery breaks most tests
 * @param failing names of tests
 */
record Wrong<T>(String what, T subject, boolean only, Set<String> failing) {
    static <T> Wrong<T> only(String what, T subject, String... failing) {
        return new Wrong<>(what, subject, true, Set.of(failing));
    }

    static <T> Wrong<T> also(String what, T subject, String... failing) {
        return new Wrong<>(what, subject, false, Set.of(failing));
    }

    @Override
    public String toString() {
        return what;
    }
}
