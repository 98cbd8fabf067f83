package dev.proxywasm.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response that takes everything in, allocates nothing, and counts. */
final class StillResponse extends HttpServletResponseWrapper {

    private final Sink sink = new Sink();
    private int headers;
    private long length = -1;

    StillResponse() {
        super(StillRequest.unable(HttpServletResponse.class));
    }

    /** Makes it a new response. */
    StillResponse again() {
        headers = 0;
        length = -1;
        sink.bytes = 0;
        return this;
    }

    /** Headers that were set or added, without content type and length. */
    int headers() {
        return headers;
    }

    /** Bytes of body that were written. */
    long bytes() {
        return sink.bytes;
    }

    /** The content length that was set, or -1. */
    long length() {
        return length;
    }

    @Override
    public Collection<String> getHeaderNames() {
        return List.of();
    }

    @Override
    public void setHeader(String name, String value) {
        headers++;
    }

    @Override
    public void addHeader(String name, String value) {
        headers++;
    }

    @Override
    public void setContentLengthLong(long value) {
        length = value;
    }

    @Override
    public void setContentLength(int value) {
        length = value;
    }

    @Override
    public void setContentType(String type) {}

    @Override
    public @Nullable String getContentType() {
        return null;
    }

    @Override
    public void setStatus(int status) {}

    @Override
    public int getStatus() {
        return SC_OK;
    }

    @Override
    public boolean isCommitted() {
        return false;
    }

    @Override
    public int getBufferSize() {
        return 8192;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return sink;
    }

    private static final class Sink extends ServletOutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] written, int offset, int count) {
            bytes += count;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
