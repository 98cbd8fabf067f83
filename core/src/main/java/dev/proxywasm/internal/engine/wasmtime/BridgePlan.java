package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.InstanceSpec;
import dev.proxywasm.internal.engine.SandboxCode;
import dev.proxywasm.internal.engine.shared.AdmittedModule;
import dev.proxywasm.internal.engine.shared.EntryPoints;
import dev.proxywasm.internal.engine.shared.ImportedFunction;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that H and L depend on: instances with equal plans share both modules.
 *
 * @param imports the functions that the guest imports
 * @param entryPoints the exports that the host may call
 * @param sandbox host code that answers some imports in H
 */
record BridgePlan(List<ImportedFunction> imports, EntryPoints entryPoints, SandboxCode sandbox) {

    /** The plan for a guest. */
    static BridgePlan of(AdmittedModule source, InstanceSpec spec) {
        return new BridgePlan(source.imports(), EntryPoints.of(source, spec), spec.sandbox());
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
