package dev.proxywasm.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the application writes: gathered until the buffer is full or flushed, which commits the response, then pushed on.
 *
 * <p>Once committed, and if no filter looks at bodies, bytes go straight to the container. A {@link WriteListener} is called once, in a thread
 * of the container in which writing may block.
 */
final class ResponseBody extends ServletOutputStream {

    private static final byte[] NO_BYTES = new byte[0];
    private static final int SMALLEST_BUFFER = 512;

    private final GuestResponse response;
    private final ResponseFlow flow;
    private int capacity;
    private byte[] buffer = NO_BYTES;
    private int count;
    private boolean closed;
    private @Nullable WriteListener listener;

    ResponseBody(GuestResponse response, ResponseFlow flow, int capacity) {
        this.response = response;
        this.flow = flow;
        this.capacity = capacity;
    }

    int capacity() {
        return capacity;
    }

    /** Before the first byte only. */
    void capacity(int bytes) {
        capacity = bytes;
    }

    /** Bytes that have not been pushed. */
    int count() {
        return count;
    }

    /** Drops the bytes that have not been pushed. */
    void clear() {
        count = 0;
    }

    @Override
    public void write(int b) throws IOException {
        if (flow.isDirect() || count + 1 > capacity || count == buffer.length) {
            write(new byte[] {(byte) b}, 0, 1);
        } else if (!closed && !flow.isEnded()) {
            buffer[count++] = (byte) b;
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (closed || flow.isEnded() || length == 0) {
            return;
        }
        if (length <= capacity - count && !flow.isDirect()) {
            gather(bytes, offset, length);
            return;
        }
        flow.requireStack();
        response.commit();
        push(false);
        if (length < capacity && !flow.isDirect()) {
            gather(bytes, offset, length);
        } else {
            flow.write(ByteBuffer.wrap(bytes, offset, length), false);
        }
    }

    /** Commits, and sends what the chain releases. */
    @Override
    public void flush() throws IOException {
        if (closed || flow.isEnded()) {
            return;
        }
        flow.requireStack();
        response.commit();
        push(false);
        flow.flush();
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            flow.requireStack();
            closed = true;
            response.close();
        }
    }

    /** Pushes what has been gathered. */
    void push(boolean last) throws IOException {
        if (count > 0) {
            int length = count;
            count = 0;
            flow.write(ByteBuffer.wrap(buffer, 0, length), last);
        }
    }

    /** Always: what the client or a filter does not take yet is waited for, by a thread that may wait. */
    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener writeListener) {
        Objects.requireNonNull(writeListener, "writeListener");
        if (listener != null) {
            throw new IllegalStateException("this response body has a WriteListener already");
        }
        response.submit(() -> serve(writeListener));
        listener = writeListener;
    }

    /** Once: the stream is always ready, so there is no later moment at which it becomes so. */
    private void serve(WriteListener writeListener) {
        try {
            writeListener.onWritePossible();
        } catch (IOException | RuntimeException e) {
            writeListener.onError(e);
        }
    }

    private void gather(byte[] bytes, int offset, int length) {
        if (buffer.length - count < length) {
            byte[] larger = new byte[Math.min(capacity, Math.max(count + length, sizeToTry()))];
            System.arraycopy(buffer, 0, larger, 0, count);
            buffer = larger;
        }
        System.arraycopy(bytes, offset, buffer, count, length);
        count += length;
    }

    /** The whole body at first, if the application has said how long it is. */
    private int sizeToTry() {
        if (buffer.length > 0) {
            return 4 * buffer.length;
        }
        long announced = response.announcedLength();
        return announced >= 0 ? (int) Math.min(announced, capacity) : SMALLEST_BUFFER;
    }
}
