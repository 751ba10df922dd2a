package io.leaddispatch.https;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body within a time. A sender that trickles is told that it was too slow; one that is silent keeps the reader in
 * its read, so the reader is interrupted, which closes the connection. The same ends the server's own reading of what is
 * left of a body that was given up: let the exchange be closed before this. For one thread.
 */
final class TimedBody implements AutoCloseable {
    /** How long a sender that was too slow may take to hear of it. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final int BUFFER = 8 * 1024;
    private static final ScheduledThreadPoolExecutor WATCH = watch();

    private final long begun = System.nanoTime();
    private final Duration time;
    private final Cut cut = new Cut();
    private final Future<?> planned;

    TimedBody(Duration time) {
        this.time = time;
        this.planned = WATCH.schedule(cut, time.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
    }

    private static ScheduledThreadPoolExecutor watch() {
        ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "lead-receiver-watch");
            thread.setDaemon(true);
            return thread;
        });
        watch.setRemoveOnCancelPolicy(true);
        watch.setKeepAliveTime(1, TimeUnit.MINUTES);
        watch.allowCoreThreadTimeOut(true); // where no requests come, no thread
        return watch;
    }

    /** Interrupts the thread that made it, unless that has ended its reading. */
    private static final class Cut implements Runnable {
        private final Thread reader = Thread.currentThread();
        private boolean ended;
        private boolean fired;

        @Override
        public synchronized void run() {
            if (!ended) {
                fired = true;
                reader.interrupt();
            }
        }

        /** The interruption was meant for the reading alone. */
        synchronized void end() {
            if (!ended && fired) {
                Thread.interrupted();
            }
            ended = true;
        }
    }

    /**
     * The body, or as much of it as is wanted. Once the whole body is there, the time is over: nothing is interrupted.
     *
     * @return null if it did not come in time
     * @throws IOException if the sender broke off, or was silent for too long and cut off
     */
    byte @Nullable [] read(InputStream in, int most) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[Math.min(BUFFER, most)];
        while (body.size() < most) {
            int read = in.read(buffer, 0, Math.min(buffer.length, most - body.size()));
            if (read < 0) {
                close();
                break;
            }
            body.write(buffer, 0, read);
            if (System.nanoTime() - begun > time.toNanos()) {
                return null;
            }
        }
        return body.toByteArray();
    }

    @Override
    public void close() {
        planned.cancel(false);
        cut.end();
    }
}
