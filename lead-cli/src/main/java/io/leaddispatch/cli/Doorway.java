package io.leaddispatch.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/** Lets so many in at once; the others are told to come again, so that a thread is left for those who ask how it goes. */
final class Doorway implements HttpHandler {
    private final HttpHandler behind;
    private final Semaphore room;

    Doorway(HttpHandler behind, int most) {
        this.behind = behind;
        this.room = new Semaphore(most);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (!room.tryAcquire()) {
            try (exchange) {
                exchange.getResponseHeaders().set("Retry-After", "10");
                exchange.sendResponseHeaders(503, -1);
            }
            return;
        }
        try {
            behind.handle(exchange);
        } finally {
            room.release();
        }
    }
}
