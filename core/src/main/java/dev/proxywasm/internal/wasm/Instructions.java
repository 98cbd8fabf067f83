package dev.proxywasm.internal.wasm;

/**
 * Passes over instructions one by one: they have no length, so what stands behind each opcode must be known.
 *
 * <p>Knows what the native engine accepts as the host configures it, and refuses the rest by name. So a module either is one whose
 * instructions begin where this says, or none that runs. What they do to the operand stack is for the engine to check.
 */
final class Instructions {

    /** What the opcode of an instruction with a prefix is made of: the prefix here, the number behind it below. */
    private static final int PREFIX_SHIFT = 16;

    private static final int BULK = 0xFC;
    private static final int VECTOR = 0xFD;

    /** Puts a constant on the operand stack. */
    static final int I32_CONST = 0x41;

    /** Ask for memory or table space; fill, copy or initialise any number of bytes or elements. */
    private static final int MEMORY_GROW = 0x40;

    private static final int MEMORY_INIT = BULK << PREFIX_SHIFT | 8;
    private static final int MEMORY_COPY = BULK << PREFIX_SHIFT | 10;
    private static final int MEMORY_FILL = BULK << PREFIX_SHIFT | 11;
    private static final int TABLE_INIT = BULK << PREFIX_SHIFT | 12;
    private static final int TABLE_COPY = BULK << PREFIX_SHIFT | 14;
    private static final int TABLE_GROW = BULK << PREFIX_SHIFT | 15;
    private static final int TABLE_FILL = BULK << PREFIX_SHIFT | 17;

    /** The bit of an alignment that says that the index of a memory follows. */
    private static final int HAS_MEMORY_INDEX = 0x40;

    private static final int NO_RESULT = 0x40;
    private static final int FIRST_SHORT_FORM = 0x40;
    private static final int FIRST_LONG_FORM = 0x80;
    private static final int V128_BYTES = 16;

    private Instructions() {}

    /** Whether an instruction may take as long as a memory or table is large, and not as long as code is. */
    static boolean isBulkOperation(int opcode) {
        return switch (opcode) {
            case MEMORY_GROW, MEMORY_INIT, MEMORY_COPY, MEMORY_FILL, TABLE_INIT, TABLE_COPY, TABLE_GROW, TABLE_FILL ->
                true;
            default -> false;
        };
    }

    /** Whether a bulk operation takes as many bytes as the topmost operand says. */
    static boolean countsBytes(int opcode) {
        return opcode == MEMORY_INIT || opcode == MEMORY_COPY || opcode == MEMORY_FILL;
    }

    /** Passes over an instruction and gives its opcode, for {@link #isBulkOperation}. */
    static int next(ByteCursor cursor) {
        int start = cursor.position();
        int opcode = cursor.u8("an instruction");
        if (opcode != BULK && opcode != VECTOR) {
            skipImmediates(cursor, start, opcode);
            return opcode;
        }
        long number = cursor.u32("an instruction");
        if (number >>> PREFIX_SHIFT != 0) {
            throw unknown(cursor, start, opcode, number);
        }
        if (opcode == BULK) {
            skipOfBulk(cursor, start, (int) number);
        } else {
            skipOfVector(cursor, start, (int) number);
        }
        return opcode << PREFIX_SHIFT | (int) number;
    }

    /** Passes over what stands behind an opcode without a prefix; {@code start} is where that is, for messages. */
    static void skipImmediates(ByteCursor cursor, int start, int opcode) {
        switch (opcode) {
            case 0x00, 0x01, 0x05, 0x0B, 0x0F, 0x1A, 0x1B, 0xD1 -> {}
            case 0x02, 0x03, 0x04 -> skipBlockType(cursor);
            case 0x0C, 0x0D -> cursor.u32("a label");
            case 0x0E -> skipLabels(cursor);
            case 0x10, 0xD2 -> cursor.u32("a function index");
            case 0x11 -> skipTwo(cursor, "a type index", "a table index");
            case 0x1C -> skipTypes(cursor);
            case 0x20, 0x21, 0x22 -> cursor.u32("a local index");
            case 0x23, 0x24 -> cursor.u32("a global index");
            case 0x25, 0x26 -> cursor.u32("a table index");
            case 0x3F, MEMORY_GROW -> cursor.u32("a memory index");
            case I32_CONST -> cursor.skipSigned(5, "an i32 constant");
            case 0x42 -> cursor.skipSigned(10, "an i64 constant");
            case 0x43 -> cursor.skip(Float.BYTES, "an f32 constant");
            case 0x44 -> cursor.skip(Double.BYTES, "an f64 constant");
            case 0xD0 -> TypeReader.referenceType(cursor);
            default -> skipOfMany(cursor, start, opcode);
        }
    }

    private static void skipOfMany(ByteCursor cursor, int start, int opcode) {
        if (opcode >= 0x28 && opcode <= 0x3E) {
            skipPlace(cursor);
        } else if (opcode < 0x45 || opcode > 0xC4) {
            throw refused(cursor, start, opcode);
        }
    }

    private static void skipBlockType(ByteCursor cursor) {
        int form = cursor.remaining() == 0 ? NO_RESULT : cursor.peek();
        if (form == NO_RESULT) {
            cursor.u8("a block type");
        } else if (form >= FIRST_SHORT_FORM && form < FIRST_LONG_FORM) {
            TypeReader.valueType(cursor);
        } else {
            cursor.skipSigned(5, "a block type");
        }
    }

    private static void skipLabels(ByteCursor cursor) {
        int count = cursor.count("labels", 1);
        for (int i = 0; i <= count; i++) {
            cursor.u32("a label");
        }
    }

    private static void skipTypes(ByteCursor cursor) {
        int count = cursor.count("types", 1);
        for (int i = 0; i < count; i++) {
            TypeReader.valueType(cursor);
        }
    }

    /** Alignment and offset of a load or store. */
    private static void skipPlace(ByteCursor cursor) {
        int start = cursor.position();
        if ((cursor.u32("an alignment") & HAS_MEMORY_INDEX) != 0) {
            throw cursor.unsupported(start, "more than one memory (multi-memory)");
        }
        cursor.u32("an offset");
    }

    private static void skipTwo(ByteCursor cursor, String first, String second) {
        cursor.u32(first);
        cursor.u32(second);
    }

    private static void skipOfBulk(ByteCursor cursor, int start, int number) {
        switch (number) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> {}
            case 8 -> skipTwo(cursor, "a data segment index", "a memory index");
            case 9 -> cursor.u32("a data segment index");
            case 10 -> skipTwo(cursor, "a memory index", "a memory index");
            case 11 -> cursor.u32("a memory index");
            case 12 -> skipTwo(cursor, "an element segment index", "a table index");
            case 13 -> cursor.u32("an element segment index");
            case 14 -> skipTwo(cursor, "a table index", "a table index");
            case 15, 16, 17 -> cursor.u32("a table index");
            default -> throw unknown(cursor, start, BULK, number);
        }
    }

    private static void skipOfVector(ByteCursor cursor, int start, int number) {
        if (number <= 11 || number == 92 || number == 93) {
            skipPlace(cursor);
        } else if (number == 12 || number == 13) {
            cursor.skip(V128_BYTES, "16 bytes of a vector instruction");
        } else if (number >= 21 && number <= 34) {
            cursor.u8("a lane");
        } else if (number >= 84 && number <= 91) {
            skipPlace(cursor);
            cursor.u8("a lane");
        } else if (number >= 0x100 && number <= 0x12F) {
            throw cursor.unsupported(start, "relaxed SIMD");
        } else if (number > 0xFF) {
            throw unknown(cursor, start, VECTOR, number);
        }
    }

    private static MalformedModuleException refused(ByteCursor cursor, int start, int opcode) {
        return switch (opcode) {
            case 0x06, 0x07, 0x08, 0x09, 0x0A, 0x18, 0x19, 0x1F -> cursor.unsupported(start, "exceptions");
            case 0x12, 0x13, 0x15 -> cursor.unsupported(start, "tail calls");
            case 0x14, 0xD4, 0xD5, 0xD6 -> cursor.unsupported(start, "typed references");
            case 0xD3, 0xFB -> cursor.unsupported(start, "garbage-collected types");
            case 0xFE -> cursor.unsupported(start, "threads");
            default -> cursor.malformed(start, "opcode 0x%02x is unknown".formatted(opcode));
        };
    }

    private static MalformedModuleException unknown(ByteCursor cursor, int start, int prefix, long number) {
        return cursor.malformed(start, "opcode 0x%02x %d is unknown".formatted(prefix, number));
    }
}
