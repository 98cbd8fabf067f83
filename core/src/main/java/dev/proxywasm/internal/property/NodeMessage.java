package dev.proxywasm.internal.property;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.NodeConfig;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * The protobuf form of {@code envoy.config.core.v3.Node}: id (1), cluster (2), metadata (3, a {@code google.protobuf.Struct}).
 *
 * <p>A {@code Struct} has fields (1), each an entry of key (1) and value (2); a {@code Value} is a number (2), string (3), bool (4), struct
 * (5) or list (6), whose values are (1). A member of {@code Value} is written even if it is empty: which one is there is what it says.
 */
final class NodeMessage {

    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;

    private NodeMessage() {}

    static byte[] encode(NodeConfig node) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        putUnlessEmpty(message, 1, node.id().getBytes(UTF_8));
        putUnlessEmpty(message, 2, node.cluster().getBytes(UTF_8));
        putUnlessEmpty(message, 3, struct(node.metadata()));
        return message.toByteArray();
    }

    private static byte[] struct(Map<?, ?> fields) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        fields.forEach((key, value) -> {
            ByteArrayOutputStream entry = new ByteArrayOutputStream();
            put(entry, 1, key.toString().getBytes(UTF_8));
            put(entry, 2, value(value));
            put(message, 1, entry.toByteArray());
        });
        return message.toByteArray();
    }

    private static byte[] value(Object value) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        if (value instanceof Number number) {
            message.write(2 << 3 | FIXED_64);
            message.writeBytes(ByteBuffer.allocate(Double.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putDouble(number.doubleValue())
                    .array());
        } else if (value instanceof Boolean flag) {
            message.write(4 << 3);
            message.write(flag ? 1 : 0);
        } else if (value instanceof Map<?, ?> map) {
            put(message, 5, struct(map));
        } else if (value instanceof List<?> list) {
            ByteArrayOutputStream values = new ByteArrayOutputStream();
            list.forEach(element -> put(values, 1, value(element)));
            put(message, 6, values.toByteArray());
        } else {
            put(message, 3, value.toString().getBytes(UTF_8));
        }
        return message.toByteArray();
    }

    private static void putUnlessEmpty(ByteArrayOutputStream message, int field, byte[] value) {
        if (value.length > 0) {
            put(message, field, value);
        }
    }

    private static void put(ByteArrayOutputStream message, int field, byte[] value) {
        message.write(field << 3 | LENGTH_DELIMITED);
        int size = value.length;
        while (size > 0x7F) {
            message.write(size & 0x7F | 0x80);
            size >>>= 7;
        }
        message.write(size);
        message.writeBytes(value);
    }
}
