package dev.proxywasm.internal.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the primitives of the binary format; integers in as few bytes as they need. Not thread-safe. */
final class ByteWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ByteWriter u8(int value) {
        out.write(value);
        return this;
    }

    ByteWriter u32(long value) {
        long rest = value;
        while (rest > 0x7F) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    ByteWriter name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return u32(utf8.length).bytes(utf8);
    }

    ByteWriter bytes(byte[] bytes) {
        return bytes(bytes, 0, bytes.length);
    }

    /** Writes {@code bytes} from {@code from} up to {@code to}. */
    ByteWriter bytes(byte[] bytes, int from, int to) {
        out.write(bytes, from, to - from);
        return this;
    }

    /** Writes an entry of the export section. */
    ByteWriter export(Export export) {
        return name(export.name()).u8(export.kind().code()).u32(export.index());
    }

    /** Writes an entry of the type section. */
    ByteWriter functionType(FunctionType type) {
        return u8(0x60).types(type.params()).types(type.results());
    }

    private ByteWriter types(List<ValueType> types) {
        u32(types.size());
        types.forEach(type -> u8(type.code()));
        return this;
    }

    /** Writes a type that has limits; they must have a maximum, as rewritten ones do. */
    ByteWriter type(ExternType type) {
        if (type instanceof TableType table) {
            return u8(table.elementType().code()).limits(table.limits());
        }
        if (type instanceof MemoryType memory) {
            return limits(memory.limits());
        }
        throw new IllegalArgumentException(
                "a %s has no limits".formatted(type.kind().watName()));
    }

    private ByteWriter limits(Limits limits) {
        return u8(0x01).u32(limits.minimum()).u32(limits.maximum().orElseThrow());
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }
}
