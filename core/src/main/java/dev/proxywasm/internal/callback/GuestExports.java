package dev.proxywasm.internal.callback;

import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.internal.wasm.Export;
import dev.proxywasm.internal.wasm.ExternKind;
import dev.proxywasm.internal.wasm.FunctionType;
import dev.proxywasm.internal.wasm.ModuleInfo;
import dev.proxywasm.internal.wasm.ValueType;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a module exports for Proxy-Wasm: the version it declares, its allocator, the callbacks it has.
 *
 * @param version declared by a marker export
 * @param allocator name of the export that allocates guest memory
 * @param callbacks those that it exports and that the plugin's capabilities allow
 * @param answering those of them that return an answer
 * @param startFunctions those that it exports
 */
public record GuestExports(
        AbiVersion version,
        String allocator,
        Set<Callback> callbacks,
        Set<Callback> answering,
        Set<StartFunction> startFunctions) {

    /** Everything that the host may call, by name; callbacks first, in their order. */
    public static final List<String> ENTRY_POINTS = Stream.concat(
                    Stream.of(Callback.values()).map(Callback::export),
                    Stream.of(StartFunction.values()).map(StartFunction::export))
            .toList();

    private static final FunctionType ALLOCATOR = new FunctionType(List.of(ValueType.I32), List.of(ValueType.I32));

    /** In the order of preference: TinyGo exports both, and its malloc never frees. */
    private static final List<String> ALLOCATORS = List.of("proxy_on_memory_allocate", "malloc");

    /**
     * Reads the exports of a module.
     *
     * @param capabilities names of callbacks that the plugin may use; empty for all
     * @throws UnsupportedGuestException if it declares no known ABI version, has no memory or no allocator, or exports a callback with a type
     *     that cannot be called: a filter must not pass requests because nobody asks it
     */
    public static GuestExports of(ModuleInfo module, Set<String> capabilities) {
        AbiVersion version = version(module);
        requireMemory(module);
        String allocator = ALLOCATORS.stream()
                .filter(name -> module.exportedFunction(name).equals(Optional.of(ALLOCATOR)))
                .findFirst()
                .orElseThrow(
                        () -> new UnsupportedGuestException(
                                "exports no allocator; a Proxy-Wasm module exports proxy_on_memory_allocate or malloc, of type (i32) -> (i32)"));
        Set<Callback> callbacks = EnumSet.noneOf(Callback.class);
        Set<Callback> answering = EnumSet.noneOf(Callback.class);
        for (Callback callback : Callback.values()) {
            boolean allowed = capabilities.isEmpty() || capabilities.contains(callback.export());
            Optional<FunctionType> type = module.exportedFunction(callback.export());
            if (allowed && type.isPresent()) {
                requireCallable(callback, type.get());
                callbacks.add(callback);
                if (!type.get().results().isEmpty()) {
                    answering.add(callback);
                }
            }
        }
        Set<StartFunction> starts = EnumSet.noneOf(StartFunction.class);
        for (StartFunction start : StartFunction.values()) {
            if (module.exportedFunction(start.export())
                    .filter(GuestExports::isCallable)
                    .isPresent()) {
                starts.add(start);
            }
        }
        return new GuestExports(version, allocator, callbacks, answering, starts);
    }

    /** Whether the guest has that callback. */
    public boolean has(Callback callback) {
        return callbacks.contains(callback);
    }

    /** Whether that callback of the guest returns an answer. */
    public boolean answers(Callback callback) {
        return answering.contains(callback);
    }

    /** Whether the guest has that start function. */
    public boolean has(StartFunction start) {
        return startFunctions.contains(start);
    }

    private static AbiVersion version(ModuleInfo module) {
        return module.exports().stream()
                .filter(export -> export.kind() == ExternKind.FUNCTION)
                .map(Export::name)
                .flatMap(name -> AbiVersion.ofMarker(name).stream())
                .findFirst()
                .orElseThrow(() -> new UnsupportedGuestException(unknownVersion(module)));
    }

    private static String unknownVersion(ModuleInfo module) {
        String other = module.exports().stream()
                .map(Export::name)
                .filter(name -> name.startsWith("proxy_abi_version_"))
                .findFirst()
                .map(name -> "declares the unknown ABI version " + name)
                .orElse("declares no Proxy-Wasm ABI version");
        return other
                + "; it must export one of proxy_abi_version_0_1_0, proxy_abi_version_0_2_0, proxy_abi_version_0_2_1";
    }

    private static void requireMemory(ModuleInfo module) {
        if (!module.exportsMemory() && module.importedMemory().isEmpty()) {
            throw new UnsupportedGuestException(
                    "has no memory; a Proxy-Wasm module exports one as 'memory' or imports env.memory");
        }
    }

    private static void requireCallable(Callback callback, FunctionType type) {
        if (!isCallable(type)) {
            throw new UnsupportedGuestException("exports " + callback.export() + " with the type " + type
                    + ", which cannot be called; its parameters are " + String.join(", ", callback.parameters())
                    + ", all i32, and its result is an i32 or none");
        }
    }

    /** Five parameters is the most that any callback has. */
    private static boolean isCallable(FunctionType type) {
        return type.params().stream().allMatch(ValueType.I32::equals)
                && type.params().size() <= 5
                && (type.results().isEmpty() || type.results().equals(List.of(ValueType.I32)));
    }
}
