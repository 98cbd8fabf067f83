package dev.proxywasm.internal.module.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Collects the body of one answer, up to a limit: beyond it a good answer fails, and the body of another is cut. What it counts may be read
 * by any thread.
 */
final class BodyCollector implements HttpResponse.BodyHandler<byte[]>, BodySubscriber<byte[]> {

    /** Of an answer that is not good: enough for a message. */
    private static final int MAX_ERROR_BYTES = 64 * 1024;

    private final int maxBytes;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final List<byte[]> chunks = new ArrayList<>();
    private final AtomicInteger received = new AtomicInteger();
    private volatile long announced = -1;
    private boolean good;
    private @Nullable Subscription subscription;

    BodyCollector(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Bytes that have come so far. */
    int received() {
        return received.get();
    }

    /** Bytes that the server promises; negative if it does not say. */
    long announced() {
        return announced;
    }

    @Override
    public BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo head) {
        good = head.statusCode() / 100 == 2;
        announced = head.headers().firstValueAsLong("content-length").orElse(-1);
        return this;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription source) {
        subscription = source;
        source.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            int most = good ? maxBytes : Math.min(maxBytes, MAX_ERROR_BYTES);
            byte[] chunk = new byte[Math.min(buffer.remaining(), most - received.get())];
            boolean tooLong = chunk.length < buffer.remaining();
            buffer.get(chunk);
            chunks.add(chunk);
            received.addAndGet(chunk.length);
            if (tooLong) {
                stop();
                return;
            }
        }
    }

    private void stop() {
        if (subscription != null) {
            subscription.cancel();
        }
        if (good) {
            body.completeExceptionally(new TooLargeException(maxBytes));
        } else {
            onComplete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        byte[] whole = new byte[received.get()];
        int at = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, whole, at, chunk.length);
            at += chunk.length;
        }
        chunks.clear();
        body.complete(whole);
    }

    /** A good answer had a body that is longer than it may be. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(int limit) {
            super("it is larger than " + limit + " bytes, the most that is fetched");
        }
    }
}
