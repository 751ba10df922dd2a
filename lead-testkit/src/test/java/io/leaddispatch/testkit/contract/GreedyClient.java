package io.leaddispatch.testkit.contract;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow.Subscription;

/** Reads every large answer to its end, however little of it is asked for. */
final class GreedyClient extends TwistedClient {
    private static final long LARGE = 1_000_000;

    GreedyClient(HttpClient right) {
        super(right);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        CountDownLatch read = new CountDownLatch(1);
        HttpResponse<T> response = right.send(request, info -> {
            boolean large = info.headers().firstValueAsLong("Content-Length").orElse(0) > LARGE;
            if (!large) {
                read.countDown();
            }
            return large ? new Greedy<>(handler.apply(info), read) : handler.apply(info);
        });
        read.await();
        return response;
    }

    private record Greedy<T>(BodySubscriber<T> modest, CountDownLatch read) implements BodySubscriber<T> {
        @Override
        public CompletionStage<T> getBody() {
            return modest.getBody();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            modest.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {}
            });
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> items) {
            modest.onNext(items);
        }

        @Override
        public void onError(Throwable thrown) {
            modest.onError(thrown);
            read.countDown();
        }

        @Override
        public void onComplete() {
            modest.onComplete();
            read.countDown();
        }
    }
}
