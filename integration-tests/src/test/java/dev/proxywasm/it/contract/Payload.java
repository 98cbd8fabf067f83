package dev.proxywasm.it.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;

/** Bytes that show when some are lost, doubled or in the wrong place. */
public final class Payload {

    public static final int MEBIBYTE = 1024 * 1024;

    private Payload() {}

    public static byte[] ofSize(int size) {
        byte[] bytes = new byte[size];
        int state = 1;
        for (int i = 0; i < size; i++) {
            state = state * 1664525 + 1013904223;
            bytes[i] = (byte) (state >>> 24);
        }
        return bytes;
    }

    /** Length and checksum, as one word. */
    public static String fingerprint(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return bytes.length + ":" + checksum.getValue();
    }

    /** The fingerprint of all that a stream has, without holding it. */
    public static String fingerprint(InputStream in) throws IOException {
        CRC32C checksum = new CRC32C();
        byte[] buffer = new byte[8192];
        long length = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            checksum.update(buffer, 0, count);
            length += count;
        }
        return length + ":" + checksum.getValue();
    }

    /** A text in UTF-8, compressed. */
    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
