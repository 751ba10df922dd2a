package io.leaddispatch.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read up to a size and up to a time; beyond either the rest is cancelled, which closes the connection.
 *
 * <p>It is handed out as soon as the head of the answer is there, so the thread that waits for the body is the one that
 * asked for it. No timer is needed, and none of the client's threads waits.
 */
final class BoundedBody implements BodySubscriber<BoundedBody> {
    private static final byte[] NOTHING = {};

    private final int most;
    private final CompletableFuture<Boolean> truncated = new CompletableFuture<>();
    private byte[] read = NOTHING;
    private int size;
    private Flow.@Nullable Subscription subscription;
    private boolean cancelled;

    BoundedBody(int most) {
        this.most = most;
    }

    @Override
    public CompletionStage<BoundedBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    /**
     * Waits until the body is complete or has reached its size.
     *
     * @return whether it was longer than that
     * @throws IOException if the connection broke before
     * @throws TimeoutException if it was not complete in time; the connection is closed
     * @throws InterruptedException if interrupted; the connection is closed
     */
    boolean await(long nanos) throws IOException, TimeoutException, InterruptedException {
        boolean ended = false;
        try {
            boolean cut = truncated.get(nanos, TimeUnit.NANOSECONDS);
            ended = true;
            return cut;
        } catch (ExecutionException e) {
            ended = true;
            throw new IOException(e.getCause());
        } finally {
            if (!ended) {
                cancel();
            }
        }
    }

    /** The subscription may come later than the answer's head, and then finds that nobody wants it. */
    private void cancel() {
        Flow.Subscription open;
        synchronized (this) {
            cancelled = true;
            open = subscription;
        }
        if (open != null) {
            open.cancel();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        boolean wanted;
        synchronized (this) {
            subscription = newSubscription;
            wanted = !cancelled;
        }
        if (wanted) {
            newSubscription.request(Long.MAX_VALUE);
        } else {
            newSubscription.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (truncated.isDone()) {
                return;
            }
            int fits = Math.min(buffer.remaining(), most - size);
            makeRoom(fits);
            buffer.get(read, size, fits);
            size += fits;
            if (buffer.hasRemaining()) {
                cancel();
                truncated.complete(true);
            }
        }
    }

    private void makeRoom(int more) {
        if (read.length - size < more) {
            long doubled = Math.max(size + (long) more, 2L * read.length);
            read = Arrays.copyOf(read, (int) Math.min(most, doubled));
        }
    }

    /** What was read; only after {@link #await}. */
    byte[] bytes() {
        return read.length == size ? read : Arrays.copyOf(read, size);
    }

    @Override
    public void onError(Throwable thrown) {
        truncated.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        truncated.complete(false);
    }
}
