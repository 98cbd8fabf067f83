package dev.proxywasm.internal.property;

/** What kind of value an attribute has, and so how its bytes are to be read. */
public enum AttributeType {
    /** Bytes as they are, without terminator. */
    STRING("string"),
    /** 8 bytes, little-endian, signed. */
    INT("int"),
    /** 8 bytes, little-endian, unsigned. */
    UINT("uint"),
    /** 1 byte, 0 or 1. */
    BOOL("bool"),
    /** 8 bytes, little-endian: nanoseconds since the Unix epoch. */
    TIMESTAMP("timestamp"),
    /** 8 bytes, little-endian: nanoseconds. */
    DURATION("duration"),
    /** Serialised pairs, each value by its own type; a further segment of the path is a key. */
    MAP("map"),
    /** A serialised protobuf message; a further segment of the path is a field. */
    MESSAGE("message");

    private final String text;

    AttributeType(String text) {
        this.text = text;
    }

    /** As documents name it. */
    @Override
    public String toString() {
        return text;
    }
}
