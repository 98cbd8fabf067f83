package dev.proxywasm.internal.engine;

/**
 * A sequence of calls into one instance that runs as one entry.
 *
 * <p>Reused: {@link #clear}, {@link #add}, {@link WasmInstance#run}, {@link #result}. Confined like its instance.
 */
public interface GuestCalls {

    /** How many calls a sequence can hold. */
    int CAPACITY = 8;

    /** Forgets all calls and results. */
    void clear();

    /**
     * Appends a call.
     *
     * @param entryPoint position in {@link InstanceSpec#entryPoints}; must be one that the guest exports
     * @throws IllegalArgumentException if the guest lacks the entry point
     * @throws IllegalStateException if the sequence is full
     */
    void add(int entryPoint, int a0, int a1, int a2, int a3, int a4);

    /** How many calls the sequence holds. */
    int size();

    /** How many of the calls have returned in the present or last run; while the guest runs, the position of the call under way. */
    int completed();

    /** The result of a call that has returned; 0 for a function without result. */
    int result(int index);
}
