package dev.proxywasm.internal.property;

import java.util.Map;

/**
 * A protobuf message as a value: its fields by name, and all of it as bytes.
 *
 * <p>Immutable.
 */
final class PropertyMessage {

    private final Map<String, Object> fields;
    private final byte[] serialized;

    /** Takes the bytes over. */
    PropertyMessage(Map<String, Object> fields, byte[] serialized) {
        this.fields = Map.copyOf(fields);
        this.serialized = serialized;
    }

    Map<String, Object> fields() {
        return fields;
    }

    byte[] serialized() {
        return serialized.clone();
    }
}
