package dev.proxywasm.internal.inspection;

import dev.proxywasm.internal.wasm.Export;
import dev.proxywasm.internal.wasm.Import;
import dev.proxywasm.internal.wasm.ModuleInfo;
import dev.proxywasm.internal.wasm.Producer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a module was built with. What it says itself counts; where that was stripped, what is typical for a toolchain does.
 */
@SuppressWarnings("ImmutableEnumChecker") // the sets are made by Set.of
enum Toolchain {
    TINY_GO("TinyGo", Set.of("TinyGo"), Set.of("tinygo_getCurrentStackPointer", "go_scheduler"), Set.of()),
    GO("Go", Set.of("Go", "Go cmd/compile"), Set.of("go:buildid"), Set.of()),
    RUST("Rust", Set.of("Rust", "rustc"), Set.of("__data_end", "__heap_base"), Set.of()),
    ASSEMBLY_SCRIPT("AssemblyScript", Set.of("AssemblyScript"), Set.of("__rtti_base", "__pin"), Set.of("abort")),
    EMSCRIPTEN(
            "C++ (Emscripten)",
            Set.of("Emscripten", "emscripten"),
            Set.of("emscripten_stack_get_current", "__emscripten_stack_alloc", "_emscripten_stack_alloc"),
            Set.of("emscripten_notify_memory_growth", "emscripten_memcpy_js")),
    C_PLUS_PLUS(
            "C or C++ (clang)", Set.of("C_plus_plus_14", "C_plus_plus_17", "C99", "C11", "clang"), Set.of(), Set.of());

    private final String label;
    private final Set<String> producers;
    private final Set<String> marks;
    private final Set<String> imports;

    /**
     * One toolchain.
     *
     * @param producers names by which modules call it
     * @param marks exports, or custom sections, that its modules have
     * @param imports functions of {@code env} that its modules call
     */
    Toolchain(String label, Set<String> producers, Set<String> marks, Set<String> imports) {
        this.label = label;
        this.producers = producers;
        this.marks = marks;
        this.imports = imports;
    }

    /** A name for people; empty if nothing is typical. */
    static String of(ModuleInfo module, List<Producer> producers) {
        Set<String> named = producers.stream().map(Producer::name).collect(Collectors.toSet());
        for (Toolchain toolchain : values()) {
            if (toolchain.producers.stream().anyMatch(named::contains)) {
                return toolchain.label;
            }
        }
        Set<String> marks = module.exports().stream().map(Export::name).collect(Collectors.toSet());
        marks.addAll(module.customSections());
        Set<String> imports = module.imports().stream().map(Import::name).collect(Collectors.toSet());
        for (Toolchain toolchain : values()) {
            if (toolchain.marks.stream().anyMatch(marks::contains)
                    || toolchain.imports.stream().anyMatch(imports::contains)) {
                return "probably " + toolchain.label;
            }
        }
        return "";
    }
}
