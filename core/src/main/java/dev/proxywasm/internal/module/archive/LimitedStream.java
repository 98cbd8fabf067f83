package dev.proxywasm.internal.module.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails as soon as more comes out of it than may, however little went in. */
final class LimitedStream extends FilterInputStream {

    private final long limit;
    private long read;

    LimitedStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        count(Math.max(count, 0));
        return count;
    }

    /** Reads, so that what is passed over counts too. */
    @Override
    public long skip(long count) throws IOException {
        return Math.max(read(new byte[(int) Math.min(count, 1 << 13)]), 0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int more) throws UnpackedTooLargeException {
        read += more;
        if (read > limit) {
            throw new UnpackedTooLargeException(limit);
        }
    }
}
