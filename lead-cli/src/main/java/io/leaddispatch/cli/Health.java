package io.leaddispatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether the store answers: 200 if it does within 2 seconds, else 503. Only one question to it is under way. */
final class Health implements HttpHandler {
    private static final int SECONDS = 2;

    private final Callable<Boolean> question;
    private final AtomicReference<@Nullable FutureTask<Boolean>> asked = new AtomicReference<>();

    /** @param question reads from the store: whether nothing is paused */
    Health(Callable<Boolean> question) {
        this.question = question;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Boolean flowing = ask();
            String state = flowing == null ? "\"down\"" : "\"up\", \"paused\": " + !flowing;
            byte[] text = ("{\"status\": " + state + "}\n").getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(flowing == null ? 503 : 200, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    /** The answer, or null if there is none. */
    private @Nullable Boolean ask() {
        FutureTask<Boolean> mine = new FutureTask<>(question);
        FutureTask<Boolean> running = asked.compareAndExchange(null, mine);
        if (running == null) {
            running = mine;
            Thread thread = new Thread(() -> run(mine), "lead-health");
            thread.setDaemon(true);
            thread.start();
        }
        try {
            return running.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) { // it is away, or as good as that
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void run(FutureTask<Boolean> mine) {
        mine.run();
        asked.set(null);
    }
}
