package dev.proxywasm.internal.wasm;

import static dev.proxywasm.internal.wasm.WasmAssembler.FUNC;
import static dev.proxywasm.internal.wasm.WasmAssembler.I32;
import static dev.proxywasm.internal.wasm.WasmAssembler.bytes;
import static dev.proxywasm.internal.wasm.WasmAssembler.concat;
import static dev.proxywasm.internal.wasm.WasmAssembler.functionType;
import static dev.proxywasm.internal.wasm.WasmAssembler.imported;
import static dev.proxywasm.internal.wasm.WasmAssembler.list;
import static dev.proxywasm.internal.wasm.WasmAssembler.min;
import static dev.proxywasm.internal.wasm.WasmAssembler.module;
import static dev.proxywasm.internal.wasm.WasmAssembler.u32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.testing.Wat;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import run.endive.wasm.Parser;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.OpCode;

class CheckpointsTest {

    private static final byte[] EMPTY = functionType(list(), list());
    private static final byte[] OTHER = functionType(list(I32), list());
    private static final byte[] NOTHING = bytes(2, 0, 0x0B);
    private static final byte[] FILL = bytes(0x20, 0, 0x20, 0, 0x20, 0, 0xFC, 0x0B, 0);

    private static byte[] body(byte[]... code) {
        byte[] all = concat(bytes(0), concat(code), bytes(0x0B));
        return concat(u32(all.length), all);
    }

    private static byte[] call(int... function) {
        return concat(bytes(0x10), bytes(function));
    }

    private static byte[] filling(byte[]... between) {
        return body(bytes(0x20, 0, 0x20, 0, 0x20, 0), concat(between), bytes(0xFC, 0x0B, 0));
    }

    @Test
    void standBeforeEachOperationAndCallAnEmptyFunctionBehindAllOthers() {
        byte[] module = module().custom("first")
                .types(OTHER)
                .imports(imported("env", "f", FUNC, bytes(0)))
                .functions(0, 0, 0)
                .memories(min(1))
                .vector(10, body(), body(FILL, FILL), body())
                .custom("name", 1, 2, 3)
                .build();

        byte[] fill = bytes(0xFC, 0x0B, 0);
        byte[] operands = bytes(0x20, 0, 0x20, 0, 0x20, 0);
        assertThat(Checkpoints.insert(module))
                .isEqualTo(module().custom("first")
                        .types(OTHER, EMPTY)
                        .imports(imported("env", "f", FUNC, bytes(0)))
                        .functions(0, 0, 0, 1)
                        .memories(min(1))
                        .vector(10, body(), body(operands, call(4), fill, operands, call(4), fill), body(), NOTHING)
                        .custom("name", 1, 2, 3)
                        .build());
    }

    @Test
    void useTheTypeOfOtherFunctionsThatTakeAndGiveNothing() {
        byte[] module = module().types(OTHER, EMPTY, EMPTY)
                .functions(0)
                .memories(min(1))
                .vector(10, filling())
                .build();

        assertThat(Checkpoints.insert(module))
                .isEqualTo(module().types(OTHER, EMPTY, EMPTY)
                        .functions(0, 1)
                        .memories(min(1))
                        .vector(10, filling(call(1)), NOTHING)
                        .build());
    }

    @Test
    void callByNumbersThatNeedMoreThanAByte() {
        byte[][] bodies = new byte[300][];
        Arrays.fill(bodies, NOTHING);
        bodies[299] = filling();
        byte[] module = module().types(OTHER, EMPTY)
                .functions(new int[300])
                .vector(10, bodies)
                .build();

        byte[][] expected = Arrays.copyOf(bodies, 301);
        expected[299] = filling(call(0xAC, 0x02));
        expected[300] = NOTHING;
        int[] functions = new int[301];
        functions[300] = 1;
        assertThat(Checkpoints.insert(module))
                .isEqualTo(module().types(OTHER, EMPTY)
                        .functions(functions)
                        .vector(10, expected)
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "41 00, FC 0B 00, false",
        "41 3F, FC 0A 00 00, false",
        "41 C0 00, FC 0B 00, false",
        "41 FF 07, FC 08 00 00, false",
        "41 80 08, FC 0B 00, true",
        "41 80 80 04, FC 0B 00, true",
        "41 81 80 00, FC 0B 00, true",
        "41 7F, FC 0B 00, true",
        "41 80 40, FC 0B 00, true",
        "20 00, FC 0B 00, true",
        "41 01 01, FC 0B 00, true",
        "42 01, FC 0B 00, true",
        "41 01, FC 11 00, true",
        "41 01, FC 0C 00 00, true",
        "41 01, FC 0E 00 00, true",
        "41 01, FC 0F 00, true",
        "41 01, 40 00, true"
    })
    void areMissingWhereFewBytesAreMeant(String before, String operation, boolean isThere) {
        byte[] code = concat(AllInstructions.ofHex(before), AllInstructions.ofHex(operation));
        byte[] module =
                module().types(EMPTY).functions(0).vector(10, body(code)).build();

        assertThat(Checkpoints.insert(module) != module).isEqualTo(isThere);
    }

    @Test
    void leaveModulesAloneThatNeedNone() {
        byte[] full = Modules.full();
        byte[] empty = module().build();

        assertThat(Checkpoints.insert(full)).isSameAs(full);
        assertThat(Checkpoints.insert(empty)).isSameAs(empty);
    }

    @Test
    void areRefusedWhereAnInstructionIsUnknown() {
        byte[] module = module().types(EMPTY)
                .imports(imported("env", "f", FUNC, bytes(0)))
                .functions(0, 0)
                .vector(10, NOTHING, body(bytes(0xFE, 0, 2, 0)))
                .build();

        assertThatThrownBy(() -> Checkpoints.insert(module))
                .isInstanceOf(MalformedModuleException.class)
                .hasMessage("the module uses threads, which this engine does not support,"
                        + " at byte %d (0x%x) in the body of function 2"
                                .formatted(module.length - 5, module.length - 5));
    }

    /** The translator of the other engine has a reader of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"stream/starts", "stream/recorder", "services/measures", "hostcall/traced", "callout/ask"})
    void changeNothingElse(String name) {
        assertNothingElseChanges(Wat.module(name));
    }

    @Test
    void changeNothingElseOfAModuleOfAllInstructions() {
        byte[] module = AllInstructions.module();
        assertThat(Checkpoints.insert(module)).hasSizeGreaterThan(module.length);
        assertNothingElseChanges(module);
    }

    private static void assertNothingElseChanges(byte[] module) {
        List<FunctionBody> before = bodies(module);
        List<FunctionBody> after = bodies(Checkpoints.insert(module));
        String checkpoint = OpCode.CALL
                + Arrays.toString(new long[] {
                    ModuleReader.read(module).importedFunctions().size() + (long) before.size()
                });
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).instructions().stream()
                            .map(CheckpointsTest::text)
                            .filter(text -> !text.equals(checkpoint)))
                    .isEqualTo(before.get(i).instructions().stream()
                            .map(CheckpointsTest::text)
                            .toList());
            assertThat(after.get(i).localTypes()).isEqualTo(before.get(i).localTypes());
        }
    }

    private static String text(Instruction instruction) {
        return instruction.opcode() + Arrays.toString(instruction.operands());
    }

    private static List<FunctionBody> bodies(byte[] module) {
        return Arrays.asList(Parser.builder()
                .withCustomParsers(Map.of())
                .build()
                .parse(() -> new ByteArrayInputStream(module))
                .codeSection()
                .functionBodies());
    }
}
