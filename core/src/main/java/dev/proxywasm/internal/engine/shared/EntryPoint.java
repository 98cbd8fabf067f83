package dev.proxywasm.internal.engine.shared;

import dev.proxywasm.internal.wasm.FunctionType;
import dev.proxywasm.internal.wasm.ModuleInfo;
import dev.proxywasm.internal.wasm.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * An export of the guest that the host can call.
 *
 * @param number what the host calls it by
 * @param export its name in the guest
 * @param arity how many i32 parameters it takes
 * @param hasResult whether it gives an i32
 */
public record EntryPoint(int number, String export, int arity, boolean hasResult) {

    private static final FunctionType ALLOCATOR_TYPE = new FunctionType(List.of(ValueType.I32), List.of(ValueType.I32));

    /** The export as an entry point, or empty if the guest has no such function or its type is not one that can be called. */
    public static Optional<EntryPoint> of(ModuleInfo info, int number, String export) {
        return info.exportedFunction(export)
                .filter(EntryPoint::isCallable)
                .map(type -> new EntryPoint(
                        number, export, type.params().size(), !type.results().isEmpty()));
    }

    /** Whether the guest has this export and it is an allocator. */
    public static boolean isAllocator(ModuleInfo info, String export) {
        return info.exportedFunction(export).filter(ALLOCATOR_TYPE::equals).isPresent();
    }

    private static boolean isCallable(FunctionType type) {
        return type.params().size() <= CallList.ARGUMENTS
                && type.results().size() <= 1
                && type.params().stream().allMatch(ValueType.I32::equals)
                && type.results().stream().allMatch(ValueType.I32::equals);
    }
}
