package dev.proxywasm.internal.wasm;

import static dev.proxywasm.internal.wasm.WasmAssembler.FUNC;
import static dev.proxywasm.internal.wasm.WasmAssembler.FUNCREF;
import static dev.proxywasm.internal.wasm.WasmAssembler.MEMORY;
import static dev.proxywasm.internal.wasm.WasmAssembler.TABLE;
import static dev.proxywasm.internal.wasm.WasmAssembler.bytes;
import static dev.proxywasm.internal.wasm.WasmAssembler.concat;
import static dev.proxywasm.internal.wasm.WasmAssembler.exported;
import static dev.proxywasm.internal.wasm.WasmAssembler.functionType;
import static dev.proxywasm.internal.wasm.WasmAssembler.imported;
import static dev.proxywasm.internal.wasm.WasmAssembler.list;
import static dev.proxywasm.internal.wasm.WasmAssembler.min;
import static dev.proxywasm.internal.wasm.WasmAssembler.minMax;
import static dev.proxywasm.internal.wasm.WasmAssembler.module;
import static dev.proxywasm.internal.wasm.WasmAssembler.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ModuleRewriterTest {

    private static final byte[] NOTHING = functionType(list(), list());

    private final ModuleRewriter rewriter = new ModuleRewriter(new RewriteLimits(4096, 2, 1000), "proxywasm.start");

    @Nested
    class Limits {

        @Test
        void givesUnboundedMemoryAndTablesAMaximum() {
            byte[] module = module().tables(table(FUNCREF, min(7)), table(FUNCREF, min(0)))
                    .memories(min(17))
                    .build();

            assertThat(rewriter.rewrite(module).bytes())
                    .isEqualTo(module().tables(table(FUNCREF, minMax(7, 1000)), table(FUNCREF, minMax(0, 1000)))
                            .memories(minMax(17, 4096))
                            .build());
        }

        @Test
        void lowersMaximaThatAreTooBig() {
            byte[] module = module().tables(table(FUNCREF, minMax(7, 1001)))
                    .memories(minMax(17, 65_536))
                    .build();

            assertThat(rewriter.rewrite(module).bytes())
                    .isEqualTo(module().tables(table(FUNCREF, minMax(7, 1000)))
                            .memories(minMax(17, 4096))
                            .build());
        }

        @Test
        void boundsImportedMemoryAndTablesAmongOtherImports() {
            byte[] before = imported("env", "f", FUNC, bytes(0));
            byte[] after = imported("env", "g", FUNC, bytes(0x80, 0x00));
            byte[] module = module().types(NOTHING)
                    .imports(
                            before,
                            imported("env", "memory", MEMORY, min(2)),
                            after,
                            imported("env", "table", TABLE, table(FUNCREF, minMax(1, 5000))),
                            before)
                    .build();

            assertThat(rewriter.rewrite(module).bytes())
                    .isEqualTo(module().types(NOTHING)
                            .imports(
                                    before,
                                    imported("env", "memory", MEMORY, minMax(2, 4096)),
                                    after,
                                    imported("env", "table", TABLE, table(FUNCREF, minMax(1, 1000))),
                                    before)
                            .build());
        }

        @Test
        void returnsTheSameArrayWhenNothingHasToChange() {
            byte[] module = module().tables(table(FUNCREF, minMax(7, 1000)))
                    .memories(minMax(1, 4096))
                    .build();

            assertThat(rewriter.rewrite(module).bytes()).isSameAs(module);
        }

        @Test
        void allowsAMinimumAsBigAsTheLimit() {
            byte[] module = module().memories(min(4096)).build();

            assertThat(rewriter.rewrite(module).bytes())
                    .isEqualTo(module().memories(minMax(4096, 4096)).build());
        }

        @Test
        void refusesAMemoryThatStartsBeyondTheLimit() {
            byte[] module = module().memories(min(4097)).build();

            assertThatThrownBy(() -> rewriter.rewrite(module))
                    .isInstanceOf(ModuleLimitException.class)
                    .hasMessage("the module starts with a memory of 256.0625 MiB (4097 pages), but its limit is 256 MiB"
                            + " (4096 pages): raise the setting 'limits.memory', or build the module with a smaller"
                            + " initial memory");
        }

        @Test
        void refusesAnImportedMemoryThatStartsBeyondTheLimit() {
            byte[] module = module().imports(imported("env", "memory", MEMORY, minMax(8192, 8192)))
                    .build();

            assertThatThrownBy(() -> rewriter.rewrite(module))
                    .isInstanceOf(ModuleLimitException.class)
                    .hasMessageContaining("512 MiB (8192 pages)");
        }

        @Test
        void refusesATableThatStartsBeyondTheLimit() {
            byte[] module = module().tables(table(FUNCREF, min(1001))).build();

            assertThatThrownBy(() -> rewriter.rewrite(module))
                    .isInstanceOf(ModuleLimitException.class)
                    .hasMessageContaining("a table of 1001 elements, but at most 1000 are allowed");
        }

        @Test
        void refusesMoreTablesThanTheLimitCountingImportedOnes() {
            byte[] module = module().imports(imported("env", "t", TABLE, table(FUNCREF, minMax(0, 0))))
                    .tables(table(FUNCREF, minMax(0, 0)), table(FUNCREF, minMax(0, 0)))
                    .build();

            assertThatThrownBy(() -> rewriter.rewrite(module))
                    .isInstanceOf(ModuleLimitException.class)
                    .hasMessageContaining("3 tables, but at most 2 are allowed");
        }
    }

    @Nested
    class StartFunction {

        @Test
        void becomesTheLastExport() {
            byte[] module = starting(exported("run", FUNC, 0));

            RewrittenModule rewritten = rewriter.rewrite(module);

            assertThat(rewritten.startExport()).contains("proxywasm.start");
            assertThat(rewritten.bytes())
                    .isEqualTo(module().types(NOTHING)
                            .functions(0)
                            .exports(exported("run", FUNC, 0), exported("proxywasm.start", FUNC, 0))
                            .code(1)
                            .build());
        }

        @Test
        void bringsAnExportSectionWhereThereIsNone() {
            byte[] module = module().types(NOTHING)
                    .imports(imported("env", "f", FUNC, bytes(0)))
                    .functions(0)
                    .memories(minMax(1, 1))
                    .custom("between")
                    .start(1)
                    .vector(9)
                    .code(1)
                    .build();

            assertThat(rewriter.rewrite(module).bytes())
                    .isEqualTo(module().types(NOTHING)
                            .imports(imported("env", "f", FUNC, bytes(0)))
                            .functions(0)
                            .memories(minMax(1, 1))
                            .custom("between")
                            .exports(exported("proxywasm.start", FUNC, 1))
                            .vector(9)
                            .code(1)
                            .build());
        }

        @Test
        void getsAnotherNameIfItsOwnIsTaken() {
            byte[] module = starting(exported("proxywasm.start", FUNC, 0), exported("proxywasm.start.1", FUNC, 0));

            RewrittenModule rewritten = rewriter.rewrite(module);

            assertThat(rewritten.startExport()).contains("proxywasm.start.2");
            assertThat(ModuleReader.read(rewritten.bytes()).exports())
                    .extracting(Export::name)
                    .containsExactly("proxywasm.start", "proxywasm.start.1", "proxywasm.start.2");
        }

        @Test
        void countsExportsBeyondOneByteOfNumber() {
            byte[][] exports = IntStream.range(0, 127)
                    .mapToObj(i -> exported("e" + i, FUNC, 0))
                    .toArray(byte[][]::new);

            ModuleInfo info =
                    ModuleReader.read(rewriter.rewrite(starting(exports)).bytes());

            assertThat(info.exports()).hasSize(128);
            assertThat(info.exports().get(127).name()).isEqualTo("proxywasm.start");
        }

        @Test
        void isAbsentFromAModuleWithoutStartSection() {
            assertThat(rewriter.rewrite(module().memories(min(1)).build()).startExport())
                    .isEmpty();
        }

        private static byte[] starting(byte[]... exports) {
            return module().types(NOTHING)
                    .functions(0)
                    .exports(exports)
                    .start(0)
                    .code(1)
                    .build();
        }
    }

    @Test
    void keepsSignaturesOrderAndCustomSectionsOfAFullModule() {
        ModuleInfo before = ModuleReader.read(Modules.full());
        ModuleInfo after = ModuleReader.read(rewriter.rewrite(Modules.full()).bytes());

        assertThat(after.imports()).isEqualTo(before.imports());
        assertThat(after.customSections()).isEqualTo(before.customSections());
        assertThat(after.memories()).isEqualTo(before.memories());
        assertThat(after.startFunction()).isEmpty();
        assertThat(after.exports()).hasSize(before.exports().size() + 1);
        assertThat(after.exports().get(before.exports().size()))
                .isEqualTo(new Export("proxywasm.start", 3, ModuleParser.START_TYPE));
    }

    @Test
    void changesNothingTheSecondTime() {
        byte[] once = rewriter.rewrite(Modules.full()).bytes();

        RewrittenModule twice = rewriter.rewrite(once);

        assertThat(twice.bytes()).isSameAs(once);
        assertThat(twice.startExport()).isEmpty();
    }

    @Test
    void leavesItsInputAlone() {
        byte[] module = Modules.full();

        rewriter.rewrite(module);

        assertThat(module).isEqualTo(Modules.full());
    }

    @Test
    void writesSizesOfChangedSectionsShortAndKeepsThePaddingOfOthers() {
        byte[] paddedTypes = concat(bytes(1, 0x81, 0x80, 0x80, 0x80, 0x00), bytes(0));
        byte[] paddedMemory = concat(bytes(5, 0x83, 0x80, 0x80, 0x80, 0x00), bytes(1), min(1));

        assertThat(rewriter.rewrite(module().raw(paddedTypes, paddedMemory).build())
                        .bytes())
                .isEqualTo(module().raw(paddedTypes).memories(minMax(1, 4096)).build());
    }

    @Test
    void refusesBytesThatAreNoModule() {
        assertThatThrownBy(() -> rewriter.rewrite(Arrays.copyOf(Modules.full(), 20)))
                .isInstanceOf(MalformedModuleException.class);
    }

    @Test
    void limitsMustBeInRange() {
        assertThatThrownBy(() -> new RewriteLimits(0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("between 1 and 65536, but is 0");
        assertThatThrownBy(() -> new RewriteLimits(65_537, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RewriteLimits(1, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RewriteLimits(1, 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
