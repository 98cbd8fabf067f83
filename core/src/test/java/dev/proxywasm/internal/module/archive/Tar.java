package dev.proxywasm.internal.module.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Writes tar archives for tests, good ones and bad ones. */
public final class Tar {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds a regular file. */
    public Tar file(String name, byte[] content) {
        return entry(name, '0', content.length, content);
    }

    /** Adds a directory. */
    public Tar entryOfNothing() {
        return entry("directory/", '5', 0, new byte[0]);
    }

    /** Adds an entry that claims another size than its content has. */
    Tar entry(String name, char type, long size, byte[] content) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644");
        put(header, 124, String.format(Locale.ROOT, "%011o", size));
        header[156] = (byte) type;
        put(header, 257, "ustar");
        put(header, 148, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xFF;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        bytes.writeBytes(header);
        bytes.writeBytes(content);
        bytes.writeBytes(new byte[-content.length & 511]);
        return this;
    }

    /** Adds a pax header for the next file. */
    Tar pax(String keyword, String value) {
        String rest = " " + keyword + "=" + value + "\n";
        int length = rest.length() + 1;
        while (Integer.toString(length).length() + rest.length() != length) {
            length++;
        }
        byte[] record = (length + rest).getBytes(UTF_8);
        return entry("pax", 'x', record.length, record);
    }

    /** The archive with its end. */
    public byte[] toBytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(bytes.toByteArray());
        whole.writeBytes(new byte[1024]);
        return whole.toByteArray();
    }

    /** The same in gzip. */
    public byte[] toGzip() {
        return gzip(toBytes());
    }

    /** Anything in gzip. */
    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static void put(byte[] header, int at, String text) {
        byte[] raw = text.getBytes(UTF_8);
        System.arraycopy(raw, 0, header, at, Math.min(raw.length, 100));
    }
}
