package dev.proxywasm.internal.module.archive;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One header block of a tar archive (POSIX.1-1988 ustar, and GNU's sizes in base 256).
 *
 * @param name of the file, for comparison and messages only
 * @param size of what follows, in bytes; never negative
 * @param type what follows: {@code '0'} a regular file, {@code 'x'} pax records and so on
 */
record TarHeader(String name, long size, char type) {

    static final int BLOCK_BYTES = 512;

    private static final int NAME = 0;
    private static final int NAME_BYTES = 100;
    private static final int SIZE = 124;
    private static final int NUMBER_BYTES = 12;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int TYPE = 156;
    private static final int PREFIX = 345;
    private static final int PREFIX_BYTES = 155;

    static TarHeader parse(byte[] block) throws IOException {
        if (block.length < BLOCK_BYTES) {
            throw new EOFException("it ends within a header");
        }
        if (number(block, CHECKSUM, CHECKSUM_BYTES) != checksum(block)) {
            throw new IOException("a header has a wrong checksum");
        }
        long size = number(block, SIZE, NUMBER_BYTES);
        if (size < 0) {
            throw new IOException("a file has a negative size");
        }
        String prefix = text(block, PREFIX, PREFIX_BYTES);
        String name = text(block, NAME, NAME_BYTES);
        return new TarHeader(prefix.isEmpty() ? name : prefix + "/" + name, size, (char) (block[TYPE] & 0xFF));
    }

    /** The same with what earlier headers said of it. */
    TarHeader with(@Nullable String otherName, OptionalLong otherSize) {
        return new TarHeader(otherName == null ? name : otherName, otherSize.orElse(size), type);
    }

    /** What follows the last slash. */
    String baseName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Text up to the first zero byte. */
    static String text(byte[] bytes, int start, int length) {
        int end = start;
        while (end < start + length && end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    private static long number(byte[] block, int start, int length) throws IOException {
        if ((block[start] & 0x80) != 0) {
            return base256(block, start, length);
        }
        String digits = text(block, start, length).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("a header has a number that is none", e);
        }
    }

    private static long base256(byte[] block, int start, int length) throws IOException {
        long value = block[start] & 0x7F;
        for (int i = start + 1; i < start + length; i++) {
            if (value >>> 47 != 0) {
                throw new IOException("a file has an impossible size");
            }
            value = value << 8 | block[i] & 0xFF;
        }
        return value;
    }

    private static long checksum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK_BYTES; i++) {
            boolean isChecksum = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_BYTES;
            sum += isChecksum ? ' ' : block[i] & 0xFF;
        }
        return sum;
    }
}
