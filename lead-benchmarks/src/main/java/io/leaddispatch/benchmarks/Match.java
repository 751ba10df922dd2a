package io.leaddispatch.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Lets contestants run in turn, round after round, each round beginning with another one, so that what happens to the
 * machine meanwhile happens to all of them.
 *
 * @param what how the units of work are called
 * @param units how many there are in one run
 * @param rounds measured rounds
 * @param calls how many requests the server has counted so far
 */
record Match(String what, int units, int rounds, LongSupplier calls) {
    private static final long SETTLING_NANOS = 100_000_000;
    /** Until then much of what runs is not compiled yet, and that is not what is compared. */
    private static final long WARM_NANOS = 5_000_000_000L;

    private static final int MOST_WARM_UPS = 100;

    /**
     * One run.
     *
     * @param taken of this JVM, the server's share included where it runs here
     * @param calls how many requests the server counted
     */
    record Measured(Meter.Taken taken, long calls) {}

    /**
     * All measured runs by contestant; each run is told on standard error. Rounds that warm up come before, until each
     * contestant has run for {@value #WARM_NANOS} ns, but at most {@value #MOST_WARM_UPS}.
     */
    Map<String, List<Measured>> play(List<Contestant> contestants) throws Exception {
        Map<String, List<Measured>> warmUps = noRuns(contestants);
        int round = 0;
        while (round < MOST_WARM_UPS && !warmUps.values().stream().allMatch(Match::isWarm)) {
            playRound(round++, "warm-up", contestants, warmUps);
        }
        Map<String, List<Measured>> all = noRuns(contestants);
        for (int i = 0; i < rounds; i++) {
            playRound(round++, "measured", contestants, all);
        }
        return all;
    }

    private static Map<String, List<Measured>> noRuns(List<Contestant> contestants) {
        Map<String, List<Measured>> all = new LinkedHashMap<>();
        contestants.forEach(contestant -> all.put(contestant.name(), new ArrayList<>()));
        return all;
    }

    private static boolean isWarm(List<Measured> runs) {
        return runs.stream().mapToLong(run -> run.taken().nanos()).sum() >= WARM_NANOS;
    }

    private void playRound(int round, String kind, List<Contestant> contestants, Map<String, List<Measured>> into)
            throws Exception {
        for (int i = 0; i < contestants.size(); i++) {
            Contestant contestant = contestants.get((round + i) % contestants.size());
            Measured measured = measure(contestant);
            into.get(contestant.name()).add(measured);
            System.err.printf(
                    Locale.ROOT,
                    "round %d (%s), %s: %,.0f %s/s, %,d calls%n",
                    round + 1,
                    kind,
                    contestant.name(),
                    perSecond(measured),
                    what,
                    measured.calls());
        }
    }

    private Measured measure(Contestant contestant) throws Exception {
        try (Contestant.Run run = contestant.preparation().prepare()) {
            long before = settledCalls();
            Meter meter = new Meter();
            run.work().run();
            Meter.Taken taken = meter.taken();
            return new Measured(taken, settledCalls() - before);
        }
    }

    /** A server counts a moment after it answers. */
    private long settledCalls() {
        long last = -1;
        while (last != calls.getAsLong()) {
            last = calls.getAsLong();
            LockSupport.parkNanos(SETTLING_NANOS);
        }
        return last;
    }

    double perSecond(Measured measured) {
        return units * 1e9 / measured.taken().nanos();
    }

    /** How many times as fast as another contestant the first is, and whether that was wanted. */
    void goal(Map<String, List<Measured>> all, String other, double wanted, PrintStream out) {
        double ours = speed(all.values().iterator().next());
        double theirs = speed(all.get(other));
        out.printf(
                Locale.ROOT,
                "- Goal: at least %.2f times \"%s\": **%.2f, %s**.%n",
                wanted,
                other,
                ours / theirs,
                ours / theirs >= wanted ? "reached" : "missed");
    }

    /** How many times as much memory as another contestant the first allocates, and whether that is too much. */
    void memoryGoal(Map<String, List<Measured>> all, String other, double most, PrintStream out) {
        double ours = middle(all.values().iterator().next(), one -> one.taken().bytes());
        double theirs = middle(all.get(other), one -> one.taken().bytes());
        out.printf(
                Locale.ROOT,
                "- Goal: at most %.2f times the memory of \"%s\": **%.2f, %s**.%n",
                most,
                other,
                ours / theirs,
                ours / theirs <= most ? "reached" : "missed");
    }

    private double speed(List<Measured> runs) {
        return middle(runs, this::perSecond);
    }

    private static double middle(List<Measured> all, ToDoubleFunction<Measured> figure) {
        return all.stream().mapToDouble(figure).sorted().toArray()[all.size() / 2];
    }

    /** Medians and ranges, and how the first contestant compares with the others, as a table in Markdown. */
    void print(Map<String, List<Measured>> all, PrintStream out) {
        out.printf(
                "| contestant | %s/s, median | lowest - highest | calls, median | CPU us each | bytes each | first : this one |%n",
                what);
        out.println("|---|---|---|---|---|---|---|");
        double first = 0;
        for (Map.Entry<String, List<Measured>> each : all.entrySet()) {
            double[] speeds = each.getValue().stream()
                    .mapToDouble(this::perSecond)
                    .sorted()
                    .toArray();
            long[] counted =
                    each.getValue().stream().mapToLong(Measured::calls).sorted().toArray();
            double median = speeds[speeds.length / 2];
            first = first == 0 ? median : first;
            out.printf(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f - %,.0f | %,d | %,.1f | %,.0f | %.2f |%n",
                    each.getKey(),
                    median,
                    speeds[0],
                    speeds[speeds.length - 1],
                    counted[counted.length / 2],
                    middle(each.getValue(), one -> one.taken().cpuNanos()) / 1e3 / units,
                    middle(each.getValue(), one -> one.taken().bytes()) / units,
                    first / median);
        }
    }
}
