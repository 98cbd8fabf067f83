package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.GuestCalls;
import dev.proxywasm.internal.engine.shared.CallList;
import dev.proxywasm.internal.engine.shared.EntryGate;
import dev.proxywasm.internal.engine.shared.ImportedFunction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * The memory through which Java and the host module speak: its layout, and Java's side of it.
 *
 * <p>The layout is told in {@code host.wat}; the numbers stand here alone and are put into that text by {@link #constants}. All access
 * must happen inside the {@link EntryGate} of the instance: once the store is gone, so is the memory.
 */
final class Mailbox {

    private static final int WORD = Long.BYTES;

    /** Where the host module stores which import crosses. */
    static final int OPCODE = 0;

    /** Where it finds the answer. */
    static final int RESULT = OPCODE + WORD;

    private static final int ARGUMENTS = RESULT + WORD;
    private static final int ALLOC_SIZE = ARGUMENTS + ImportedFunction.MAX_PARAMETERS * WORD;
    private static final int ALLOC_POINTER = ALLOC_SIZE + Integer.BYTES;
    private static final int CALL_COUNT = ALLOC_POINTER + Integer.BYTES;
    private static final int CALLS_DONE = CALL_COUNT + Integer.BYTES;
    private static final int CALLS = CALLS_DONE + Integer.BYTES;

    private static final int CALL_ENTRY = 0;
    private static final int CALL_ARGUMENT_0 = CALL_ENTRY + Integer.BYTES;
    private static final int CALL_RESULT = CALL_ARGUMENT_0 + CallList.ARGUMENTS * Integer.BYTES;
    private static final int CALL_BYTES = 32;

    /** Where the bytes begin that sandbox code and its owner share. */
    static final int REGION = 1024;

    private static final int PAGE_BYTES = 64 * 1024;

    static {
        if (CALL_RESULT + Integer.BYTES > CALL_BYTES || CALLS + GuestCalls.CAPACITY * CALL_BYTES > REGION) {
            throw new AssertionError("the mailbox layout overlaps itself");
        }
    }

    private final ByteBuffer buffer;

    /** The mailbox in {@code memory}, the host module's whole memory. */
    Mailbox(ByteBuffer memory) {
        this.buffer = memory.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What {@code host.wat} calls the places, for a mailbox with a region of {@code regionBytes}. */
    static Map<String, Integer> constants(int regionBytes) {
        return Map.ofEntries(
                Map.entry("ALLOC_SIZE", ALLOC_SIZE),
                Map.entry("ALLOC_POINTER", ALLOC_POINTER),
                Map.entry("CALL_COUNT", CALL_COUNT),
                Map.entry("CALLS_DONE", CALLS_DONE),
                Map.entry("CALLS", CALLS),
                Map.entry("CALL_BYTES", CALL_BYTES),
                Map.entry("CALL_ENTRY", CALL_ENTRY),
                Map.entry("CALL_ARGUMENT_0", CALL_ARGUMENT_0),
                Map.entry("CALL_ARGUMENT_1", CALL_ARGUMENT_0 + Integer.BYTES),
                Map.entry("CALL_ARGUMENT_2", CALL_ARGUMENT_0 + 2 * Integer.BYTES),
                Map.entry("CALL_ARGUMENT_3", CALL_ARGUMENT_0 + 3 * Integer.BYTES),
                Map.entry("CALL_ARGUMENT_4", CALL_ARGUMENT_0 + 4 * Integer.BYTES),
                Map.entry("CALL_RESULT", CALL_RESULT),
                Map.entry("REGION", REGION),
                Map.entry("MAILBOX_PAGES", pages(regionBytes)));
    }

    /** One spare word at the end: {@code $in} and {@code $out} touch whole words. */
    private static int pages(int regionBytes) {
        return Math.toIntExact(((long) REGION + regionBytes + WORD + PAGE_BYTES - 1) / PAGE_BYTES);
    }

    /** Where the host module stores argument {@code index}. */
    static int argumentOffset(int index) {
        return ARGUMENTS + index * WORD;
    }

    /** Which import is crossing. */
    int opcode() {
        return buffer.getInt(OPCODE);
    }

    /** The bits of an argument; those above the argument's type mean nothing. */
    long argument(int index) {
        return buffer.getLong(ARGUMENTS + index * WORD);
    }

    /** Answers the import that is crossing. */
    void setResult(long bits) {
        buffer.putLong(RESULT, bits);
    }

    /** What the next {@code alloc} asks for. */
    void setAllocSize(int size) {
        buffer.putInt(ALLOC_SIZE, size);
    }

    /** What the last {@code alloc} was answered. */
    int allocPointer() {
        return buffer.getInt(ALLOC_POINTER);
    }

    /** Announces {@code count} calls for the next {@code run}, none of them done. */
    void setCallCount(int count) {
        buffer.putInt(CALL_COUNT, count);
        buffer.putInt(CALLS_DONE, 0);
    }

    /** Writes one call: its entry point and {@value #CallList.ARGUMENTS} arguments, from {@code words} at {@code from}. */
    void setCall(int call, int[] words, int from) {
        int at = CALLS + call * CALL_BYTES + CALL_ENTRY;
        for (int i = 0; i <= CallList.ARGUMENTS; i++) {
            buffer.putInt(at + i * Integer.BYTES, words[from + i]);
        }
    }

    /** How many calls of this {@code run} have returned. */
    int callsDone() {
        return buffer.getInt(CALLS_DONE);
    }

    /** What a call that has returned answered. */
    int callResult(int call) {
        return buffer.getInt(CALLS + call * CALL_BYTES + CALL_RESULT);
    }

    /** The bytes that sandbox code and its owner share. */
    ByteBuffer region(int regionBytes) {
        return buffer.slice(REGION, regionBytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
