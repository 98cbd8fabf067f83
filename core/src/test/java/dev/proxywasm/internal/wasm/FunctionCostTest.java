package dev.proxywasm.internal.wasm;

import static dev.proxywasm.internal.wasm.WasmAssembler.FUNCREF;
import static dev.proxywasm.internal.wasm.WasmAssembler.I32;
import static dev.proxywasm.internal.wasm.WasmAssembler.bytes;
import static dev.proxywasm.internal.wasm.WasmAssembler.concat;
import static dev.proxywasm.internal.wasm.WasmAssembler.functionType;
import static dev.proxywasm.internal.wasm.WasmAssembler.list;
import static dev.proxywasm.internal.wasm.WasmAssembler.min;
import static dev.proxywasm.internal.wasm.WasmAssembler.module;
import static dev.proxywasm.internal.wasm.WasmAssembler.table;
import static dev.proxywasm.internal.wasm.WasmAssembler.u32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.testing.Wat;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionCostTest {

    /** What a compiler might write of each, and how many of them take the native one too long; the second part may be code that follows. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "instructions,                20 00 1A,            '', 100000, 200000",
        "calls by a table,            20 00 11 00 00,      '', 10000, 100000",
        "results,                     02 40 10 01 0C 00 0B, '', 100, 2000",
        "vectors,                     20 00 FD 0F FD 62 1A, '', 10000, 100000",
        "loops,                       03 40 0B,            '', 2000, 10000",
        "nested loops,                03 40,               0B, 100, 2000",
        "nested blocks,               02 40,               0B, 10000, 100000",
        "branches,                    20 00 04 40 0B,      '', 2000, 10000",
        "branches inside each other,  20 00 04 40 20 00 21 00, 0B, 2000, 20000",
        "tables of branches,          20 00 0E 07 00 00 00 00 00 00 00 00, '', 10000, 100000",
        "operands,                    20 00,               1A, 2000, 20000"
    })
    void growsWithWhatMakesCompilersSlow(String what, String hex, String later, int allowed, int tooMany) {
        byte[] few = repeated(hex, later, allowed, 10);
        assertThat(Checkpoints.insert(few)).isNotNull();
        assertRefused(repeated(hex, later, tooMany, 10));
    }

    @Test
    void growsWithLocalsThatAreKeptOverLoops() {
        assertThat(Checkpoints.insert(repeated("03 40 20 00 0D 00 0B", "", 1000, 100)))
                .isNotNull();
        assertRefused(repeated("03 40 20 00 0D 00 0B", "", 1000, 2000));
    }

    @Test
    void isLimitedForAllFunctionsTogether() {
        byte[] costly = repeatedBody("03 40 0B", "", 6000, 10);
        byte[][] bodies = new byte[40][];
        Arrays.fill(bodies, costly);

        assertThat(Checkpoints.insert(module(Arrays.copyOf(bodies, 10)))).isNotNull();
        assertThatThrownBy(() -> Checkpoints.insert(module(bodies)))
                .isInstanceOf(ModuleLimitException.class)
                .hasMessageContaining("the functions of the module are too complex to be compiled");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "engine/bulk",
                "stream/starts",
                "stream/recorder",
                "stream/echo",
                "services/measures",
                "hostcall/traced",
                "callout/ask"
            })
    void countsTheOperandsThatThereAre(String name) {
        assertCounts(Wat.module(name));
    }

    @Test
    void countsTheOperandsOfVectorsToo() {
        assertCounts(
                Wat.compile(
                        """
                        (module
                          (memory 1)
                          (func (param i32) (result v128)
                            (v128.store (i32.const 0) (v128.const i32x4 1 2 3 4))
                            (v128.store8_lane 0 (i32.const 0) (i8x16.splat (local.get 0)))
                            (if (result v128) (v128.any_true (v128.load (i32.const 0)))
                              (then (v128.bitselect
                                (i32x4.add (i32x4.neg (i8x16.popcnt (v128.load8_splat (i32.const 1)))) (v128.load (i32.const 0)))
                                (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
                                  (i32x4.replace_lane 1 (v128.const i64x2 0 0) (i32x4.extract_lane 0 (v128.const i64x2 0 0)))
                                  (v128.load32_lane 0 (i32.const 4) (v128.const i64x2 0 0)))
                                (f32x4.sqrt (f64x2.promote_low_f32x4 (v128.not (v128.load64_zero (i32.const 0)))))))
                              (else (i64x2.shl (i16x8.extend_low_i8x16_s (v128.const i64x2 0 0)) (i32.const 1))))))
                        """));
    }

    /** Each block must leave what its type says, where its end is reached. */
    private static void assertCounts(byte[] module) {
        ParsedModule parsed = ModuleParser.parse(module);
        ByteCursor cursor = parsed.sections().stream()
                .filter(section -> section.id() == SectionId.CODE)
                .findFirst()
                .orElseThrow()
                .cursor(module);
        int imported = parsed.info().importedFunctions().size();
        int bodies = cursor.count("function bodies", 2);
        for (int i = 0; i < bodies; i++) {
            ByteCursor body = cursor.part(cursor.u32("a size"), "a body");
            assertCounts(module, parsed, parsed.functions().get(imported + i), body);
        }
    }

    private static void assertCounts(byte[] module, ParsedModule parsed, FunctionType type, ByteCursor body) {
        int locals = FunctionBody.skipLocals(body);
        FunctionCost cost = new FunctionCost(module, parsed.info().types(), parsed.functions(), locals);
        boolean reached = true;
        while (body.remaining() > 0) {
            int at = body.position();
            int opcode = Instructions.next(body);
            int before = cost.depth();
            cost.add(opcode, at, body.position());
            if (opcode == 0x0B && reached) {
                assertThat(before)
                        .isEqualTo(body.remaining() == 0 ? type.results().size() : cost.depth());
            }
            boolean ends = List.of(0x00, 0x0C, 0x0E, 0x0F).contains(opcode);
            reached = opcode == 0x0B || opcode == 0x05 || reached && !ends;
        }
    }

    private static void assertRefused(byte[] module) {
        assertThatThrownBy(() -> Checkpoints.insert(module))
                .isInstanceOf(ModuleLimitException.class)
                .hasMessage(
                        "function 0 is too complex to be compiled: it comes to more than 1000000 values (estimated);"
                                + " split it up");
    }

    private static byte[] repeated(String hex, String later, int times, int locals) {
        return module(repeatedBody(hex, later, times, locals));
    }

    private static byte[] repeatedBody(String hex, String later, int times, int locals) {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.writeBytes(concat(bytes(1), u32(locals), bytes(I32)));
        append(code, hex, times);
        append(code, later, times);
        code.write(0x0B);
        return concat(u32(code.size()), code.toByteArray());
    }

    private static void append(ByteArrayOutputStream code, String hex, int times) {
        byte[] instructions = AllInstructions.ofHex(hex);
        for (int i = 0; i < times; i++) {
            code.writeBytes(instructions);
        }
    }

    /** All functions take and give nothing, but for one more at the end that gives a thousand numbers. */
    private static byte[] module(byte[]... bodies) {
        int[] thousand = new int[1000];
        Arrays.fill(thousand, I32);
        int[] types = new int[bodies.length + 1];
        types[bodies.length] = 1;
        byte[][] all = Arrays.copyOf(bodies, bodies.length + 1);
        all[bodies.length] = bytes(3, 0, 0, 0x0B);
        return WasmAssembler.module()
                .types(functionType(list(), list()), functionType(list(), thousand))
                .functions(types)
                .tables(table(FUNCREF, min(1)))
                .memories(min(1))
                .vector(10, all)
                .build();
    }
}
