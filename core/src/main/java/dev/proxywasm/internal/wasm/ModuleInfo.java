package dev.proxywasm.internal.wasm;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a module says about itself outside its code: immutable, and independent of the bytes it was read from.
 *
 * @param types the signatures of its type section, in order
 * @param imports what it needs, in section order, duplicates included
 * @param exports what it offers, in section order
 * @param tables its own tables; imported ones are among the imports
 * @param memories its own memory, if any; an imported one is among the imports
 * @param startFunction the index of the function that runs by itself at instantiation, or empty
 * @param customSections the names of its custom sections, in order, duplicates included
 * @param codeBytes the size of its code section, 0 if there is none: what compile time grows with
 */
public record ModuleInfo(
        List<FunctionType> types,
        List<Import> imports,
        List<Export> exports,
        List<TableType> tables,
        List<MemoryType> memories,
        OptionalInt startFunction,
        List<String> customSections,
        int codeBytes) {

    private static final String MEMORY = "memory";

    /** Takes immutable copies of all lists. */
    public ModuleInfo {
        types = List.copyOf(types);
        imports = List.copyOf(imports);
        exports = List.copyOf(exports);
        tables = List.copyOf(tables);
        memories = List.copyOf(memories);
        customSections = List.copyOf(customSections);
    }

    /** The imports that are functions, in section order, duplicates included: the positions by which an engine reports calls. */
    public List<Import> importedFunctions() {
        return imports.stream()
                .filter(imported -> imported.kind() == ExternKind.FUNCTION)
                .toList();
    }

    /** The signature of the function exported as {@code name}, or empty if no function is. */
    public Optional<FunctionType> exportedFunction(String name) {
        return export(name)
                .map(Export::type)
                .filter(FunctionType.class::isInstance)
                .map(FunctionType.class::cast);
    }

    /** Whether a memory is exported as {@code memory}, which is where every hostcall expects it. */
    public boolean exportsMemory() {
        return export(MEMORY)
                .filter(export -> export.kind() == ExternKind.MEMORY)
                .isPresent();
    }

    /** The type of the memory the host must supply, or empty if the module brings its own or has none. */
    public Optional<MemoryType> importedMemory() {
        return imports.stream()
                .map(Import::type)
                .filter(MemoryType.class::isInstance)
                .map(MemoryType.class::cast)
                .findFirst();
    }

    private Optional<Export> export(String name) {
        return exports.stream().filter(export -> export.name().equals(name)).findFirst();
    }
}
