package dev.proxywasm.internal.wasm;

import java.util.BitSet;

/** By how much instructions make the operand stack deeper, but for those whose type says so: calls and blocks. */
final class StackEffects {

    private static final int BULK = 0xFC0000;
    private static final int VECTOR = 0xFD0000;

    /** Of the vector instructions for arithmetic, those that have one operand. */
    private static final BitSet UNARY_VECTORS = new BitSet();

    static {
        int[][] ranges = {
            {96, 100},
            {103, 106},
            {116, 117},
            {122, 122},
            {124, 129},
            {131, 132},
            {135, 138},
            {148, 148},
            {160, 161},
            {163, 164},
            {167, 170},
            {192, 193},
            {195, 196},
            {199, 202},
            {224, 225},
            {227, 227},
            {236, 237},
            {239, 239},
            {248, 255}
        };
        for (int[] range : ranges) {
            UNARY_VECTORS.set(range[0], range[1] + 1);
        }
    }

    private StackEffects() {}

    /** Of an opcode as {@link Instructions#next} gives it. */
    static int of(int opcode) {
        if (opcode >= VECTOR) {
            return ofVector(opcode - VECTOR);
        }
        if (opcode >= BULK) {
            return ofBulk(opcode - BULK);
        }
        return opcode < 0x41 ? ofVariable(opcode) : ofNumber(opcode);
    }

    private static int ofVariable(int opcode) {
        return switch (opcode) {
            case 0x20, 0x23, 0x3F -> 1;
            case 0x04, 0x0D, 0x0E, 0x1A, 0x21, 0x24 -> -1;
            case 0x1B, 0x1C, 0x26 -> -2;
            default -> opcode >= 0x36 && opcode <= 0x3E ? -2 : 0;
        };
    }

    private static int ofNumber(int opcode) {
        return switch (opcode) {
            case 0x41, 0x42, 0x43, 0x44, 0xD0, 0xD2 -> 1;
            default -> isBinary(opcode) ? -1 : 0;
        };
    }

    /** Comparisons and arithmetic of both sizes of integers, then of floating-point numbers. */
    private static boolean isBinary(int opcode) {
        return isIn(opcode, 0x46, 0x4F)
                || isIn(opcode, 0x51, 0x66)
                || isIn(opcode, 0x6A, 0x78)
                || isIn(opcode, 0x7C, 0x8A)
                || isIn(opcode, 0x92, 0x98)
                || isIn(opcode, 0xA0, 0xA6);
    }

    private static int ofBulk(int number) {
        return switch (number) {
            case 8, 10, 11, 12, 14, 17 -> -3;
            case 15 -> -1;
            case 16 -> 1;
            default -> 0;
        };
    }

    private static int ofVector(int number) {
        return switch (number) {
            case 12 -> 1;
            case 11, 82, 88, 89, 90, 91 -> -2;
            case 13, 14, 23, 26, 28, 30, 32, 34, 84, 85, 86, 87 -> -1;
            case 77, 83, 92, 93, 94, 95 -> 0;
            default -> number < 35 || UNARY_VECTORS.get(number) ? 0 : -1;
        };
    }

    private static boolean isIn(int opcode, int first, int last) {
        return opcode >= first && opcode <= last;
    }
}
