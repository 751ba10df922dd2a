package io.leaddispatch.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps the ports of closed servers, bound and not listening, so that whoever still calls one is refused, as its test
 * expects, instead of being answered by another process that was given the port. Safe for use by many threads.
 */
final class ClosedPorts {
    /** By then the test that closed the first of them is over. */
    private static final int MOST = 256;

    private static final Deque<Socket> KEPT = new ArrayDeque<>();

    private ClosedPorts() {}

    /** Binds the address again, unless somebody was faster. */
    static synchronized void keep(InetSocketAddress address) {
        Socket placeholder = new Socket();
        try {
            placeholder.setReuseAddress(true); // connections of the closed server may still linger
            placeholder.bind(address);
            KEPT.addLast(placeholder);
            if (KEPT.size() > MOST) {
                KEPT.removeFirst().close();
            }
        } catch (IOException e) {
            close(placeholder);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
