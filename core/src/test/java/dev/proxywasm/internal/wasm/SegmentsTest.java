package dev.proxywasm.internal.wasm;

import static dev.proxywasm.internal.wasm.WasmAssembler.bytes;
import static dev.proxywasm.internal.wasm.WasmAssembler.concat;
import static dev.proxywasm.internal.wasm.WasmAssembler.functionType;
import static dev.proxywasm.internal.wasm.WasmAssembler.list;
import static dev.proxywasm.internal.wasm.WasmAssembler.module;
import static dev.proxywasm.internal.wasm.WasmAssembler.u32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.proxywasm.testing.Wat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a module by which a few bytes could make an engine take gigabytes before it looks whether there are as many. */
class SegmentsTest {

    private static final byte[] AT_ZERO = bytes(0x41, 0, 0x0B);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(elem (i32.const 0) $f)",
                "(elem func $f)",
                "(elem (table 1) (i32.const 0) func $f)",
                "(elem declare func $f)",
                "(elem (i32.const 0) funcref (ref.func $f))",
                "(elem funcref (ref.null func) (ref.func $f))",
                "(elem (table 1) (i32.const 0) funcref (ref.func $f))",
                "(elem declare funcref (ref.func $f))",
                "(data (i32.const 0) \"x\")",
                "(data \"passive\")",
                "(data (memory 0) (i32.const 1) \"\")",
            })
    void readsEveryForm(String segment) {
        String wat = "(module (memory 1) (table 2 funcref) (table 2 funcref) (func $f) %s)".formatted(segment);
        assertThat(ModuleReader.read(Wat.compile(wat)).tables()).hasSize(2);
    }

    @Test
    void refusesMoreDataThanThereAreBytes() {
        assertRefused(
                module().section(11, bytes(1, 0), AT_ZERO, u32(0x7FFF_FFFF)), "2147483647 bytes of a data segment");
    }

    @Test
    void refusesMoreElementsThanThereAreBytes() {
        assertRefused(module().section(9, bytes(1, 0), AT_ZERO, u32(0xFFFF_FFFFL)), "4294967295 elements");
    }

    @Test
    void refusesMoreLocalsThanAnyEngineTakes() {
        byte[] twoGroups = concat(bytes(2), u32(49_999), bytes(0x7F), u32(2), bytes(0x7E, 0x0B));
        assertRefused(
                module().types(functionType(list(), list()))
                        .functions(0)
                        .section(10, bytes(1), u32(twoGroups.length), twoGroups),
                "more than 50000 locals");
    }

    private static void assertRefused(WasmAssembler module, String message) {
        assertThatExceptionOfType(MalformedModuleException.class)
                .isThrownBy(() -> ModuleReader.read(module.build()))
                .withMessageContaining(message);
    }
}
