package io.leaddispatch.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback whose every byte, silence and hang-up is the test's. */
final class RawServer implements AutoCloseable {
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** What one connection does; it is closed afterwards. */
    interface Script {
        void serve(Connection connection) throws Exception;
    }

    /** One request: its head's lines and its body. */
    record Request(List<String> head, String body) {
        String header(String name) {
            return head.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    private final ServerSocket listening;
    private final Script script;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch clientHungUp = new CountDownLatch(1);

    private RawServer(ServerSocket listening, Script script) {
        this.listening = listening;
        this.script = script;
    }

    static RawServer start(Script script) throws IOException {
        return start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    }

    static RawServer start(ServerSocket listening, Script script) {
        RawServer server = new RawServer(listening, script);
        daemon(server::accept);
        return server;
    }

    private static void daemon(Runnable run) {
        Thread thread = new Thread(run, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                open.add(socket);
                int number = connections.incrementAndGet();
                daemon(() -> serve(socket, number));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            socket.setTcpNoDelay(true);
            script.serve(new Connection(socket, number));
        } catch (Exception e) {
            clientHungUp.countDown(); // writing to nobody, or reading from nobody
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port() + "/leads?sig=s3cret");
    }

    int port() {
        return listening.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    List<Request> requests() {
        return requests;
    }

    boolean clientHungUpWithin(long seconds) throws InterruptedException {
        return clientHungUp.await(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** The server's end of one connection. */
    final class Connection {
        private final Socket socket;
        private final InputStream in;
        final int number;

        private Connection(Socket socket, int number) throws IOException {
            this.socket = socket;
            this.number = number;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        /** The next request, remembered; throws if the client hung up. */
        Request read() throws IOException {
            List<String> head = new ArrayList<>();
            int length = 0;
            for (String line = line(); !line.isEmpty(); line = line()) {
                head.add(line);
                if (line.toLowerCase().startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            Request request = new Request(head, new String(in.readNBytes(length), ISO_8859_1));
            requests.add(request);
            return request;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the client hung up");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        }

        Socket socket() {
            return socket;
        }

        /** Sends RST instead of FIN. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Blocks until the client hangs up, which {@link RawServer#clientHungUpWithin} then tells. */
        void awaitHangUp() throws IOException {
            if (in.read() >= 0) {
                throw new IllegalStateException("more bytes instead of a hang-up");
            }
            clientHungUp.countDown();
        }
    }
}
