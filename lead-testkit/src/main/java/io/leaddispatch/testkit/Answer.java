package io.leaddispatch.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a {@link ScriptedServer} does with a request. Immutable.
 *
 * @param status the status code
 * @param headers names and values beside the length
 * @param body the text of the body
 * @param fault what goes wrong, or {@link Fault#NONE}
 * @param delay how long the server waits before its first byte, or before the fault; not negative
 */
public record Answer(int status, Map<String, String> headers, String body, Fault fault, Duration delay) {
    /** What goes wrong with an answer. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** The connection is closed before the request is looked at; it is not recorded. */
        CLOSED_BEFORE_STORING,
        /** As before, with a reset instead of an orderly end. */
        RESET_BEFORE_STORING,
        /** The connection is closed after the request is recorded, without a byte of an answer. */
        CLOSED_AFTER_STORING,
        /** As before, with a reset instead of an orderly end. */
        RESET_AFTER_STORING,
        /** The request is recorded and no byte of an answer comes, until the client or the server closes. */
        SILENT,
        /** Head and half of the body come, then nothing, until the client or the server closes. */
        STALLED_BODY,
        /** Head and half of the body come, then the connection is closed. */
        TRUNCATED_BODY,
        /** 250 MB of body come, if anybody reads them. */
        HUGE_BODY,
        /** What comes is not HTTP. */
        NOT_HTTP;

        boolean beforeStoring() {
            return this == CLOSED_BEFORE_STORING || this == RESET_BEFORE_STORING;
        }
    }

    /** Copies the map. */
    public Answer {
        headers = Map.copyOf(headers);
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(fault, "fault");
        Objects.requireNonNull(delay, "delay");
    }

    /** An answer without a body. */
    public static Answer of(int status) {
        return new Answer(status, Map.of(), "", Fault.NONE, Duration.ZERO);
    }

    /** An answer with JSON. */
    public static Answer json(int status, String json) {
        return of(status).with("Content-Type", "application/json").with(json);
    }

    /** A fault; with an answer the status is 200. */
    public static Answer fault(Fault fault) {
        return of(200).with("{\"this\":\"is a body that may not come whole\"}").with(fault);
    }

    /** This answer with one more header. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body, fault, delay);
    }

    /** This answer with that body. */
    public Answer with(String newBody) {
        return new Answer(status, headers, newBody, fault, delay);
    }

    /** This answer, and what goes wrong with it. */
    public Answer with(Fault newFault) {
        return new Answer(status, headers, body, newFault, delay);
    }

    /** This answer, that much later; the server's time is the real one. */
    public Answer after(Duration newDelay) {
        return new Answer(status, headers, body, fault, newDelay);
    }

    byte[] bytes() {
        return body.getBytes(UTF_8);
    }
}
