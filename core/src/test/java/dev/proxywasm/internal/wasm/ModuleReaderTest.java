package dev.proxywasm.internal.wasm;

import static dev.proxywasm.internal.wasm.ValueType.F32;
import static dev.proxywasm.internal.wasm.ValueType.F64;
import static dev.proxywasm.internal.wasm.ValueType.I32;
import static dev.proxywasm.internal.wasm.ValueType.I64;
import static dev.proxywasm.internal.wasm.WasmAssembler.FUNC;
import static dev.proxywasm.internal.wasm.WasmAssembler.GLOBAL;
import static dev.proxywasm.internal.wasm.WasmAssembler.MEMORY;
import static dev.proxywasm.internal.wasm.WasmAssembler.bytes;
import static dev.proxywasm.internal.wasm.WasmAssembler.exported;
import static dev.proxywasm.internal.wasm.WasmAssembler.functionType;
import static dev.proxywasm.internal.wasm.WasmAssembler.imported;
import static dev.proxywasm.internal.wasm.WasmAssembler.list;
import static dev.proxywasm.internal.wasm.WasmAssembler.min;
import static dev.proxywasm.internal.wasm.WasmAssembler.minMax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ModuleReaderTest {

    private static final FunctionType NOTHING = new FunctionType(List.of(), List.of());
    private static final FunctionType MANY = new FunctionType(List.of(I32, I64, F32, F64), List.of(I32, I64));
    private static final FunctionType UNARY = new FunctionType(List.of(I32), List.of(I32));

    private final ModuleInfo full = ModuleReader.read(Modules.full());

    @Test
    void readsSignaturesWithSeveralResults() {
        assertThat(full.types()).containsExactly(NOTHING, MANY, UNARY);
    }

    @Test
    void readsImportsOfEveryKindInOrderAndKeepsDuplicates() {
        assertThat(full.imports())
                .extracting(Import::module, Import::name, Import::kind, Import::type)
                .containsExactly(
                        tuple("env", "proxy_log", ExternKind.FUNCTION, MANY),
                        tuple("wasi_snapshot_preview1", "fd_write", ExternKind.FUNCTION, UNARY),
                        tuple("env", "table", ExternKind.TABLE, new TableType(ValueType.FUNCREF, limits(1, 10))),
                        tuple("wasi_snapshot_preview1", "fd_write", ExternKind.FUNCTION, UNARY),
                        tuple("env", "counter", ExternKind.GLOBAL, new GlobalType(I64, true)));
    }

    @Test
    void resolvesExportsThroughImportedAndOwnIndicesInOrder() {
        assertThat(full.exports())
                .containsExactly(
                        new Export("proxy_on_memory_allocate", 4, UNARY),
                        new Export("memory", 0, new MemoryType(limits(2, 100))),
                        new Export("_initialize", 3, NOTHING),
                        new Export("log", 0, MANY),
                        new Export("own-table", 1, new TableType(ValueType.EXTERNREF, limits(2))),
                        new Export("counter", 0, new GlobalType(I64, true)),
                        new Export("pi", 4, new GlobalType(F64, true)));
    }

    @Test
    void readsOwnTablesAndMemoriesWithTheirLimits() {
        assertThat(full.tables()).containsExactly(new TableType(ValueType.EXTERNREF, limits(2)));
        assertThat(full.memories()).containsExactly(new MemoryType(limits(2, 100)));
    }

    @Test
    void readsStartFunctionCustomSectionsAndCodeSize() {
        assertThat(full.startFunction()).isEqualTo(OptionalInt.of(3));
        assertThat(full.customSections()).containsExactly("producers", "name");
        assertThat(full.codeBytes()).isEqualTo(9);
    }

    @Test
    void findsExportedFunctionsByNameOnlyAmongFunctions() {
        assertThat(full.exportedFunction("_initialize")).contains(NOTHING);
        assertThat(full.exportedFunction("memory")).isEmpty();
        assertThat(full.exportedFunction("malloc")).isEmpty();
    }

    @Test
    void tellsExportedFromImportedMemory() {
        ModuleInfo importing = ModuleReader.read(WasmAssembler.module()
                .imports(imported("env", "memory", MEMORY, minMax(1, 16)))
                .build());

        assertThat(full.exportsMemory()).isTrue();
        assertThat(full.importedMemory()).isEmpty();
        assertThat(importing.exportsMemory()).isFalse();
        assertThat(importing.importedMemory()).contains(new MemoryType(limits(1, 16)));
        assertThat(importing.memories()).isEmpty();
    }

    @Test
    void doesNotTakeAnotherKindOfExportForTheMemory() {
        ModuleInfo info = ModuleReader.read(WasmAssembler.module()
                .imports(imported("env", "g", GLOBAL, bytes(WasmAssembler.I32, 0)))
                .memories(min(1))
                .exports(exported("memory", GLOBAL, 0), exported("ram", MEMORY, 0))
                .build());

        assertThat(info.exportsMemory()).isFalse();
    }

    @Test
    void readsTheEmptyModule() {
        ModuleInfo info = ModuleReader.read(WasmAssembler.module().build());

        assertThat(info.exports()).isEmpty();
        assertThat(info.startFunction()).isEmpty();
        assertThat(info.codeBytes()).isZero();
    }

    @Test
    void acceptsNumbersPaddedToFiveBytesAsLinkersWriteThem() {
        byte[] type = functionType(list(), list());
        ModuleInfo info = ModuleReader.read(WasmAssembler.module()
                .raw(bytes(1, 0x88, 0x80, 0x80, 0x80, 0x00), bytes(0x81, 0x80, 0x80, 0x80, 0x00), type)
                .imports(imported("env", "f", FUNC, bytes(0x80, 0x80, 0x00)))
                .build());

        assertThat(info.imports()).containsExactly(new Import("env", "f", NOTHING));
    }

    @Test
    void acceptsTheLargestLimits() {
        ModuleInfo info = ModuleReader.read(WasmAssembler.module()
                .tables(WasmAssembler.table(WasmAssembler.FUNCREF, minMax(0xFFFF_FFFFL, 0xFFFF_FFFFL)))
                .memories(minMax(65_536, 65_536))
                .build());

        assertThat(info.tables().get(0).limits()).isEqualTo(limits(0xFFFF_FFFFL, 0xFFFF_FFFFL));
        assertThat(info.memories().get(0).limits()).isEqualTo(limits(65_536, 65_536));
    }

    @Test
    void readsNamesBeyondAscii() {
        ModuleInfo info = ModuleReader.read(WasmAssembler.module()
                .types(functionType(list(), list()))
                .imports(imported("für", "日本🎈", FUNC, bytes(0)))
                .build());

        assertThat(info.imports()).containsExactly(new Import("für", "日本🎈", NOTHING));
    }

    @Test
    void givesListsThatCannotBeChanged() {
        List<Export> exports = full.exports();

        assertThatThrownBy(exports::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void printsSignaturesAsTheTextFormatNamesThem() {
        assertThat(MANY).hasToString("(i32, i64, f32, f64) -> (i32, i64)");
        assertThat(NOTHING).hasToString("() -> ()");
    }

    private static Limits limits(long minimum) {
        return new Limits(minimum, OptionalLong.empty());
    }

    private static Limits limits(long minimum, long maximum) {
        return new Limits(minimum, OptionalLong.of(maximum));
    }
}
