package io.leaddispatch.internal.engine;

import io.leaddispatch.DispatchReport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/** The report of a lead on its way. Cancelling withdraws what has not started. Safe for use by many threads. */
public final class ReportFuture extends CompletableFuture<DispatchReport> {
    private final Dispatch dispatch;

    /** @param start starts the lead, and tells the report to whom it is given */
    public ReportFuture(Function<Consumer<DispatchReport>, Dispatch> start) {
        this.dispatch = start.apply(this::complete);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            dispatch.cancelled();
        }
        return cancelled;
    }

    /** Waits for the report. Who is interrupted has it at once, and stays interrupted. */
    public DispatchReport await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    dispatch.giveUp();
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("reports do not fail", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
