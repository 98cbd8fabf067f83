package dev.proxywasm.internal.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts modules together byte by byte, well-formed or not; it shares no code with what it tests. */
final class WasmAssembler {

    static final int I32 = 0x7F;
    static final int I64 = 0x7E;
    static final int F32 = 0x7D;
    static final int F64 = 0x7C;
    static final int V128 = 0x7B;
    static final int FUNCREF = 0x70;
    static final int EXTERNREF = 0x6F;

    static final int FUNC = 0;
    static final int TABLE = 1;
    static final int MEMORY = 2;
    static final int GLOBAL = 3;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private WasmAssembler() {}

    /** No bytes so far, not even a header. */
    static WasmAssembler nothing() {
        return new WasmAssembler();
    }

    /** A module that has its header so far: the first section begins at byte 8. */
    static WasmAssembler module() {
        return nothing().raw(bytes(0, 'a', 's', 'm', 1, 0, 0, 0));
    }

    /** Appends bytes as they are. */
    WasmAssembler raw(byte[]... parts) {
        out.writeBytes(concat(parts));
        return this;
    }

    /** Appends a section with the size it needs. */
    WasmAssembler section(int id, byte[]... content) {
        byte[] bytes = concat(content);
        return raw(bytes(id), u32(bytes.length), bytes);
    }

    /** Appends a section that is a vector of {@code items}. */
    WasmAssembler vector(int id, byte[]... items) {
        return section(id, u32(items.length), concat(items));
    }

    WasmAssembler custom(String name, int... content) {
        return section(0, name(name), bytes(content));
    }

    WasmAssembler types(byte[]... types) {
        return vector(1, types);
    }

    WasmAssembler imports(byte[]... imports) {
        return vector(2, imports);
    }

    WasmAssembler functions(int... types) {
        return section(3, u32(types.length), bytes(types));
    }

    WasmAssembler tables(byte[]... tables) {
        return vector(4, tables);
    }

    WasmAssembler memories(byte[]... memories) {
        return vector(5, memories);
    }

    WasmAssembler globals(byte[]... globals) {
        return vector(6, globals);
    }

    WasmAssembler exports(byte[]... exports) {
        return vector(7, exports);
    }

    WasmAssembler start(int function) {
        return section(8, bytes(function));
    }

    /** Appends a code section of {@code count} functions that do nothing. */
    WasmAssembler code(int count) {
        byte[][] bodies = new byte[count][];
        Arrays.fill(bodies, bytes(2, 0, 0x0B));
        return vector(10, bodies);
    }

    byte[] build() {
        return out.toByteArray();
    }

    static byte[] functionType(int[] params, int[] results) {
        return concat(bytes(0x60), u32(params.length), bytes(params), u32(results.length), bytes(results));
    }

    static byte[] imported(String module, String name, int kind, byte[]... type) {
        return concat(name(module), name(name), bytes(kind), concat(type));
    }

    static byte[] exported(String name, int kind, int index) {
        return concat(name(name), bytes(kind), u32(index));
    }

    static byte[] min(long minimum) {
        return concat(bytes(0), u32(minimum));
    }

    static byte[] minMax(long minimum, long maximum) {
        return concat(bytes(1), u32(minimum), u32(maximum));
    }

    static byte[] table(int elementType, byte[] limits) {
        return concat(bytes(elementType), limits);
    }

    static byte[] name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return concat(u32(utf8.length), utf8);
    }

    static byte[] u32(long value) {
        return value < 0x80 ? bytes((int) value) : concat(bytes((int) ((value & 0x7F) | 0x80)), u32(value >>> 7));
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static int[] list(int... values) {
        return values;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
