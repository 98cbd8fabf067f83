package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.wasm.Export;
import dev.proxywasm.internal.wasm.ExternKind;
import dev.proxywasm.internal.wasm.ModuleInfo;
import io.github.kawamuray.wasmtime.MemoryType;
import io.github.kawamuray.wasmtime.Module;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A guest, compiled: what is the same for all its instances.
 *
 * @param name what messages call it
 * @param info what its author declared
 * @param rewritten what it declares since it was rewritten: memory and tables have a maximum, the start function is an export
 * @param imports the functions among its imports
 * @param startExport the export that its start function has become
 * @param limits what its instances live within
 * @param code the native module
 */
record GuestModule(
        String name,
        ModuleInfo info,
        ModuleInfo rewritten,
        List<ImportedFunction> imports,
        Optional<String> startExport,
        ModuleLimits limits,
        Module code) {

    /** The export that is its memory, the conventional {@code memory} first, or null if none is. */
    @Nullable
    String memoryExport() {
        List<String> names = info.exports().stream()
                .filter(export -> export.kind() == ExternKind.MEMORY)
                .map(Export::name)
                .toList();
        if (names.isEmpty()) {
            return null;
        }
        return names.contains("memory") ? "memory" : names.get(0);
    }

    /** The memory to make for it: what it imports; an empty one if it imports none. */
    MemoryType importedMemory() {
        return rewritten
                .importedMemory()
                .map(type -> new MemoryType(
                        type.limits().minimum(), type.limits().maximum().orElseThrow(), false))
                .orElseGet(() -> new MemoryType(0, 0, false));
    }
}
