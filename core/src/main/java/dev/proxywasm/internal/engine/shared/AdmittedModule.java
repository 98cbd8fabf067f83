package dev.proxywasm.internal.engine.shared;

import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.wasm.Export;
import dev.proxywasm.internal.wasm.ExternKind;
import dev.proxywasm.internal.wasm.ModuleInfo;
import dev.proxywasm.internal.wasm.ModuleReader;
import dev.proxywasm.internal.wasm.ModuleRejectedException;
import dev.proxywasm.internal.wasm.ModuleRewriter;
import dev.proxywasm.internal.wasm.RewriteLimits;
import dev.proxywasm.internal.wasm.RewrittenModule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A module that may be compiled: one that a host can link, and that was rewritten so that it stays within its limits.
 *
 * @param name what messages call it
 * @param info what its author declared
 * @param rewritten what it declares since it was rewritten: memory and tables have a maximum, the start function is an export
 * @param imports the functions among its imports
 * @param startExport the export that its start function has become
 */
public record AdmittedModule(
        String name,
        ModuleInfo info,
        ModuleInfo rewritten,
        List<ImportedFunction> imports,
        Optional<String> startExport) {

    private static final String START_EXPORT = "proxy-wasm-host.start";
    private static final int MAX_TABLES = 16;

    /** A module and the bytes to compile, as they were rewritten. */
    public static final class Admission {

        private final AdmittedModule module;
        private final byte[] bytes;

        private Admission(AdmittedModule module, byte[] bytes) {
            this.module = module;
            this.bytes = bytes;
        }

        /** What was admitted. */
        public AdmittedModule module() {
            return module;
        }

        /** What to compile; not copied. */
        public byte[] bytes() {
            return bytes;
        }
    }

    /**
     * Admits a module.
     *
     * @throws EngineException naming the module, if its bytes are none, it cannot live within the limits, or no host could link it
     */
    public static Admission admit(String name, byte[] module, ModuleLimits limits) {
        try {
            ModuleInfo info = ModuleReader.read(module);
            List<ImportedFunction> imports = ImportedFunction.of(name, info);
            RewrittenModule rewritten = new ModuleRewriter(rewriteLimits(limits), START_EXPORT).rewrite(module);
            ModuleInfo rewrittenInfo = ModuleReader.read(rewritten.bytes());
            return new Admission(
                    new AdmittedModule(name, info, rewrittenInfo, imports, rewritten.startExport()), rewritten.bytes());
        } catch (ModuleRejectedException e) {
            throw notCompiled(name, e);
        }
    }

    private static RewriteLimits rewriteLimits(ModuleLimits limits) {
        return new RewriteLimits(limits.memoryPages(), MAX_TABLES, limits.tableElements());
    }

    /** Says that a module cannot be compiled, for a reason that the compiler gave. */
    public static EngineException notCompiled(String name, Throwable reason) {
        return new EngineException("module '%s' cannot be compiled: %s".formatted(name, wordsOf(reason)), reason);
    }

    /** Says that a module cannot be instantiated, for a reason that the engine gave. */
    public EngineException notInstantiated(Throwable reason) {
        return new EngineException("module '%s' cannot be instantiated: %s".formatted(name, wordsOf(reason)), reason);
    }

    private static String wordsOf(Throwable reason) {
        String message = reason.getMessage();
        return message == null ? reason.getClass().getSimpleName() : message;
    }

    /** The export that is its memory, the conventional {@code memory} first, or null if none is. */
    @Nullable
    public String memoryExport() {
        List<String> names = info.exports().stream()
                .filter(export -> export.kind() == ExternKind.MEMORY)
                .map(Export::name)
                .toList();
        if (names.isEmpty()) {
            return null;
        }
        return names.contains("memory") ? "memory" : names.get(0);
    }
}
