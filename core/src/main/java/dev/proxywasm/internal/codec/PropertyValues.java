package dev.proxywasm.internal.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;

/** Property values in the binary form that Envoy gives them. */
public final class PropertyValues {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private PropertyValues() {}

    /** A string of bytes, as it is. */
    public static byte[] string(String value) {
        return value.getBytes(ISO_8859_1);
    }

    /** An int or uint: 8 bytes, little-endian. */
    public static byte[] integer(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    /** A bool: one byte. */
    public static byte[] bool(boolean value) {
        return new byte[] {(byte) (value ? 1 : 0)};
    }

    /** A timestamp: nanoseconds since the Unix epoch. */
    public static byte[] timestamp(Instant value) {
        return integer(value.getEpochSecond() * NANOS_PER_SECOND + value.getNano());
    }

    /** A duration: nanoseconds. */
    public static byte[] duration(Duration value) {
        return integer(value.toNanos());
    }
}
