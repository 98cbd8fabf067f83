package dev.proxywasm.internal.engine;

import dev.proxywasm.internal.wasm.ModuleInfo;

/**
 * A module that passed validation and was compiled; a factory of instances.
 *
 * <p>Safe for use by several threads.
 */
public interface CompiledModule extends AutoCloseable {

    /** What the module declares: imports, exports, memory, start function, as its author wrote them. */
    ModuleInfo info();

    /** Which engine compiled it, in a word. */
    String engine();

    /** What a thread must have left of its stack that enters an instance, lest harm comes of whatever the guest does. */
    StackRoom stackRoom();

    /**
     * Creates an instance: links every import (functions to {@code spec.hostcalls()}, memory to a fresh one), and runs the module's
     * start section, if it has one, within {@code spec.startTimeoutNanos()}.
     *
     * @throws EngineException if the module cannot be linked or the cap on live instances is reached
     * @throws WasmTrap if the start section traps
     */
    WasmInstance instantiate(InstanceSpec spec);

    /** Releases the compiled code once no instance uses it. Calling it again does nothing. */
    @Override
    void close();
}
