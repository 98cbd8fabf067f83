package dev.proxywasm.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The request body as it leaves the chain, for the application to read.
 *
 * <p>A {@link ReadListener} is served by one task of the container's own threads in which reading may block.
 */
final class RequestBody extends ServletInputStream {

    private final GuestRequest request;
    private final RequestFlow flow;
    private @Nullable ReadListener listener;
    private @Nullable IOException failure;

    RequestBody(GuestRequest request, RequestFlow flow) {
        this.request = request;
        this.flow = flow;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (failure != null) {
            throw failure;
        }
        return length == 0 ? 0 : flow.read(target, offset, length);
    }

    @Override
    public int available() {
        return flow.available();
    }

    @Override
    public boolean isFinished() {
        return flow.isFinished();
    }

    /** Always, but for a listener only once it is known whether there is more: a thread that may wait has waited for it. */
    @Override
    public boolean isReady() {
        if (listener != null && failure == null) {
            try {
                flow.lookAhead();
            } catch (IOException e) {
                failure = e;
            }
        }
        return true;
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
        request.getAsyncContext().start(() -> serve(readListener));
    }

    /** Once: the stream is always ready, so there is no later moment at which it becomes so. */
    private void serve(ReadListener readListener) {
        try {
            readListener.onDataAvailable();
            if (isFinished()) {
                readListener.onAllDataRead();
            }
        } catch (IOException | RuntimeException e) {
            readListener.onError(e);
        }
    }
}
