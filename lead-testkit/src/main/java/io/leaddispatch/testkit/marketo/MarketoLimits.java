package io.leaddispatch.testkit.marketo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rate, concurrency and quota of an instance (section 9). Safe for use by many threads. */
final class MarketoLimits {
    private int rate = 100;
    private Duration window = Duration.ofSeconds(20);
    private int concurrency = 10;
    private int daily = 50_000;
    private int running;
    private final List<Integer> atOnce = new ArrayList<>();
    private final List<Long> arrivals = new ArrayList<>();

    synchronized void set(int calls, Duration newWindow, int running) {
        rate = calls;
        window = newWindow;
        concurrency = running;
    }

    synchronized void daily(int calls) {
        daily = calls;
    }

    /**
     * A call begins. Sections 8 and 9: 615 beyond ten at once, 606 beyond the rate, 607 beyond the day; without a star
     * these count themselves (14.5).
     *
     * @return the code, or null if it may go on
     */
    synchronized @Nullable String begin() {
        long now = System.nanoTime();
        running++;
        atOnce.add(running);
        long since = now - window.toNanos();
        int before = 0;
        for (int i = arrivals.size() - 1; i >= 0 && arrivals.get(i) > since; i--) {
            before++;
        }
        arrivals.add(now);
        if (running > concurrency) {
            return "615";
        }
        return before >= rate ? "606" : arrivals.size() > daily ? "607" : null;
    }

    synchronized void end() {
        running--;
    }

    synchronized int calls() {
        return arrivals.size();
    }

    /** How many calls ran when each began, itself included. */
    synchronized List<Integer> atOnce() {
        return List.copyOf(atOnce);
    }

    /** The most calls that arrived in any window of that length. */
    synchronized int mostIn(Duration length) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < arrivals.size(); last++) {
            while (arrivals.get(last) - arrivals.get(first) >= length.toNanos()) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
