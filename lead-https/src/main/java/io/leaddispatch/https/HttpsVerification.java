package io.leaddispatch.https;

import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.spi.VerificationSteps;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Checks an endpoint from the outside in: what we have for it, its name, the connection, TLS, and the test lead, which needs all of them. */
record HttpsVerification(HttpsDestination destination, URI uri, HttpClient client) {
    private static final int CONNECT_MILLIS = 10_000;
    private static final String PROXIED = "not looked at: requests go through a proxy, which does it";

    /** @param unusable settings whose secret cannot be used as it is now */
    Verification run(List<String> unusable, Verification.Probe probe) throws InterruptedException {
        boolean proxied = isProxied();
        boolean plain = "http".equalsIgnoreCase(uri.getScheme());
        String advice = proxied ? PROXIED : null;
        VerificationSteps steps = new VerificationSteps()
                .then("read the secrets", () -> unusable(unusable))
                .then("resolve the host name", advice, () -> proxied ? null : resolve())
                .then("connect", advice, () -> proxied ? null : connect())
                .then(
                        "agree on TLS and trust the certificate",
                        plain ? "plain http to this machine" : advice,
                        () -> proxied || plain ? null : handshake());
        Lead testLead = probe.testLead();
        if (testLead != null) {
            steps.then("deliver the test lead", "look for lead " + testLead.id() + " there", () -> post(testLead));
        }
        return steps.verification();
    }

    private static @Nullable Problem unusable(List<String> settings) {
        return settings.isEmpty() ? null : HttpsProblems.SECRET_UNUSABLE.problem(String.join(", ", settings));
    }

    /** By the client's proxy, or the one that the JVM is set to. */
    private boolean isProxied() {
        ProxySelector selector = client.proxy().orElse(ProxySelector.getDefault());
        return selector != null && selector.select(uri).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
    }

    private @Nullable Problem resolve() {
        try {
            return destination.refuses(uri.getHost())
                    ? HttpsProblems.NOT_PUBLIC.problem()
                    : new InetSocketAddress(uri.getHost(), port()).isUnresolved()
                            ? HttpsDestination.unknownHost()
                            : null;
        } catch (UnknownHostException e) {
            return HttpsDestination.unknownHost();
        }
    }

    private @Nullable Problem connect() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), port()), CONNECT_MILLIS);
            return null;
        } catch (IOException e) {
            return HttpsProblems.UNREACHABLE.problem("no connection to port " + port());
        }
    }

    private @Nullable Problem handshake() {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(uri.getHost(), port()), CONNECT_MILLIS);
            plain.setSoTimeout(CONNECT_MILLIS);
            try (SSLSocket socket = (SSLSocket)
                    client.sslContext().getSocketFactory().createSocket(plain, uri.getHost(), port(), true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                return null;
            }
        } catch (IOException e) {
            return HttpsProblems.TLS.problem(e.getClass().getSimpleName());
        }
    }

    private @Nullable Problem post(Lead testLead) throws InterruptedException {
        DeliveryResult result = destination.deliver(testLead, destination.deadline());
        if (result instanceof DeliveryResult.Delivered) {
            return null;
        }
        if (result instanceof DeliveryResult.Rejected rejected) {
            return rejected.problem();
        }
        if (result instanceof DeliveryResult.Pause pause) {
            return pause.problem();
        }
        if (result instanceof DeliveryResult.NotExecuted not) {
            return not.problem();
        }
        return result instanceof DeliveryResult.Retry retry
                ? retry.problem()
                : ((DeliveryResult.Unknown) result).problem();
    }

    private int port() {
        int port = uri.getPort();
        return port >= 0 ? port : "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
    }
}
