package io.leaddispatch.testkit.contract;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A client that lets a wrong destination change requests before they are sent. */
class TwistedClient extends HttpClient {
    final HttpClient right;

    TwistedClient(HttpClient right) {
        this.right = right;
    }

    HttpRequest request(HttpRequest request) {
        return request;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return right.send(request(request), handler);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return right.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return right.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return right.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return right.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return right.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return right.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return right.authenticator();
    }

    @Override
    public Version version() {
        return right.version();
    }

    @Override
    public Optional<Executor> executor() {
        return right.executor();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        return right.sendAsync(request, handler);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> handler, HttpResponse.PushPromiseHandler<T> push) {
        return right.sendAsync(request, handler, push);
    }
}
