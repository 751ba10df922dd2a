package io.leaddispatch.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.testkit.Answer.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Writes answers to one connection, faults included. */
final class AnswerWriter {
    private static final int HUGE = 250_000_000;

    private final Socket connection;
    private final InputStream in;
    private final OutputStream out;
    private final CountDownLatch serverClosed;
    private final AtomicLong hugeBytes;

    AnswerWriter(Socket connection, InputStream in, CountDownLatch serverClosed, AtomicLong hugeBytes)
            throws IOException {
        this.connection = connection;
        this.in = in;
        this.out = connection.getOutputStream();
        this.serverClosed = serverClosed;
        this.hugeBytes = hugeBytes;
    }

    /** Whether the connection goes on; if not, whether it was the client who ended it is told to {@code ended}. */
    boolean write(Answer answer, Runnable ended) throws IOException {
        if (!answer.delay().isZero() && isClosedWithin(answer)) {
            return false;
        }
        byte[] body = answer.bytes();
        switch (answer.fault()) {
            case NONE -> {
                head(answer, body.length);
                out.write(body);
                out.flush();
                return true;
            }
            case CLOSED_BEFORE_STORING, CLOSED_AFTER_STORING -> {}
            case RESET_BEFORE_STORING, RESET_AFTER_STORING -> connection.setSoLinger(true, 0);
            case SILENT -> awaitEnd(ended);
            case STALLED_BODY, TRUNCATED_BODY -> half(answer, body, ended);
            case HUGE_BODY -> huge(answer);
            case NOT_HTTP -> {
                out.write("SMTP ready\r\n\r\n".getBytes(UTF_8));
                out.flush();
            }
        }
        return false;
    }

    private boolean isClosedWithin(Answer answer) throws IOException {
        try {
            return serverClosed.await(answer.delay().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IOException("nobody interrupts the threads of the server", e);
        }
    }

    private void half(Answer answer, byte[] body, Runnable ended) throws IOException {
        head(answer, Math.max(2, body.length));
        out.write(body, 0, body.length / 2);
        out.flush();
        if (answer.fault() == Fault.STALLED_BODY) {
            awaitEnd(ended);
        }
    }

    private void huge(Answer answer) throws IOException {
        head(answer, HUGE);
        byte[] part = new byte[64 * 1024];
        for (int sent = 0; sent < HUGE; sent += part.length) {
            out.write(part);
            hugeBytes.addAndGet(part.length);
        }
    }

    private void awaitEnd(Runnable ended) throws IOException {
        while (in.read() >= 0) {
            // what a client may still send is of no interest
        }
        ended.run();
    }

    private void head(Answer answer, int length) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Scripted\r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(length).append("\r\n\r\n");
        out.write(head.toString().getBytes(ISO_8859_1));
    }
}
