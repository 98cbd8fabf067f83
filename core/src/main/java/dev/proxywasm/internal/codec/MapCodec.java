package dev.proxywasm.internal.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.proxywasm.http.HeaderMap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The serialised form of a header map, which the ABI calls pairs.
 *
 * <pre>
 *   u32  n                                number of pairs
 *   n *  { u32 nameSize, u32 valueSize }  sizes without the NULs
 *   n *  { name, 0x00, value, 0x00 }
 * </pre>
 *
 * <p>Numbers are little-endian. Order and duplicates survive. Names and values are bytes, held as ISO-8859-1 characters.
 */
public final class MapCodec {

    /** The largest form that is read, in bytes, as in Envoy. */
    public static final int MAX_DECODED_BYTES = 1024 * 1024;

    /** The most pairs that are read, as in Envoy. */
    public static final int MAX_DECODED_PAIRS = 1024;

    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] EMPTY = {};

    private MapCodec() {}

    /** The serialised form; no bytes at all for an empty map, as hosts send it. */
    public static byte[] encode(HeaderMap map) {
        if (map.isEmpty()) {
            return EMPTY;
        }
        byte[] bytes = new byte[encodedSize(map)];
        U32.set(bytes, 0, map.size());
        int sizeAt = 4;
        int textAt = 4 + 8 * map.size();
        for (int i = 0; i < map.size(); i++) {
            String name = map.name(i);
            String value = map.value(i);
            U32.set(bytes, sizeAt, name.length());
            U32.set(bytes, sizeAt + 4, value.length());
            sizeAt += 8;
            textAt = put(name, bytes, textAt);
            textAt = put(value, bytes, textAt);
        }
        return bytes;
    }

    /**
     * The serialised form of names and values that are any bytes; no bytes at all for none.
     *
     * @param namesAndValues name, value, name, value
     * @throws ArithmeticException if the form is larger than an array can be
     */
    public static byte[] encodePairs(List<byte[]> namesAndValues) {
        if (namesAndValues.isEmpty()) {
            return EMPTY;
        }
        int textAt = 4 + 4 * namesAndValues.size();
        long size = textAt;
        for (byte[] text : namesAndValues) {
            size += text.length + 1L;
        }
        byte[] bytes = new byte[Math.toIntExact(size)];
        U32.set(bytes, 0, namesAndValues.size() / 2);
        int sizeAt = 4;
        for (byte[] text : namesAndValues) {
            U32.set(bytes, sizeAt, text.length);
            System.arraycopy(text, 0, bytes, textAt, text.length);
            sizeAt += 4;
            textAt += text.length + 1;
        }
        return bytes;
    }

    /**
     * How many bytes {@link #encode} makes; 0 for an empty map.
     *
     * @throws ArithmeticException if they are more than an array can hold
     */
    public static int encodedSize(HeaderMap map) {
        if (map.isEmpty()) {
            return 0;
        }
        long size = 4;
        for (int i = 0; i < map.size(); i++) {
            size += 10L + map.name(i).length() + map.value(i).length();
        }
        return Math.toIntExact(size);
    }

    /**
     * Reads a serialised map. An empty one may also be written as no bytes, as one zero byte (the text of the specification), or as a
     * count of 0 (the SDKs).
     *
     * @throws MalformedMapException if a size, a NUL or the total is wrong, or the map is larger than {@link #MAX_DECODED_BYTES} or
     *     {@link #MAX_DECODED_PAIRS}
     */
    public static HeaderMap decode(byte[] bytes) {
        if (bytes.length > MAX_DECODED_BYTES) {
            throw tooLarge(bytes.length);
        }
        if (bytes.length == 0 || (bytes.length == 1 && bytes[0] == 0)) {
            return new HeaderMap(4);
        }
        int count = count(bytes);
        HeaderMap map = new HeaderMap(Math.max(4, count));
        int at = 4 + 8 * count;
        for (int i = 0; i < count; i++) {
            int nameSize = size(bytes, 4 + 8 * i, at);
            String name = text(bytes, at, nameSize);
            at += nameSize + 1;
            int valueSize = size(bytes, 8 + 8 * i, at);
            map.add(name, text(bytes, at, valueSize));
            at += valueSize + 1;
        }
        if (at != bytes.length) {
            throw malformed(at, (bytes.length - at) + " bytes follow the last pair");
        }
        return map;
    }

    /** What {@link #decode} throws for a map of that size, for who wants to know before fetching it. */
    public static MalformedMapException tooLarge(long size) {
        return malformed(0, size + " bytes, more than the " + MAX_DECODED_BYTES + " that are read");
    }

    private static int count(byte[] bytes) {
        if (bytes.length < 4) {
            throw malformed(0, bytes.length + " bytes hold no count of pairs");
        }
        long count = Integer.toUnsignedLong((int) U32.get(bytes, 0));
        if (count > MAX_DECODED_PAIRS) {
            throw malformed(0, count + " pairs, more than the " + MAX_DECODED_PAIRS + " that are read");
        }
        if (4 + 8 * count > bytes.length) {
            throw malformed(4, bytes.length + " bytes do not hold the sizes of " + count + " pairs");
        }
        return (int) count;
    }

    /** A size that leaves room for its text and the NUL behind it. */
    private static int size(byte[] bytes, int sizeAt, int textAt) {
        long size = Integer.toUnsignedLong((int) U32.get(bytes, sizeAt));
        if (textAt + size + 1 > bytes.length) {
            throw malformed(sizeAt, "a text of " + size + " bytes at " + textAt + " does not fit into " + bytes.length);
        }
        return (int) size;
    }

    private static String text(byte[] bytes, int at, int size) {
        if (bytes[at + size] != 0) {
            throw malformed(at + size, "a NUL is missing");
        }
        return new String(bytes, at, size, ISO_8859_1);
    }

    @SuppressWarnings(
            "deprecation") // Takes the low byte of each character, which is what ISO-8859-1 means, without a copy.
    private static int put(String text, byte[] target, int at) {
        text.getBytes(0, text.length(), target, at);
        return at + text.length() + 1;
    }

    private static MalformedMapException malformed(int offset, String problem) {
        return new MalformedMapException("offset " + offset + ": " + problem);
    }
}
