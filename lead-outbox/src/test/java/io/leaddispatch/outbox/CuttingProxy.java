package io.leaddispatch.outbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a server: cuts a connection once PostgreSQL has committed, before it can say so, or all of
 * them for as long as the server is to be away.
 */
final class CuttingProxy implements AutoCloseable {
    private static final String STORING = "insert into lead_outbox (";
    private static final String SETTLING = "update lead_outbox set state = ";

    private final ServerSocket listening;
    private final int server;
    private volatile String awaited = STORING;
    private final AtomicBoolean armed = new AtomicBoolean();
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final AtomicBoolean down = new AtomicBoolean();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();

    private CuttingProxy(int server) throws IOException {
        this.server = server;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    static CuttingProxy before(int server) throws IOException {
        return new CuttingProxy(server);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** That database through here; the driver writes each COMMIT out, where otherwise it names one that it has prepared. */
    String of(String url) {
        return url.replace(":" + server + "/", ":" + port() + "/") + "?prepareThreshold=0";
    }

    /** Of a lead that is stored. */
    void cutAfterNextCommit() {
        armed.set(true);
    }

    /** Of leads that are settled. */
    void cutAfterNextSettlement() {
        awaited = SETTLING;
        armed.set(true);
    }

    /** The same, and nobody gets through any more. */
    void goAwayAfterNextCommit() {
        leaving.set(true);
        armed.set(true);
    }

    /** Whether nobody gets through. */
    void down(boolean now) {
        down.set(now);
    }

    /** Connections that did not get through, or no further. */
    int refused() {
        return refused.get();
    }

    int cuts() {
        return cuts.get();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                if (down.get()) {
                    refused.incrementAndGet();
                    client.close();
                    continue;
                }
                Socket target = new Socket(InetAddress.getLoopbackAddress(), server);
                AtomicBoolean cutting = new AtomicBoolean();
                daemon(() -> upstream(client, target, cutting));
                daemon(() -> downstream(client, target, cutting));
            }
        } catch (IOException e) { // closed
            return;
        }
    }

    private void upstream(Socket client, Socket target, AtomicBoolean cutting) {
        try (target) {
            byte[] buffer = new byte[1 << 16];
            boolean begun = false; // else each statement commits by itself
            boolean writing = false;
            String end = "";
            InputStream in = client.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (down.get()) {
                    refused.incrementAndGet();
                    return;
                }
                String text = new String(buffer, 0, n, ISO_8859_1);
                begun |= text.contains("BEGIN");
                writing |= (end + text).contains(awaited); // which two readings may share
                end = text.substring(Math.max(0, n - awaited.length()));
                boolean commits = !begun || text.contains("COMMIT");
                if (writing && commits && armed.compareAndSet(true, false)) {
                    cutting.set(true);
                }
                writing &= !commits;
                begun &= !commits;
                target.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException e) { // one side is gone, so the other goes
            return;
        }
    }

    private void downstream(Socket client, Socket target, AtomicBoolean cutting) {
        try (client) {
            byte[] buffer = new byte[1 << 16];
            InputStream in = target.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (cutting.get()) {
                    cuts.incrementAndGet();
                    down.compareAndSet(false, leaving.get());
                    return;
                }
                client.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException e) { // one side is gone, so the other goes
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
