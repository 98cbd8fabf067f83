package dev.proxywasm.internal.engine.shared;

import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.wasm.FunctionType;
import dev.proxywasm.internal.wasm.Import;
import dev.proxywasm.internal.wasm.ModuleInfo;
import dev.proxywasm.internal.wasm.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A function that the guest imports.
 *
 * @param index its position among the imported functions; duplicates have their own
 * @param name {@code module.name}
 * @param type what the guest takes it for
 */
public record ImportedFunction(int index, String name, FunctionType type) {

    /** How many parameters a function may have. */
    public static final int MAX_PARAMETERS = 32;

    private static final Set<ValueType> NUMBERS = Set.of(ValueType.I32, ValueType.I64, ValueType.F32, ValueType.F64);

    /**
     * The imported functions of a module, in order.
     *
     * @throws EngineException if one of them, or another import, is of a kind that no host can answer
     */
    public static List<ImportedFunction> of(String module, ModuleInfo info) {
        List<ImportedFunction> functions = new ArrayList<>();
        for (Import item : info.imports()) {
            String name = item.module() + "." + item.name();
            switch (item.kind()) {
                case FUNCTION ->
                    functions.add(
                            checked(module, new ImportedFunction(functions.size(), name, (FunctionType) item.type())));
                case MEMORY -> {} // one of our making
                default ->
                    throw refused(
                            module, item.kind().watName() + " " + name, "a host offers functions and a memory only");
            }
        }
        return List.copyOf(functions);
    }

    private static ImportedFunction checked(String module, ImportedFunction function) {
        FunctionType type = function.type();
        String what = "function %s of type %s".formatted(function.name(), type);
        if (type.results().size() > 1) {
            throw refused(module, what, "a host function gives at most one result");
        }
        if (type.params().size() > MAX_PARAMETERS) {
            throw refused(module, what, "a host function takes at most %d parameters".formatted(MAX_PARAMETERS));
        }
        if (!NUMBERS.containsAll(type.params()) || !NUMBERS.containsAll(type.results())) {
            throw refused(module, what, "host functions know i32, i64, f32 and f64 only");
        }
        return function;
    }

    private static EngineException refused(String module, String what, String reason) {
        return new EngineException(
                "module '%s' imports %s, which cannot be linked: %s".formatted(module, what, reason));
    }
}
