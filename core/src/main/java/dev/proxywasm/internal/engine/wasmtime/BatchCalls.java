package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.GuestCalls;
import org.jspecify.annotations.Nullable;

/** A sequence of calls in Java's memory; it is copied to the mailbox and back by {@link #begin} and {@link #end}. */
final class BatchCalls implements GuestCalls {

    private static final int WORDS = 1 + Mailbox.CALL_ARGUMENTS;

    private final int[] arities;
    private final int[] words = new int[CAPACITY * WORDS];
    private final int[] results = new int[CAPACITY];
    private int size;
    private int completed;
    private @Nullable Mailbox running;

    /** A sequence for an instance whose entry points take that many parameters; -1 for one it lacks. */
    BatchCalls(int[] arities) {
        this.arities = arities;
    }

    @Override
    public void clear() {
        requireResting();
        size = 0;
        completed = 0;
    }

    @Override
    public void add(int entryPoint, int a0, int a1, int a2, int a3, int a4) {
        requireResting();
        if (entryPoint < 0 || entryPoint >= arities.length || arities[entryPoint] < 0) {
            throw new IllegalArgumentException("the guest has no entry point " + entryPoint);
        }
        if (size == CAPACITY) {
            throw new IllegalStateException("a sequence holds at most %d calls".formatted(CAPACITY));
        }
        int at = size++ * WORDS;
        words[at] = entryPoint;
        words[at + 1] = a0;
        words[at + 2] = a1;
        words[at + 3] = a2;
        words[at + 4] = a3;
        words[at + 5] = a4;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int completed() {
        return running == null ? completed : running.callsDone();
    }

    @Override
    public int result(int index) {
        if (index < 0 || index >= completed()) {
            throw new IndexOutOfBoundsException(
                    "call %d has not returned; %d of %d have".formatted(index, completed(), size));
        }
        return running == null ? results[index] : running.callResult(index);
    }

    /** Puts the calls into the mailbox. */
    void begin(Mailbox mailbox) {
        mailbox.setCallCount(size);
        for (int call = 0; call < size; call++) {
            mailbox.setCall(call, words, call * WORDS);
        }
        running = mailbox;
    }

    /** Takes the results from the mailbox. */
    void end(Mailbox mailbox) {
        running = null;
        completed = mailbox.callsDone();
        for (int call = 0; call < completed; call++) {
            results[call] = mailbox.callResult(call);
        }
    }

    private void requireResting() {
        if (running != null) {
            throw new IllegalStateException("the sequence is running");
        }
    }
}
