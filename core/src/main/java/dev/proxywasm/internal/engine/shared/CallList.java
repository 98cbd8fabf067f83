package dev.proxywasm.internal.engine.shared;

import dev.proxywasm.internal.engine.GuestCalls;

/** A sequence of calls in Java's memory. How they are run, and where their results are meanwhile, is its engine's. */
public abstract class CallList implements GuestCalls {

    /** How many arguments a call carries. */
    public static final int ARGUMENTS = 5;

    /** A call in {@link #words}: its entry point, then its arguments. */
    protected static final int WORDS = 1 + ARGUMENTS;

    /** The calls, one after the other. */
    protected final int[] words = new int[CAPACITY * WORDS];

    /** What those that have returned answered. */
    protected final int[] results = new int[CAPACITY];

    private final int[] arities;
    private int size;

    /** A sequence for an instance whose entry points take that many parameters; -1 for one it lacks. */
    protected CallList(int[] arities) {
        this.arities = arities;
    }

    /** Whether the calls are being run. */
    protected abstract boolean isRunning();

    /** Begins anew: no call has returned. */
    protected abstract void forgetResults();

    @Override
    public final void clear() {
        requireResting();
        size = 0;
        forgetResults();
    }

    @Override
    public final void add(int entryPoint, int a0, int a1, int a2, int a3, int a4) {
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
    public final int size() {
        return size;
    }

    @Override
    public final int result(int index) {
        if (index < 0 || index >= completed()) {
            throw new IndexOutOfBoundsException(
                    "call %d has not returned; %d of %d have".formatted(index, completed(), size));
        }
        return resultOf(index);
    }

    /** The result of a call that has returned. */
    protected int resultOf(int index) {
        return results[index];
    }

    private void requireResting() {
        if (isRunning()) {
            throw new IllegalStateException("the sequence is running");
        }
    }
}
