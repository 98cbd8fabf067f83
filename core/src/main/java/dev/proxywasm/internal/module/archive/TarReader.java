package dev.proxywasm.internal.module.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the regular files of a tar archive, front to back: the POSIX formats (ustar, pax) and GNU's long names. Links, directories and
 * devices are passed over.
 *
 * <p>The caller limits the stream. Nothing is allocated by what the archive says of itself beyond 64 KiB before the bytes are there.
 */
final class TarReader {

    private static final int MAX_METADATA_BYTES = 64 * 1024;

    private final InputStream in;
    private long contentLeft;
    private long padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /** The next regular file, or empty at the end; its content is read by {@link #content}, or else passed over. */
    Optional<TarHeader> next() throws IOException {
        @Nullable String longName = null;
        PaxRecords pax = PaxRecords.NONE;
        while (true) {
            passOver(contentLeft + padding);
            Optional<TarHeader> found = header();
            if (found.isEmpty()) {
                return found;
            }
            TarHeader header = found.get();
            switch (header.type()) {
                case 'L' -> longName = TarHeader.text(metadata(), 0, (int) header.size());
                case 'x' -> pax = PaxRecords.parse(metadata());
                case '0', '\0', '7' -> {
                    TarHeader file = header.with(pax.path().orElse(longName), pax.size());
                    begin(file.size());
                    return Optional.of(file);
                }
                default -> {
                    begin(pax.size().orElse(header.size()));
                    longName = header.type() == 'g' ? longName : null;
                    pax = header.type() == 'g' || header.type() == 'K' ? pax : PaxRecords.NONE;
                }
            }
        }
    }

    /** The content of the file that {@link #next} gave. */
    byte[] content() throws IOException {
        long size = contentLeft;
        if (size > Integer.MAX_VALUE - 8) {
            throw new UnpackedTooLargeException(Integer.MAX_VALUE - 8);
        }
        byte[] content = in.readNBytes((int) size);
        contentLeft = 0;
        if (content.length < size) {
            throw new EOFException("it ends within a file");
        }
        return content;
    }

    private Optional<TarHeader> header() throws IOException {
        byte[] block = in.readNBytes(TarHeader.BLOCK_BYTES);
        contentLeft = 0;
        padding = 0;
        if (block.length == 0 || isZero(block)) {
            return Optional.empty();
        }
        TarHeader header = TarHeader.parse(block);
        begin(header.size());
        return Optional.of(header);
    }

    private void passOver(long count) throws IOException {
        try {
            in.skipNBytes(count);
        } catch (EOFException cutOff) {
            throw new EOFException("it ends within a file");
        }
    }

    private void begin(long size) {
        contentLeft = size;
        padding = -size & (TarHeader.BLOCK_BYTES - 1);
    }

    private byte[] metadata() throws IOException {
        if (contentLeft > MAX_METADATA_BYTES) {
            throw new IOException("a header of more than 64 KiB");
        }
        return content();
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
