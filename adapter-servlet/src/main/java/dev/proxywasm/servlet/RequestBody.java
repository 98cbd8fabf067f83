package dev.proxywasm.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The request body as it leaves the chain, for the application to read.
 *
 * <p>Of a body with a {@link ReadListener}, nothing is read that has not arrived: a thread of the container waits for the client, and then
 * the listener is called.
 */
final class RequestBody extends ServletInputStream {

    private final GuestRequest request;
    private final RequestFlow flow;
    private final ListenerCalls calls;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final AtomicBoolean allRead = new AtomicBoolean();
    private volatile @Nullable ReadListener listener;
    private volatile @Nullable IOException failure;

    RequestBody(GuestRequest request, RequestFlow flow, ListenerCalls calls) {
        this.request = request;
        this.flow = flow;
        this.calls = calls;
    }

    /** Whether a thread waits for the client. */
    boolean isAwaited() {
        return waiting.get();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        IOException known = failure;
        if (known != null) {
            throw known;
        }
        if (waiting.get()) {
            throw new IllegalStateException("isReady() has answered that there is nothing to read yet");
        }
        if (length == 0) {
            return 0;
        }
        int count = flow.read(target, offset, length);
        tellIfAllRead();
        return count;
    }

    @Override
    public int available() {
        return waiting.get() ? 0 : flow.available();
    }

    @Override
    public boolean isFinished() {
        return !waiting.get() && flow.isFinished();
    }

    /** Always, but for a listener only if there is something, or the end; otherwise it will be called. */
    @Override
    public boolean isReady() {
        if (listener == null || failure != null) {
            return true;
        }
        if (!waiting.get() && (flow.available() > 0 || flow.isFinished())) {
            return true;
        }
        awaitMore();
        return false;
    }

    @Override
    public void setReadListener(ReadListener readListener) {
        Objects.requireNonNull(readListener, "readListener");
        if (listener != null) {
            throw new IllegalStateException("this request body has a ReadListener already");
        }
        if (!request.isAsyncStarted()) {
            throw new IllegalStateException("a ReadListener needs an asynchronous request; call startAsync() first");
        }
        listener = readListener;
        calls.submit(() -> serve(readListener));
    }

    private void awaitMore() {
        if (waiting.compareAndSet(false, true)) {
            calls.await(this::lookAhead, () -> serve(Objects.requireNonNull(listener)));
        }
    }

    private void lookAhead() {
        try {
            flow.lookAhead();
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new IOException("the request body cannot be read", e);
        } finally {
            waiting.set(false);
        }
    }

    private void serve(ReadListener reader) {
        IOException known = failure;
        try {
            if (known != null) {
                reader.onError(known);
            } else if (isReady() && !flow.isFinished()) {
                reader.onDataAvailable();
            } else {
                tellIfAllRead();
            }
        } catch (IOException | RuntimeException e) {
            reader.onError(e);
        }
    }

    private void tellIfAllRead() {
        ReadListener reader = listener;
        if (reader != null && isFinished() && allRead.compareAndSet(false, true)) {
            calls.submit(() -> tellAllRead(reader));
        }
    }

    private static void tellAllRead(ReadListener reader) {
        try {
            reader.onAllDataRead();
        } catch (IOException | RuntimeException e) {
            reader.onError(e);
        }
    }
}
