package io.leaddispatch.http;

import io.leaddispatch.http.TransportException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What the exceptions of the JDK's client mean. It often says so only in a cause, and mostly without a text. */
final class FailureKinds {
    private FailureKinds() {}

    static Kind of(IOException thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            Kind kind = known(e);
            if (kind != null) {
                return kind;
            }
        }
        return has(thrown, ConnectException.class) ? Kind.REFUSED : Kind.BROKEN;
    }

    private static @Nullable Kind known(Throwable e) {
        if (e instanceof HttpConnectTimeoutException) {
            return Kind.CONNECT_TIMEOUT;
        }
        if (e instanceof HttpTimeoutException) {
            return Kind.TIMEOUT;
        }
        if (e instanceof UnresolvedAddressException) {
            return Kind.UNKNOWN_HOST;
        }
        if (e instanceof NoRouteToHostException) {
            return Kind.REFUSED;
        }
        return e instanceof SSLHandshakeException || e instanceof SSLPeerUnverifiedException || isNoTls(e)
                ? Kind.TLS
                : null;
    }

    /** The first bytes of the other side were no TLS: only the text tells this from what may break later. */
    private static boolean isNoTls(Throwable e) {
        return e instanceof SSLException
                && e.getMessage() != null
                && e.getMessage().contains("nrecognized SSL message");
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (type.isInstance(e)) {
                return true;
            }
        }
        return false;
    }
}
