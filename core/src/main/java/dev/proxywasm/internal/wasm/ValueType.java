package dev.proxywasm.internal.wasm;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The types of values that the engine supports: numbers, vectors and the two reference types. */
public enum ValueType {
    /** A 32-bit integer; also how the ABI passes pointers, sizes and enums. */
    I32(0x7F, "i32"),
    /** A 64-bit integer. */
    I64(0x7E, "i64"),
    /** A 32-bit floating-point number. */
    F32(0x7D, "f32"),
    /** A 64-bit floating-point number. */
    F64(0x7C, "f64"),
    /** A 128-bit vector. */
    V128(0x7B, "v128"),
    /** A reference to a function, or null. */
    FUNCREF(0x70, "funcref"),
    /** A reference to something of the host's, or null. */
    EXTERNREF(0x6F, "externref");

    private static final @Nullable ValueType[] BY_CODE = new ValueType[0x80];

    static {
        Arrays.stream(values()).forEach(type -> BY_CODE[type.code] = type);
    }

    private final int code;
    private final String watName;

    ValueType(int code, String watName) {
        this.code = code;
        this.watName = watName;
    }

    /** The byte that stands for this type in the binary format, unsigned. */
    public int code() {
        return code;
    }

    /** The keyword of this type in the text format. */
    public String watName() {
        return watName;
    }

    /** Whether values of this type are references, and so may be elements of a table. */
    public boolean isReference() {
        return this == FUNCREF || this == EXTERNREF;
    }

    /** The type that an unsigned byte of the binary format stands for, or empty if the engine knows none. */
    static Optional<ValueType> ofCode(int code) {
        return code < BY_CODE.length ? Optional.ofNullable(BY_CODE[code]) : Optional.empty();
    }
}
