package dev.proxywasm.internal.wasm;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the primitives of the binary format from a range of a module, front to back.
 *
 * <p>Every read names {@code what} it reads, for the message of the {@link MalformedModuleException} that it throws when
 * the bytes do not fit. A failed read leaves the cursor where the message points. Not thread-safe.
 */
final class ByteCursor {

    private static final int MAX_U32_BYTES = 5;

    private final byte[] bytes;
    private final int end;
    private final String place;
    private int position;

    /** A cursor over {@code bytes} from {@code start} up to {@code end}; {@code place} is what messages call that range. */
    ByteCursor(byte[] bytes, int start, int end, String place) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
        this.place = place;
    }

    /** The offset of the next byte, from the start of the module. */
    int position() {
        return position;
    }

    /** How many bytes are left. */
    int remaining() {
        return end - position;
    }

    /** Reads a byte, unsigned. */
    int u8(String what) {
        require(1, what);
        return bytes[position++] & 0xFF;
    }

    /** The next byte, unsigned, without passing over it. There must be one. */
    int peek() {
        return bytes[position] & 0xFF;
    }

    /** Reads an unsigned 32-bit integer. Encodings longer than needed are legal up to five bytes: linkers pad sizes. */
    long u32(String what) {
        int start = position;
        long value = 0;
        for (int i = 0; i < MAX_U32_BYTES; i++) {
            if (start + i >= end) {
                throw malformed(start, "%s is cut off".formatted(what));
            }
            int next = bytes[start + i];
            value |= (long) (next & 0x7F) << (7 * i);
            if (next >= 0) {
                return checkedU32(value, start + i + 1, what);
            }
        }
        throw malformed("%s takes more than %d bytes".formatted(what, MAX_U32_BYTES));
    }

    private long checkedU32(long value, int next, String what) {
        if (value >>> 32 != 0) {
            throw malformed("%s does not fit into 32 bits".formatted(what));
        }
        position = next;
        return value;
    }

    /** Passes over a signed integer of at most {@code maxBytes} bytes without decoding it. */
    void skipSigned(int maxBytes, String what) {
        for (int i = 0; i < maxBytes; i++) {
            if (position + i >= end) {
                throw malformed("%s is cut off".formatted(what));
            }
            if (bytes[position + i] >= 0) {
                position += i + 1;
                return;
            }
        }
        throw malformed("%s takes more than %d bytes".formatted(what, maxBytes));
    }

    /**
     * Reads how many {@code what} follow, each of which takes at least {@code minItemBytes}. A count that the bytes left
     * cannot hold is refused here, so that a caller may allocate by it.
     */
    int count(String what, int minItemBytes) {
        int start = position;
        long count = u32("the number of " + what);
        if (count > remaining() / minItemBytes) {
            throw malformed(
                    start, "%d %s are declared, but only %d bytes are left".formatted(count, what, remaining()));
        }
        return (int) count;
    }

    /** Reads an index into a space of {@code size} things called {@code what}. */
    int index(String what, int size) {
        int start = position;
        long index = u32("a %s index".formatted(what));
        if (index >= size) {
            throw malformed(start, "%s index %d is out of range (there are %d)".formatted(what, index, size));
        }
        return (int) index;
    }

    /** Reads a name: a length and that many bytes of UTF-8. */
    String name(String what) {
        int start = position;
        int length = count("bytes of " + what, 1);
        try {
            String name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, position, length))
                    .toString();
            position += length;
            return name;
        } catch (CharacterCodingException e) {
            // The decoder knows only that the input is bad; where and what is all there is to say.
            throw malformed(start, "%s is not valid UTF-8".formatted(what));
        }
    }

    /** Passes over {@code count} bytes, which may be more than an array can hold. */
    void skip(long count, String what) {
        require(count, what);
        position += (int) count;
    }

    /** A cursor over the next {@code count} bytes, which this one passes over. */
    ByteCursor part(long count, String what) {
        return part(count, what, place);
    }

    /** The same; {@code name} is what messages call that range. */
    ByteCursor part(long count, String what, String name) {
        int start = position;
        skip(count, what);
        return new ByteCursor(bytes, start, position, name);
    }

    /** Refuses bytes that are left when everything has been read. */
    void expectEnd() {
        if (remaining() > 0) {
            throw malformed("%d bytes are left over".formatted(remaining()));
        }
    }

    /** An exception that points at the next byte. */
    MalformedModuleException malformed(String detail) {
        return malformed(position, detail);
    }

    /** An exception that points at {@code offset}, counted from the start of the module. */
    MalformedModuleException malformed(int offset, String detail) {
        return new MalformedModuleException(place, offset, detail);
    }

    /** An exception for a well-known {@code feature} of later WebAssembly versions. */
    MalformedModuleException unsupported(int offset, String feature) {
        return malformed(offset, "the module uses %s, which this engine does not support".formatted(feature));
    }

    private void require(long count, String what) {
        if (count > remaining()) {
            throw malformed("%s is cut off: %d bytes are needed, %d are left".formatted(what, count, remaining()));
        }
    }
}
