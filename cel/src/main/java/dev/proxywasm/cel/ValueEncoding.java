package dev.proxywasm.cel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.proxywasm.abi.Status;
import dev.proxywasm.spi.ForeignFunctionException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values of expressions in the binary form that properties have. */
final class ValueEncoding {

    private static final byte[] NOTHING = {};
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private ValueEncoding() {}

    /**
     * The bytes for the guest.
     *
     * @throws ForeignFunctionException SERIALIZATION_FAILURE for a value without an encoding: null, a type, a map with other keys than texts
     */
    static byte[] encode(Object value) throws ForeignFunctionException {
        if (value instanceof String text) {
            return text.getBytes(UTF_8);
        } else if (value instanceof CelByteString bytes) {
            return bytes.toByteArray();
        } else if (value instanceof Boolean bool) {
            return new byte[] {(byte) (bool ? 1 : 0)};
        } else if (value instanceof Map<?, ?> map) {
            return encodeMap(map);
        } else if (value instanceof List<?> list) {
            return encodeList(list);
        }
        return eightBytes(encodeNumber(value));
    }

    private static long encodeNumber(Object value) throws ForeignFunctionException {
        if (value instanceof Long number) {
            return number;
        } else if (value instanceof UnsignedLong number) {
            return number.longValue();
        } else if (value instanceof Double number) {
            return Double.doubleToRawLongBits(number);
        } else if (value instanceof Instant time) {
            return time.getEpochSecond() * NANOS_PER_SECOND + time.getNano();
        } else if (value instanceof Duration duration) {
            return duration.getSeconds() * NANOS_PER_SECOND + duration.getNano();
        }
        throw failure("a " + value.getClass().getSimpleName() + " has no encoding");
    }

    private static byte[] encodeMap(Map<?, ?> map) throws ForeignFunctionException {
        List<byte[]> parts = new ArrayList<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw failure("a map has a key that is no text");
            }
            parts.add(key.getBytes(UTF_8));
            parts.add(encode(entry.getValue()));
        }
        return pairs(parts);
    }

    /** A list is pairs whose values are empty. */
    private static byte[] encodeList(List<?> list) throws ForeignFunctionException {
        List<byte[]> parts = new ArrayList<>();
        for (Object element : list) {
            parts.add(encode(element));
            parts.add(NOTHING);
        }
        return pairs(parts);
    }

    private static byte[] pairs(List<byte[]> parts) {
        if (parts.isEmpty()) {
            return NOTHING;
        }
        int size = Integer.BYTES;
        for (byte[] part : parts) {
            size += Integer.BYTES + part.length + 1;
        }
        ByteBuffer pairs = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        pairs.putInt(parts.size() / 2);
        parts.forEach(part -> pairs.putInt(part.length));
        parts.forEach(part -> pairs.put(part).put((byte) 0));
        return pairs.array();
    }

    private static byte[] eightBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static ForeignFunctionException failure(String message) {
        return new ForeignFunctionException(Status.SERIALIZATION_FAILURE, message);
    }
}
