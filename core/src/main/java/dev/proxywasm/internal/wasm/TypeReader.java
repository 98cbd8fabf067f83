package dev.proxywasm.internal.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads types from their binary form, and refuses those of WebAssembly features that the engine lacks. */
final class TypeReader {

    private static final int FUNCTION_FORM = 0x60;
    private static final int TABLE_WITH_INITIALISER = 0x40;
    private static final int HAS_MAXIMUM = 0x01;
    private static final int SHARED = 0x02;
    private static final int INDEX_64_BIT = 0x04;
    private static final int CUSTOM_PAGE_SIZE = 0x08;

    private TypeReader() {}

    static FunctionType functionType(ByteCursor cursor) {
        int start = cursor.position();
        int form = cursor.u8("the form of a type");
        if (form != FUNCTION_FORM) {
            throw isGcForm(form)
                    ? cursor.unsupported(start, "garbage-collected types")
                    : cursor.malformed(start, "0x%02x is not the form of a type".formatted(form));
        }
        return new FunctionType(valueTypes(cursor, "parameters"), valueTypes(cursor, "results"));
    }

    private static List<ValueType> valueTypes(ByteCursor cursor, String what) {
        int count = cursor.count(what, 1);
        List<ValueType> types = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            types.add(valueType(cursor));
        }
        return types;
    }

    static ValueType valueType(ByteCursor cursor) {
        int start = cursor.position();
        int code = cursor.u8("a value type");
        return ValueType.ofCode(code).orElseThrow(() -> unknownValueType(cursor, start, code));
    }

    private static MalformedModuleException unknownValueType(ByteCursor cursor, int start, int code) {
        return switch (code) {
            case 0x68, 0x69, 0x74, 0x75 -> cursor.unsupported(start, "exception references or continuations");
            case 0x63, 0x64 -> cursor.unsupported(start, "typed references");
            case 0x65, 0x67, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x71, 0x72, 0x73, 0x77, 0x78 ->
                cursor.unsupported(start, "garbage-collected types");
            default -> cursor.malformed(start, "0x%02x is not a value type".formatted(code));
        };
    }

    private static boolean isGcForm(int form) {
        return (form >= 0x4C && form <= 0x50) || form == 0x5E || form == 0x5F;
    }

    static ValueType referenceType(ByteCursor cursor) {
        int start = cursor.position();
        ValueType type = valueType(cursor);
        if (!type.isReference()) {
            throw cursor.malformed(start, "%s is not a reference type".formatted(type.watName()));
        }
        return type;
    }

    static TableType tableType(ByteCursor cursor) {
        int start = cursor.position();
        if (cursor.remaining() > 0 && cursor.peek() == TABLE_WITH_INITIALISER) {
            throw cursor.unsupported(start, "typed references (a table with an initial value)");
        }
        return new TableType(referenceType(cursor), limits(cursor, "table", 0xFFFF_FFFFL));
    }

    static MemoryType memoryType(ByteCursor cursor) {
        return new MemoryType(limits(cursor, "memory", MemoryType.MAX_PAGES));
    }

    private static Limits limits(ByteCursor cursor, String what, long bound) {
        int start = cursor.position();
        int flags = cursor.u8("the limits of a " + what);
        checkFlags(cursor, start, flags, what);
        long minimum = size(cursor, "the minimum of a " + what, bound);
        if ((flags & HAS_MAXIMUM) == 0) {
            return new Limits(minimum, OptionalLong.empty());
        }
        int maximumAt = cursor.position();
        long maximum = size(cursor, "the maximum of a " + what, bound);
        if (maximum < minimum) {
            throw cursor.malformed(
                    maximumAt, "the maximum %d of a %s is below its minimum %d".formatted(maximum, what, minimum));
        }
        return new Limits(minimum, OptionalLong.of(maximum));
    }

    private static long size(ByteCursor cursor, String what, long bound) {
        int start = cursor.position();
        long size = cursor.u32(what);
        if (size > bound) {
            throw cursor.malformed(start, "%s is %d, beyond the %d that are possible".formatted(what, size, bound));
        }
        return size;
    }

    private static void checkFlags(ByteCursor cursor, int start, int flags, String what) {
        if ((flags & ~(HAS_MAXIMUM | SHARED | INDEX_64_BIT | CUSTOM_PAGE_SIZE)) != 0) {
            throw cursor.malformed(start, "0x%02x is not a form of the limits of a %s".formatted(flags, what));
        }
        if ((flags & INDEX_64_BIT) != 0) {
            throw cursor.unsupported(start, "a 64-bit %s (memory64)".formatted(what));
        }
        if ((flags & SHARED) != 0) {
            throw cursor.unsupported(start, "a shared %s (threads)".formatted(what));
        }
        if ((flags & CUSTOM_PAGE_SIZE) != 0) {
            throw cursor.unsupported(start, "a page size of its own");
        }
    }

    static GlobalType globalType(ByteCursor cursor) {
        ValueType type = valueType(cursor);
        int start = cursor.position();
        int mutability = cursor.u8("the mutability of a global");
        if (mutability > 1) {
            throw mutability <= 3
                    ? cursor.unsupported(start, "a shared global (threads)")
                    : cursor.malformed(start, "0x%02x is not a mutability".formatted(mutability));
        }
        return new GlobalType(type, mutability == 1);
    }
}
