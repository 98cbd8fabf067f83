package dev.proxywasm.cel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** What the bytes of a property stand for, and how CEL has that. */
enum AttributeType {
    STRING(bytes -> new String(bytes, UTF_8)),
    BYTES(CelByteString::of),
    INT(AttributeType::number),
    UINT(bytes -> UnsignedLong.fromLongBits(number(bytes))),
    BOOL(bytes -> bytes.length > 0 && bytes[0] != 0),
    TIMESTAMP(bytes -> Instant.EPOCH.plusNanos(number(bytes))),
    DURATION(bytes -> Duration.ofNanos(number(bytes))),
    STRINGS(bytes -> pairs(bytes, STRING)),
    STATES(bytes -> pairs(bytes, BYTES));

    @SuppressWarnings("ImmutableEnumChecker") // the functions have no state; their type does not say so
    private final Function<byte[], Object> decoder;

    AttributeType(Function<byte[], Object> decoder) {
        this.decoder = decoder;
    }

    /** The value that the host's encoding stands for. */
    Object decode(byte[] bytes) {
        return decoder.apply(bytes);
    }

    private static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** The host's own form of maps: count, sizes of each key and value, then keys and values, each with a NUL behind. */
    private static Map<String, Object> pairs(byte[] bytes, AttributeType values) {
        Map<String, Object> map = new HashMap<>();
        if (bytes.length == 0) {
            return map;
        }
        ByteBuffer sizes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int count = sizes.getInt();
        int next = Integer.BYTES + 2 * Integer.BYTES * count;
        for (int i = 0; i < count; i++) {
            int keySize = sizes.getInt();
            int valueSize = sizes.getInt();
            String key = new String(bytes, next, keySize, UTF_8);
            byte[] value = new byte[valueSize];
            System.arraycopy(bytes, next + keySize + 1, value, 0, valueSize);
            map.put(key, values.decode(value));
            next += keySize + valueSize + 2;
        }
        return map;
    }
}
