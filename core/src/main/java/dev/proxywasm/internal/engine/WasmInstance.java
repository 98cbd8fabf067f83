package dev.proxywasm.internal.engine;

import java.nio.ByteBuffer;

/**
 * One instance of a module: its memory, its globals, and the way into its functions.
 *
 * <p>Confined: at most one thread may be inside at a time, and the caller sees to that. After {@link #close} every method but
 * {@code close} throws {@link IllegalStateException}. After a {@link WasmTrap} the guest's state is unknown: close the instance.
 */
public interface WasmInstance extends AutoCloseable {

    /** Whether the guest exports the entry point at this position of {@link InstanceSpec#entryPoints}. */
    boolean hasEntryPoint(int entryPoint);

    /** How many parameters the guest's entry point takes. */
    int entryPointArity(int entryPoint);

    /**
     * Runs the calls in order, in one entry; results are read from {@code calls} afterwards.
     *
     * <p>An entry point takes as many of the five arguments as it has parameters.
     *
     * @param timeoutNanos time that all of them may take; checked with the resolution of the engine's ticks, and only while guest code
     *     runs: what a hostcall takes counts, but does not stop it
     * @throws WasmTrap if a call traps or runs out of time; {@link GuestCalls#completed} tells how many ended before
     * @throws RuntimeException whatever a hostcall threw, the same instance
     */
    void run(GuestCalls calls, long timeoutNanos);

    /** An empty sequence of calls for {@link #run}, to be reused by its owner. */
    GuestCalls newCalls();

    /**
     * Calls the guest's allocator; only legal during a hostcall of this instance.
     *
     * @param size bytes wanted, unsigned, never 0
     * @return what the guest answered, unchecked: it may be 0 or point anywhere; 0 if it has no allocator
     * @throws WasmTrap if the allocator traps; the entry under way ends with the same trap, even if the handler catches it
     */
    int allocate(int size);

    /** The guest's linear memory. */
    GuestMemory memory();

    /**
     * The memory that {@link InstanceSpec#sandbox} shares with Java, little-endian, or an empty buffer where the engine runs no code of
     * the host in its sandbox. Must not be used after {@link #close}.
     */
    ByteBuffer sandboxRegion();

    /** The address at which {@link #sandboxRegion} begins for the code in the sandbox. */
    int sandboxRegionBase();

    /** Releases the instance; while guest code is still on some stack, when that code has returned. Calling it again does nothing. */
    @Override
    void close();
}
