package dev.proxywasm.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of one protobuf message, by number: enough for the small messages that the ABI carries, without a protobuf library.
 *
 * <p>A message is a sequence of {@code tag, value}, where {@code tag = number << 3 | wire type} and both are varints:
 *
 * <pre>
 *   0 varint                 numbers, bools, enums
 *   1 eight bytes            skipped over by callers that do not ask for them
 *   2 varint length, bytes   strings, bytes, messages
 *   5 four bytes
 * </pre>
 *
 * <p>A field that occurs several times has its last value, as protobuf wants it for single fields; {@link #all} has them all. A field
 * that is missing, or has another wire type than is asked for, reads as its default. Immutable.
 */
public final class ProtoFields {

    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FOUR_BYTES = 5;
    private static final byte[] NOTHING = {};

    /** The most fields of a message, of which none that is read here has a dozen: each costs far more heap than its two bytes. */
    static final int MOST_FIELDS = 10_000;

    private final Map<Integer, Long> numbers = new HashMap<>();
    private final Map<Integer, List<byte[]>> strings = new HashMap<>();

    private ProtoFields() {}

    /**
     * Reads a message.
     *
     * @throws MalformedMessageException if the bytes are none, or more fields than {@link #MOST_FIELDS}
     */
    public static ProtoFields parse(byte[] message) {
        ProtoFields fields = new ProtoFields();
        Cursor cursor = new Cursor(message);
        for (int count = 0; cursor.hasMore(); count++) {
            if (count == MOST_FIELDS) {
                throw new MalformedMessageException("it has more than " + MOST_FIELDS + " fields");
            }
            fields.read(cursor);
        }
        return fields;
    }

    /** Begins a message. */
    public static Writer writer() {
        return new Writer();
    }

    private void read(Cursor cursor) {
        long tag = cursor.varint();
        long number = tag >>> 3;
        if (number < 1 || number > 0x1FFF_FFFF) {
            throw new MalformedMessageException("a field has the number " + Long.toUnsignedString(number));
        }
        int field = (int) number;
        switch ((int) (tag & 7)) {
            case VARINT -> numbers.put(field, cursor.varint());
            case EIGHT_BYTES -> numbers.put(field, cursor.fixed(8));
            case LENGTH_DELIMITED ->
                strings.computeIfAbsent(field, none -> new ArrayList<>()).add(cursor.delimited());
            case FOUR_BYTES -> numbers.put(field, cursor.fixed(4));
            default -> throw new MalformedMessageException("field " + field + " has the wire type " + (tag & 7));
        }
    }

    /** The value of a bytes or message field; none if it is missing. */
    public byte[] bytes(int field) {
        List<byte[]> values = strings.get(field);
        return values == null ? NOTHING : values.get(values.size() - 1).clone();
    }

    /** All values of a repeated bytes, string or message field. */
    public List<byte[]> all(int field) {
        return strings.getOrDefault(field, List.of()).stream()
                .map(byte[]::clone)
                .toList();
    }

    /** The value of a string field; what is no UTF-8 is replaced. */
    public String string(int field) {
        return new String(bytes(field), UTF_8);
    }

    /** The value of an int, uint, enum or fixed field; 0 if it is missing. */
    public long number(int field) {
        return numbers.getOrDefault(field, 0L);
    }

    /** The value of a bool field. */
    public boolean bool(int field) {
        return number(field) != 0;
    }

    /** Builds a message field by field. Defaults are left out, as protobuf 3 does. */
    public static final class Writer {

        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        private Writer() {}

        /** Adds a bytes or message field. */
        public Writer bytes(int field, byte[] value) {
            if (value.length > 0) {
                varint((long) field << 3 | LENGTH_DELIMITED);
                varint(value.length);
                message.writeBytes(value);
            }
            return this;
        }

        /** Adds a string field. */
        public Writer string(int field, String value) {
            return bytes(field, value.getBytes(UTF_8));
        }

        /** Adds an int, uint or enum field. */
        public Writer number(int field, long value) {
            if (value != 0) {
                varint((long) field << 3 | VARINT);
                varint(value);
            }
            return this;
        }

        /** Adds a bool field. */
        public Writer bool(int field, boolean value) {
            return number(field, value ? 1 : 0);
        }

        /** The message. */
        public byte[] toByteArray() {
            return message.toByteArray();
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                message.write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            message.write((int) rest);
        }
    }

    /** A place in a message. */
    private static final class Cursor {

        private final byte[] bytes;
        private int position;

        Cursor(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasMore() {
            return position < bytes.length;
        }

        long varint() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                byte next = next();
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new MalformedMessageException("a number at byte " + position + " has no end");
        }

        long fixed(int size) {
            long value = 0;
            for (int i = 0; i < size; i++) {
                value |= (next() & 0xFFL) << 8 * i;
            }
            return value;
        }

        byte[] delimited() {
            long length = varint();
            if (length < 0 || length > bytes.length - position) {
                throw truncated();
            }
            byte[] value = Arrays.copyOfRange(bytes, position, position + (int) length);
            position += (int) length;
            return value;
        }

        private byte next() {
            if (!hasMore()) {
                throw truncated();
            }
            return bytes[position++];
        }

        private MalformedMessageException truncated() {
            return new MalformedMessageException("the message is cut off at byte " + position);
        }
    }
}
