package io.leaddispatch.internal.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;

/** Time that stands still until it is told to go on; wake-up calls run on the thread that moves it. */
public final class ManualTime implements EngineTime {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private record Task(long at, long order, Runnable run) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>((a, b) -> a.at == b.at ? Long.compare(a.order, b.order) : Long.compare(a.at, b.at));
    private long now;
    private long order;

    @Override
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new IllegalStateException("UTC only");
            }

            @Override
            public Instant instant() {
                return START.plusNanos(nanos());
            }
        };
    }

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized WakeUp after(long nanos, Runnable task) {
        Task waiting = new Task(now + Math.max(0, nanos), order++, task);
        tasks.add(waiting);
        return () -> {
            synchronized (this) {
                tasks.remove(waiting);
            }
        };
    }

    /** Lets so much time pass, running what is due on the way. */
    public void pass(Duration time) {
        long end = nanos() + time.toNanos();
        for (Task due = next(end); due != null; due = next(end)) {
            due.run.run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized Task next(long end) {
        Task first = tasks.peek();
        if (first == null || first.at > end) {
            return null;
        }
        now = Math.max(now, first.at);
        return tasks.remove();
    }

    @Override
    public void close() {}
}
