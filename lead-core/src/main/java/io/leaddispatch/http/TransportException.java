package io.leaddispatch.http;

import io.leaddispatch.Experimental;
import java.io.IOException;

/**
 * No complete answer came. The message names scheme and host only, and there is no cause, since the JDK's texts may quote
 * what was sent.
 */
@Experimental
public final class TransportException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** The client that the host lends would follow redirects or authenticate by itself. */
        UNFIT_CLIENT(
                "the host's HTTP client follows redirects, which turns a POST into a GET and sends credentials elsewhere,"
                        + " or has an Authenticator, which drops our own: build it with Redirect.NEVER and without one",
                true),
        /** Nobody listens there. */
        REFUSED("the connection was refused", true),
        /** The name has no address. */
        UNKNOWN_HOST("the host name has no address", true),
        /** No connection in time. */
        CONNECT_TIMEOUT("no connection in time", true),
        /** The certificate or the TLS version does not fit. */
        TLS("no TLS connection: the certificate, its host name or the TLS version does not fit", true),
        /** No complete answer in time. */
        TIMEOUT("no complete answer in time", false),
        /** The connection broke before the answer was complete. */
        BROKEN("the connection broke before the answer was complete", false);

        private final String words;
        private final boolean notSent;

        Kind(String words, boolean notSent) {
            this.words = words;
            this.notSent = notSent;
        }
    }

    private final Kind kind;
    private final String origin;

    /** @param origin scheme and host, see {@link Redaction#origin} */
    TransportException(Kind kind, String origin) {
        super(kind.words + " (" + origin + ")");
        this.kind = kind;
        this.origin = origin;
    }

    /** The message: what went wrong, with scheme and host. */
    public String describe() {
        return kind.words + " (" + origin + ")";
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** Whether the request certainly never reached the server. */
    public boolean notSent() {
        return kind.notSent;
    }
}
