package dev.proxywasm.internal.wasm;

import static dev.proxywasm.internal.wasm.WasmAssembler.bytes;
import static dev.proxywasm.internal.wasm.WasmAssembler.concat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InstructionsTest {

    @ParameterizedTest
    @MethodSource("dev.proxywasm.internal.wasm.AllInstructions#each")
    void passesOverEachToItsLastByte(byte[] instruction) {
        byte[] more = concat(instruction, bytes(0xFF));
        ByteCursor cursor = new ByteCursor(more, 0, more.length, "test");
        Instructions.next(cursor);
        assertThat(cursor.position()).isEqualTo(instruction.length);
        for (int length = 0; length < instruction.length; length++) {
            ByteCursor cutOff = new ByteCursor(instruction, 0, length, "test");
            assertThatThrownBy(() -> Instructions.next(cutOff))
                    .as("the first %d bytes", length)
                    .isInstanceOf(MalformedModuleException.class);
        }
    }

    @Test
    void knowsWhichTakeLong() {
        List<byte[]> found = new ArrayList<>();
        AllInstructions.each().forEach(instruction -> {
            if (Instructions.isBulkOperation(
                    Instructions.next(new ByteCursor(instruction, 0, instruction.length, "test")))) {
                found.add(instruction);
            }
        });
        assertThat(found)
                .containsExactly(
                        bytes(0x40, 0),
                        bytes(0xFC, 8, 0, 0),
                        bytes(0xFC, 10, 0, 0),
                        bytes(0xFC, 11, 0),
                        bytes(0xFC, 12, 0, 0),
                        bytes(0xFC, 14, 0, 0),
                        bytes(0xFC, 15, 0),
                        bytes(0xFC, 17, 0));
    }

    @Test
    void findsThemInAnyEncodingOfTheirNumbers() {
        byte[] padded = bytes(0xFC, 0x8B, 0x80, 0x80, 0x80, 0x00, 0x80, 0x00);
        ByteCursor cursor = new ByteCursor(padded, 0, padded.length, "test");
        assertThat(Instructions.isBulkOperation(Instructions.next(cursor))).isTrue();
        assertThat(cursor.remaining()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "06 40, exceptions",
        "08 00, exceptions",
        "0A, exceptions",
        "1F 40 00, exceptions",
        "12 00, tail calls",
        "13 00 00, tail calls",
        "15 00, tail calls",
        "14 00, typed references",
        "D4, typed references",
        "D3, garbage-collected types",
        "FB 00 00, garbage-collected types",
        "FE 00 02 00, threads",
        "FD 80 02, relaxed SIMD",
        "28 40 00 00, more than one memory",
        "02 63 70, typed references",
        "1C 01 6E, garbage-collected types"
    })
    void refusesThoseOfOtherFeaturesByName(String hex, String feature) {
        assertRefused(hex, "uses " + feature);
    }

    @ParameterizedTest
    @CsvSource({
        "27, opcode 0x27 is unknown",
        "C5, opcode 0xc5 is unknown",
        "FF, opcode 0xff is unknown",
        "FC 12 00, opcode 0xfc 18 is unknown",
        "FD B0 02, opcode 0xfd 304 is unknown",
        "FC 80 80 04, opcode 0xfc 65536 is unknown",
        "02 41, 0x41 is not a value type",
        "1C FF FF FF FF 0F, 4294967295 types are declared",
        "0E FF FF FF FF 0F, 4294967295 labels are declared"
    })
    void refusesWhatItDoesNotKnow(String hex, String words) {
        assertRefused(hex, words);
    }

    private static void assertRefused(String hex, String words) {
        byte[] instruction = AllInstructions.ofHex(hex);
        assertThatThrownBy(() -> Instructions.next(new ByteCursor(instruction, 0, instruction.length, "test")))
                .isInstanceOf(MalformedModuleException.class)
                .hasMessageContaining(words);
    }
}
