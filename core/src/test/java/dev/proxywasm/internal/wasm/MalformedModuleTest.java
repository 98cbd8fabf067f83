package dev.proxywasm.internal.wasm;

import static dev.proxywasm.internal.wasm.WasmAssembler.FUNC;
import static dev.proxywasm.internal.wasm.WasmAssembler.I32;
import static dev.proxywasm.internal.wasm.WasmAssembler.MEMORY;
import static dev.proxywasm.internal.wasm.WasmAssembler.bytes;
import static dev.proxywasm.internal.wasm.WasmAssembler.concat;
import static dev.proxywasm.internal.wasm.WasmAssembler.exported;
import static dev.proxywasm.internal.wasm.WasmAssembler.functionType;
import static dev.proxywasm.internal.wasm.WasmAssembler.imported;
import static dev.proxywasm.internal.wasm.WasmAssembler.list;
import static dev.proxywasm.internal.wasm.WasmAssembler.min;
import static dev.proxywasm.internal.wasm.WasmAssembler.minMax;
import static dev.proxywasm.internal.wasm.WasmAssembler.module;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal says what is wrong, in which section, and at which byte. */
class MalformedModuleTest {

    private static final byte[] NOTHING = functionType(list(), list());

    /** One broken module and the refusal it must meet. */
    record Refusal(String detail, String section, int offset, WasmAssembler module) {
        @Override
        public String toString() {
            return detail;
        }
    }

    static Stream<Refusal> headers() {
        return Stream.of(
                header("not a WebAssembly module: it is empty (0 bytes)", 0, ""),
                header("not a WebAssembly module: it is cut off within its first 4 bytes", 0, "\0as"),
                header("not a WebAssembly module: it is of no known format", 0, "hello"),
                header("not a WebAssembly module: it is an HTML page", 0, "<!DOCTYPE html><html>"),
                header("not a WebAssembly module: it is JSON text", 0, "{\"errors\": []}"),
                header("not a WebAssembly module: it is WebAssembly text", 0, "(module)"),
                header("the version is cut off: 1 bytes are needed, 0 are left", 6, "\0asm\1\0"),
                header("WebAssembly version 2 is unknown: only version 1 exists", 4, "\0asm\2\0\0\0"),
                header("WebAssembly version 131073 is unknown", 4, "\0asm\1\0\2\0"),
                header("the file is a WebAssembly component", 4, "\0asm\15\0\1\0"));
    }

    static Stream<Refusal> sections() {
        return Stream.of(
                refusal("there is no section with id 14", "section list", 8, module().section(14)),
                refusal("the size is cut off", "type section", 9, module().raw(bytes(1))),
                refusal("the size is cut off", "type section", 9, module().raw(bytes(1, 0x80))),
                refusal(
                        "the size takes more than 5 bytes",
                        "type section",
                        9,
                        module().raw(bytes(1, 0x80, 0x80, 0x80, 0x80, 0x80, 0))),
                refusal(
                        "the size does not fit into 32 bits",
                        "type section",
                        9,
                        module().raw(bytes(1, 0xFF, 0xFF, 0xFF, 0xFF, 0x10))),
                refusal(
                        "the content is cut off: 4294967295 bytes are needed, 1 are left",
                        "data section",
                        14,
                        module().raw(bytes(11, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0))),
                refusal(
                        "the section occurs twice",
                        "type section",
                        11,
                        module().types().types()),
                refusal(
                        "the section must come before the import section",
                        "type section",
                        11,
                        module().imports().types()),
                refusal(
                        "the section must come before the code section",
                        "data count section",
                        11,
                        module().code(0).section(12, bytes(0))),
                refusal("1 bytes are left over", "type section", 11, module().section(1, bytes(0, 0))),
                refusal(
                        "the module uses exceptions (a tag section), which this engine does not support",
                        "tag section",
                        8,
                        module().section(13, bytes(0))),
                refusal(
                        "5 bytes of the name of a custom section are declared, but only 1 bytes are left",
                        "custom section",
                        10,
                        module().section(0, bytes(5, 'x'))),
                refusal(
                        "the name of a custom section is not valid UTF-8",
                        "custom section",
                        10,
                        module().section(0, bytes(1, 0xFF))),
                refusal(
                        "the function section declares 1 functions, but there are 0 bodies",
                        "code section",
                        18,
                        module().types(NOTHING).functions(0)));
    }

    static Stream<Refusal> types() {
        return Stream.of(
                refusal("0x61 is not the form of a type", "type section", 11, module().types(bytes(0x61, 0, 0))),
                refusal("the module uses garbage-collected types", "type section", 11, module().types(bytes(0x5F, 0))),
                refusal("the number of parameters is cut off", "type section", 12, module().types(bytes(0x60))),
                refusal(
                        "9 parameters are declared, but only 1 bytes are left",
                        "type section",
                        12,
                        module().types(bytes(0x60, 9, I32))),
                refusal("0x00 is not a value type", "type section", 13, module().types(bytes(0x60, 1, 0, 0))),
                refusal("0xff is not a value type", "type section", 13, module().types(bytes(0x60, 1, 0xFF, 0))),
                refusal(
                        "the module uses garbage-collected types",
                        "type section",
                        13,
                        module().types(bytes(0x60, 1, 0x6E, 0))),
                refusal(
                        "the module uses typed references",
                        "type section",
                        13,
                        module().types(bytes(0x60, 1, 0x64, 0))),
                refusal(
                        "the module uses exception references",
                        "type section",
                        13,
                        module().types(bytes(0x60, 1, 0x69, 0))));
    }

    static Stream<Refusal> importsAndExports() {
        return Stream.of(
                refusal(
                        "type index 0 is out of range (there are 0)",
                        "import section",
                        18,
                        module().imports(imported("env", "f", FUNC, bytes(0)))),
                refusal(
                        "0x05 is not a kind of import or export",
                        "import section",
                        15,
                        module().imports(imported("e", "f", 5, bytes(0)))),
                refusal(
                        "the module uses exceptions (a tag)",
                        "import section",
                        15,
                        module().imports(imported("e", "f", 4, bytes(0, 0)))),
                refusal(
                        "the module name of an import is not valid UTF-8",
                        "import section",
                        11,
                        module().imports(concat(bytes(2, 0xC0, 0x80), bytes(0, 0, 0)))),
                refusal(
                        "the name of an import is not valid UTF-8",
                        "import section",
                        12,
                        module().imports(concat(bytes(0), bytes(3, 0xED, 0xA0, 0x80), bytes(0, 0)))),
                refusal(
                        "func index 1 is out of range (there are 1)",
                        "export section",
                        26,
                        module().types(NOTHING)
                                .functions(0)
                                .exports(exported("run", FUNC, 1))
                                .code(1)),
                refusal(
                        "memory index 0 is out of range (there are 0)",
                        "export section",
                        14,
                        module().exports(exported("m", MEMORY, 0))),
                refusal(
                        "there are two exports named 'm?'",
                        "export section",
                        21,
                        module().memories(min(1)).exports(exported("m\n", MEMORY, 0), exported("m\n", MEMORY, 0))),
                refusal("func index 0 is out of range (there are 0)", "start section", 10, module().start(0)),
                refusal(
                        "the start function must be () -> (), but is (i32) -> ()",
                        "start section",
                        21,
                        module().types(functionType(list(I32), list()))
                                .functions(0)
                                .start(0)
                                .code(1)),
                refusal(
                        "type index 1 is out of range (there are 1)",
                        "function section",
                        17,
                        module().types(NOTHING).functions(1)));
    }

    static Stream<Refusal> limits() {
        return Stream.of(
                refusal(
                        "a 64-bit memory (memory64), which this engine does not support",
                        "memory section",
                        11,
                        module().memories(bytes(4, 1))),
                refusal("a shared memory (threads)", "memory section", 11, module().memories(bytes(3, 1, 2))),
                refusal("a page size of its own", "memory section", 11, module().memories(bytes(8, 1, 0))),
                refusal(
                        "0x10 is not a form of the limits of a memory",
                        "memory section",
                        11,
                        module().memories(bytes(0x10, 1))),
                refusal("more than one memory (multi-memory)", "memory section", 13, module().memories(min(1), min(1))),
                refusal(
                        "more than one memory (multi-memory)",
                        "memory section",
                        21,
                        module().imports(imported("e", "m", MEMORY, min(1))).memories(min(1))),
                refusal(
                        "the minimum of a memory is 65537, beyond the 65536 that are possible",
                        "memory section",
                        12,
                        module().memories(min(65_537))),
                refusal(
                        "the maximum 1 of a memory is below its minimum 2",
                        "memory section",
                        13,
                        module().memories(minMax(2, 1))),
                refusal(
                        "i32 is not a reference type",
                        "table section",
                        11,
                        module().tables(WasmAssembler.table(I32, min(1)))),
                refusal("a 64-bit table (memory64)", "table section", 12, module().tables(bytes(0x70, 4, 1))),
                refusal(
                        "a table with an initial value",
                        "table section",
                        11,
                        module().tables(bytes(0x40, 0, 0x70, 0, 1, 0xD0, 0x70, 0x0B))));
    }

    static Stream<Refusal> globalsAndCode() {
        return Stream.of(
                refusal("0x04 is not a mutability", "global section", 12, module().globals(bytes(I32, 4, 0x0B))),
                refusal("a shared global (threads)", "global section", 12, module().globals(bytes(I32, 2, 0x0B))),
                refusal(
                        "a constant expression is cut off",
                        "global section",
                        15,
                        module().globals(bytes(I32, 0, 0x41, 1))),
                refusal(
                        "opcode 0x00 is not a constant instruction",
                        "global section",
                        13,
                        module().globals(bytes(I32, 0, 0x00, 0x0B))),
                refusal(
                        "arithmetic in constant expressions (extended-const)",
                        "global section",
                        17,
                        module().globals(bytes(I32, 0, 0x41, 1, 0x41, 1, 0x6A, 0x0B))),
                refusal(
                        "an i32 constant takes more than 5 bytes",
                        "global section",
                        14,
                        module().globals(bytes(I32, 0, 0x41, 0x80, 0x80, 0x80, 0x80, 0x80, 0, 0x0B))),
                refusal(
                        "an f64 constant is cut off: 8 bytes are needed, 2 are left",
                        "global section",
                        14,
                        module().globals(bytes(I32, 0, 0x44, 0, 0))),
                refusal(
                        "opcode 0xfd is not a constant instruction",
                        "global section",
                        13,
                        module().globals(bytes(I32, 0, 0xFD, 1, 0x0B))),
                refusal(
                        "a function body is cut off: 9 bytes are needed, 2 are left",
                        "code section",
                        22,
                        module().types(NOTHING).functions(0).vector(10, bytes(9, 0, 0x0B))));
    }

    @ParameterizedTest
    @MethodSource({"headers", "sections", "types", "importsAndExports", "limits", "globalsAndCode"})
    void refusesWithPlaceAndReason(Refusal expected) {
        MalformedModuleException refusal = catchThrowableOfType(
                MalformedModuleException.class,
                () -> ModuleReader.read(expected.module().build()));

        assertThat(refusal)
                .hasMessageContaining(expected.detail())
                .hasMessageEndingWith(", at byte %d (0x%x) in the %s"
                        .formatted(expected.offset(), expected.offset(), expected.section()));
        assertThat(refusal.offset()).isEqualTo(expected.offset());
        assertThat(refusal.section()).isEqualTo(expected.section());
    }

    private static Refusal header(String detail, int offset, String module) {
        return refusal(
                detail, "header", offset, WasmAssembler.nothing().raw(module.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static Refusal refusal(String detail, String section, int offset, WasmAssembler module) {
        return new Refusal(detail, section, offset, module);
    }
}
