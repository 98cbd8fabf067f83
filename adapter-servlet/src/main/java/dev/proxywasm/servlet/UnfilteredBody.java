package dev.proxywasm.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Objects;

/** A request body that no filter looks at: the container's, whose listener takes turns with the write listener that we call. */
final class UnfilteredBody extends ServletInputStream {

    private final ServletInputStream raw;
    private final ListenerCalls calls;

    UnfilteredBody(ServletInputStream raw, ListenerCalls calls) {
        this.raw = raw;
        this.calls = calls;
    }

    @Override
    public int read() throws IOException {
        return raw.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return raw.read(target, offset, length);
    }

    @Override
    public long skip(long count) throws IOException {
        return raw.skip(count);
    }

    @Override
    public int available() throws IOException {
        return raw.available();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }

    @Override
    public boolean isFinished() {
        return raw.isFinished();
    }

    @Override
    public boolean isReady() {
        return raw.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        raw.setReadListener(new Turns(Objects.requireNonNull(listener, "listener"), calls));
    }

    private record Turns(ReadListener listener, ListenerCalls calls) implements ReadListener {

        @Override
        public void onDataAvailable() throws IOException {
            calls.inTurn(listener::onDataAvailable);
        }

        @Override
        public void onAllDataRead() throws IOException {
            calls.inTurn(listener::onAllDataRead);
        }

        @Override
        public void onError(Throwable thrown) {
            listener.onError(thrown);
        }
    }
}
