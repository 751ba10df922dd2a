package io.leaddispatch.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on loopback that answers as it is told, and records what came. Made of sockets, so that it can do
 * what no well-behaved server does. Threads are daemons; {@link #close()} ends them.
 */
public final class ScriptedServer implements AutoCloseable {
    private static final long LEAVES_WITHIN_MILLIS = 5_000;

    private final ServerSocket socket;
    private final String scheme;
    private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
    private final List<ReceivedRequest> requests = new ArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Function<ReceivedRequest, Answer> otherwise = request -> Answer.of(200);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong hugeBytes = new AtomicLong();
    private volatile @Nullable Path file;
    private final Thread acceptor;
    private int closedByClient;

    private ScriptedServer(ServerSocket socket, String scheme) {
        this.socket = socket;
        this.scheme = scheme;
        this.acceptor = thread("scripted-server", this::acceptAll);
    }

    /** A server without TLS. */
    public static ScriptedServer start() {
        return start(ServerSocketFactory.getDefault(), "http");
    }

    /** A server with TLS that shows this certificate. */
    public static ScriptedServer start(TlsIdentity identity) {
        return start(identity.server().getServerSocketFactory(), "https");
    }

    private static ScriptedServer start(ServerSocketFactory sockets, String scheme) {
        try {
            return new ScriptedServer(sockets.createServerSocket(0, 512, InetAddress.getLoopbackAddress()), scheme);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address without a path. */
    public URI uri() {
        return URI.create(scheme + "://localhost:" + socket.getLocalPort());
    }

    /** The next answer, after those already prescribed. */
    public ScriptedServer answer(Answer next) {
        script.add(next);
        return this;
    }

    /** As {@link #answer(Answer)}, without a body. */
    public ScriptedServer answer(int status) {
        return answer(Answer.of(status));
    }

    /** What to answer when nothing is prescribed; at first 200 without a body. */
    public ScriptedServer otherwise(Function<ReceivedRequest, Answer> answers) {
        otherwise = answers;
        return this;
    }

    /**
     * Writes each request also to the end of that file, before it is answered: for a server in a process that may be
     * killed. {@link RequestFile#read} reads it.
     */
    public ScriptedServer recordTo(Path newFile) {
        file = newFile;
        return this;
    }

    /** The requests recorded so far, in order. */
    public List<ReceivedRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** Drops the requests recorded so far, for runs so long that they would fill the memory. */
    public void forget() {
        synchronized (requests) {
            requests.clear();
        }
    }

    /** Waits until the client has closed so many connections that the server kept open. */
    public boolean awaitClosedByClient(int connections, long millis) throws InterruptedException {
        return await(() -> closedByClient >= connections, millis);
    }

    /** How many bytes of huge answers went into connections; what a client really read is a few megabytes less. */
    public long hugeBytesTaken() {
        return hugeBytes.get();
    }

    /** Waits until so many requests are recorded. */
    public boolean awaitRequests(int count, long millis) throws InterruptedException {
        return await(() -> requests.size() >= count, millis);
    }

    private boolean await(BooleanSupplier condition, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        synchronized (requests) {
            while (!condition.getAsBoolean()) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                requests.wait(left);
            }
            return true;
        }
    }

    private void acceptAll() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                if (socket.isClosed()) { // an accept that is under way may still succeed while the socket is closed
                    connection.close();
                    return;
                }
                connection.setTcpNoDelay(true);
                open.add(connection);
                thread("scripted-server-connection", () -> serveAndClose(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serveAndClose(Socket connection) {
        try (connection) {
            serve(connection);
        } catch (IOException e) {
            clientClosed(); // the client is gone, as some tests want it
        } finally {
            open.remove(connection);
        }
    }

    private void serve(Socket connection) throws IOException {
        InputStream in = new BufferedInputStream(connection.getInputStream());
        RequestReader reader = new RequestReader(in);
        AnswerWriter writer = new AnswerWriter(connection, in, closed, hugeBytes);
        for (ReceivedRequest request = reader.next(); request != null; request = reader.next()) {
            Answer prescribed = script.poll();
            Answer answer = prescribed != null ? prescribed : otherwise.apply(request);
            if (!answer.fault().beforeStoring()) {
                record(request);
            }
            if (!writer.write(answer, this::clientClosed)) {
                return;
            }
        }
    }

    private void record(ReceivedRequest request) throws IOException {
        synchronized (requests) {
            if (file != null) {
                RequestFile.append(file, request);
            }
            requests.add(request);
            requests.notifyAll();
        }
    }

    private void clientClosed() {
        synchronized (requests) {
            closedByClient++;
            requests.notifyAll();
        }
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Closes all connections; new ones are refused, and nobody else is given the port for a while. */
    @Override
    public void close() {
        closed.countDown();
        if (socket.isClosed()) {
            return;
        }
        try {
            InetSocketAddress address = new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
            socket.close();
            awaitAcceptor(); // until it has left, the system still takes connections
            ClosedPorts.keep(address);
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAcceptor() {
        try {
            acceptor.join(LEAVES_WITHIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
