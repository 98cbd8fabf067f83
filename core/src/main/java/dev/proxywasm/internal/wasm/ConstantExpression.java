package dev.proxywasm.internal.wasm;

/**
 * Passes over the constant expressions that initialise globals and place segments: they have no length, so their instructions must be known.
 * Whether they leave a value of the right type is for the engine to say.
 */
final class ConstantExpression {

    private static final int END = 0x0B;
    private static final int V128_CONST = 12;

    private ConstantExpression() {}

    /** Moves {@code cursor} behind the {@code end} of the expression it stands at. */
    static void skip(ByteCursor cursor) {
        int start = cursor.position();
        int opcode = cursor.u8("a constant expression");
        while (opcode != END) {
            skipOperands(cursor, start, opcode);
            start = cursor.position();
            opcode = cursor.u8("a constant expression");
        }
    }

    private static void skipOperands(ByteCursor cursor, int start, int opcode) {
        switch (opcode) {
            case 0x23, 0x41, 0x42, 0x43, 0x44, 0xD0, 0xD2 -> Instructions.skipImmediates(cursor, start, opcode);
            case 0xFD -> skipVector(cursor, start);
            case 0x6A, 0x6B, 0x6C, 0x7C, 0x7D, 0x7E ->
                throw cursor.unsupported(start, "arithmetic in constant expressions (extended-const)");
            case 0xFB -> throw cursor.unsupported(start, "garbage-collected types");
            default -> throw notConstant(cursor, start, opcode);
        }
    }

    private static void skipVector(ByteCursor cursor, int start) {
        if (cursor.u32("a vector instruction") != V128_CONST) {
            throw notConstant(cursor, start, 0xFD);
        }
        cursor.skip(16, "a v128 constant");
    }

    private static MalformedModuleException notConstant(ByteCursor cursor, int start, int opcode) {
        return cursor.malformed(start, "opcode 0x%02x is not a constant instruction".formatted(opcode));
    }
}
