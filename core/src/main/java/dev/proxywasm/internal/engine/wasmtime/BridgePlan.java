package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.InstanceSpec;
import dev.proxywasm.internal.engine.SandboxCode;
import dev.proxywasm.internal.wasm.ModuleInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that H and L depend on: instances with equal plans share both modules.
 *
 * @param imports the functions that the guest imports
 * @param entryPoints the exports that the host may call, absent ones left out
 * @param startNumber the number of the entry point that is the guest's start function, or -1
 * @param entryNumbers how many numbers there are, absent ones included
 * @param allocator the guest's allocator, or null if it has none
 * @param sandbox host code that answers some imports in H
 */
record BridgePlan(
        List<ImportedFunction> imports,
        List<EntryPoint> entryPoints,
        int startNumber,
        int entryNumbers,
        @Nullable String allocator,
        SandboxCode sandbox) {

    /** The plan for a guest: {@code startExport} is called under the number behind those of the specification. */
    static BridgePlan of(
            ModuleInfo info, List<ImportedFunction> imports, Optional<String> startExport, InstanceSpec spec) {
        List<String> names = new ArrayList<>(spec.entryPoints());
        startExport.ifPresent(names::add);
        List<EntryPoint> present = new ArrayList<>();
        for (int number = 0; number < names.size(); number++) {
            EntryPoint.of(info, number, names.get(number)).ifPresent(present::add);
        }
        String allocator = spec.allocator();
        return new BridgePlan(
                imports,
                List.copyOf(present),
                startExport.isPresent() ? names.size() - 1 : -1,
                names.size(),
                allocator != null && EntryPoint.isAllocator(info, allocator) ? allocator : null,
                spec.sandbox());
    }

    /** How many parameters each number's entry point takes; -1 where the guest has none. */
    int[] arities() {
        int[] arities = new int[entryNumbers];
        Arrays.fill(arities, -1);
        entryPoints.forEach(entry -> arities[entry.number()] = entry.arity());
        return arities;
    }

    /** How many parameters each import takes, by position. */
    int[] importArities() {
        return imports.stream()
                .mapToInt(function -> function.type().params().size())
                .toArray();
    }

    /** Whether the sandbox code answers this import, in the type in which the guest wants it. */
    boolean isServedInSandbox(ImportedFunction function) {
        return sandbox.answers(function.name(), function.type());
    }

    /** The import of that name which the sandbox code falls back to. */
    Stream<ImportedFunction> servedImports(String name) {
        return imports.stream().filter(function -> function.name().equals(name)).filter(this::isServedInSandbox);
    }

    /** What H exports for an import. */
    String hostExport(ImportedFunction function) {
        return isServedInSandbox(function) ? function.name() : "import" + function.index();
    }
}
