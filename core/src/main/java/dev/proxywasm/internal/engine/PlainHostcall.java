package dev.proxywasm.internal.engine;

/**
 * Answers one function in plain cases, for an engine whose guests run in Java: the fast path of the JVM.
 *
 * <p>An answer is a part of the guest's own time and stack, and may be stopped wherever the guest may. So it takes no lock, logs nothing,
 * throws nothing, calls nobody but the guest's allocator, and initialises no class, but in its first answer.
 */
@FunctionalInterface
public interface PlainHostcall {

    /** In place of an answer: the case is not plain, nothing has been done, and the hostcall is to be made. */
    int NONE = -1;

    /** Answers, or not, a call with these arguments: its result, an i32 that is not negative, or {@link #NONE}. */
    int answer(long[] arguments);
}
