package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.shared.AdmittedModule;
import io.github.kawamuray.wasmtime.MemoryType;
import io.github.kawamuray.wasmtime.Module;

/**
 * A guest, compiled: what is the same for all its instances.
 *
 * @param source what it was compiled from
 * @param code the native module
 */
record GuestModule(AdmittedModule source, Module code) {

    /** The memory to make for it: what it imports; an empty one if it imports none. */
    MemoryType importedMemory() {
        return source.rewritten()
                .importedMemory()
                .map(type -> new MemoryType(
                        type.limits().minimum(), type.limits().maximum().orElseThrow(), false))
                .orElseGet(() -> new MemoryType(0, 0, false));
    }
}
