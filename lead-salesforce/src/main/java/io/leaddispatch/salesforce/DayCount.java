package io.leaddispatch.salesforce;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many leads went out in the last 24 hours, by the minute, and when that is worth a warning: once at 80 % of the
 * limit and once at the limit, again only after it was below 70 %. Safe for use by many threads.
 */
final class DayCount {
    /** Whether this lead passed a mark. */
    enum Mark {
        NONE,
        NEAR,
        REACHED
    }

    private static final long WINDOW = Duration.ofHours(24).toMinutes();

    private static final class Minute {
        final long number;
        int leads;

        Minute(long number) {
            this.number = number;
        }
    }

    private final int near;
    private final int limit;
    private final int rearm;
    private final Deque<Minute> minutes = new ArrayDeque<>();
    private int total;
    private Mark warned = Mark.NONE;

    DayCount(int limit) {
        this.limit = limit;
        this.near = (limit * 4 + 4) / 5;
        this.rearm = limit * 7 / 10;
    }

    /** Counts one lead and says whether it is the one that passes a mark. */
    synchronized Mark add(Instant now) {
        forget(now);
        long minute = now.getEpochSecond() / 60;
        Minute last = minutes.peekLast();
        if (last == null || last.number < minute) {
            last = new Minute(minute);
            minutes.addLast(last);
        }
        last.leads++;
        total++;
        Mark mark = total >= limit ? Mark.REACHED : total >= near ? Mark.NEAR : Mark.NONE;
        boolean news = mark.compareTo(warned) > 0;
        if (news || total < rearm) { // a total that hovers about a mark is told once
            warned = mark;
        }
        return news ? mark : Mark.NONE;
    }

    /** Leads in the last 24 hours. */
    synchronized int total(Instant now) {
        forget(now);
        return total;
    }

    int limit() {
        return limit;
    }

    private void forget(Instant now) {
        long oldest = now.getEpochSecond() / 60 - WINDOW;
        while (!minutes.isEmpty() && minutes.getFirst().number < oldest) {
            total -= minutes.removeFirst().leads;
        }
    }
}
