package io.leaddispatch.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * A server that runs on Node, on a port of loopback. It is stopped by {@link #close}, and by the end of this process
 * in any case. Safe for use by many threads.
 */
public final class NodeServer implements AutoCloseable {
    private static final int PORTS_TRIED = 3;
    private static final long READY_SECONDS = 60;
    private static final long STOP_SECONDS = 10;
    private static final int MOST_OUTPUT = 64 * 1024;

    private final Process process;
    private final int port;
    private final Thread hook;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final StringBuilder output = new StringBuilder();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    private NodeServer(Process process, int port, String readyText) {
        this.process = process;
        this.port = port;
        this.hook = new Thread(process::destroyForcibly, "node-server-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        Thread reader = new Thread(() -> read(readyText), "node-server-output");
        reader.setDaemon(true);
        reader.start();
    }

    static NodeServer start(NodeTool tool, String readyText, IntFunction<List<String>> arguments)
            throws IOException, InterruptedException {
        String said = "";
        for (int i = 0; i < PORTS_TRIED; i++) { // somebody else may take a free port before the server does
            int port = freePort();
            NodeServer server = new NodeServer(tool.node(arguments.apply(port)), port, readyText);
            if (server.isReady(readyText)) {
                return server;
            }
            server.close();
            said = server.output();
        }
        throw new IOException("the server did not get ready on any of " + PORTS_TRIED + " ports: " + said);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isReady(String readyText) throws InterruptedException {
        return ready.await(READY_SECONDS, TimeUnit.SECONDS) && output().contains(readyText);
    }

    /** Reads on after the server is ready, so that it never waits for a full pipe. */
    private void read(String readyText) {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(line);
                for (Consumer<String> listener : listeners) {
                    listener.accept(line);
                }
                if (line.contains(readyText)) {
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            keep(e.toString());
        } finally {
            ready.countDown();
        }
    }

    private void keep(String line) {
        synchronized (output) {
            if (output.length() < MOST_OUTPUT) {
                output.append(line).append('\n');
            }
        }
    }

    /** The port of loopback on which it serves. */
    public int port() {
        return port;
    }

    /** The address, without a path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What it has written so far; of much only the beginning. */
    public String output() {
        synchronized (output) {
            return output.toString();
        }
    }

    /** Hears every line that it writes from now on, on a thread of its own. */
    public void listen(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Whether its process lives. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Stops it and waits until it has ended. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) { // the JVM ends, and the hook is at work
            process.destroyForcibly();
        }
    }
}
