package dev.proxywasm.internal.wasm;

import static dev.proxywasm.internal.wasm.WasmAssembler.FUNC;
import static dev.proxywasm.internal.wasm.WasmAssembler.FUNCREF;
import static dev.proxywasm.internal.wasm.WasmAssembler.I32;
import static dev.proxywasm.internal.wasm.WasmAssembler.bytes;
import static dev.proxywasm.internal.wasm.WasmAssembler.concat;
import static dev.proxywasm.internal.wasm.WasmAssembler.exported;
import static dev.proxywasm.internal.wasm.WasmAssembler.functionType;
import static dev.proxywasm.internal.wasm.WasmAssembler.list;
import static dev.proxywasm.internal.wasm.WasmAssembler.min;
import static dev.proxywasm.internal.wasm.WasmAssembler.table;
import static dev.proxywasm.internal.wasm.WasmAssembler.u32;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All instructions that guests may use, in the order of their opcodes. */
public final class AllInstructions {

    private static final int FLAT_VECTORS = 0x100;

    private AllInstructions() {}

    /** Each once. */
    static Stream<byte[]> each() {
        return Stream.of(control(), numbers(), references(), bulk(), vectors()).flatMap(List::stream);
    }

    /**
     * A module whose first function, exported as {@code a}, holds all of them but the structured ones, each where code is not reached and so
     * takes and leaves whatever it does.
     */
    public static byte[] module() {
        byte[] unreachable = bytes(0x00);
        byte[] code = bytes(1, 1, I32);
        for (byte[] instruction : each().filter(AllInstructions::standsAlone).toList()) {
            code = concat(code, unreachable, instruction);
        }
        code = concat(code, structured(), unreachable, bytes(0x0B));
        return WasmAssembler.module()
                .types(functionType(list(), list()), functionType(list(I32), list(I32, I32)))
                .functions(0)
                .tables(table(FUNCREF, min(1)))
                .memories(min(1))
                .globals(bytes(I32, 1, 0x41, 0, 0x0B))
                .exports(exported("a", FUNC, 0))
                .vector(9, bytes(1, 0, 1, 0))
                .section(12, bytes(1))
                .vector(10, concat(u32(code.length), code))
                .vector(11, bytes(1, 1, 'x'))
                .build();
    }

    private static boolean standsAlone(byte[] instruction) {
        int opcode = instruction[0];
        return opcode < 0x02 || opcode > 0x05 && opcode != 0x0B;
    }

    /** Blocks with each form of type, and an else. */
    private static byte[] structured() {
        return ofHex("00 02 40 00 0B 03 7F 00 0B 00 04 40 00 05 00 0B 00 02 01 00 0B 00");
    }

    static byte[] ofHex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static List<byte[]> of(String... hex) {
        return Stream.of(hex).map(AllInstructions::ofHex).toList();
    }

    private static List<byte[]> control() {
        return of(
                "00",
                "01",
                "02 40",
                "02 7F",
                "03 01",
                "03 81 00",
                "04 40",
                "05",
                "0B",
                "0C 00",
                "0D 00",
                "0E 02 00 00 00",
                "0E 00 00",
                "0F",
                "10 00",
                "11 00 00",
                "11 80 00 80 00",
                "1A",
                "1B",
                "1C 01 70",
                "20 00",
                "21 00",
                "22 00",
                "23 00",
                "24 00",
                "25 00",
                "26 00");
    }

    private static List<byte[]> numbers() {
        List<byte[]> all = new ArrayList<>();
        IntStream.rangeClosed(0x28, 0x3E).forEach(opcode -> all.add(bytes(opcode, 0, 0x80, 0x01)));
        all.addAll(of(
                "3F 00",
                "40 00",
                "41 7F",
                "41 80 80 80 80 78",
                "42 00",
                "42 80 80 80 80 80 80 80 80 80 7F",
                "43 00 00 80 3F",
                "44 00 00 00 00 00 00 F0 3F"));
        IntStream.rangeClosed(0x45, 0xC4).forEach(opcode -> all.add(bytes(opcode)));
        return all;
    }

    private static List<byte[]> references() {
        return of("D0 70", "D0 6F", "D1", "D2 00");
    }

    private static List<byte[]> bulk() {
        List<byte[]> all = new ArrayList<>();
        IntStream.rangeClosed(0, 7).forEach(number -> all.add(bytes(0xFC, number)));
        all.addAll(of(
                "FC 08 00 00",
                "FC 09 00",
                "FC 0A 00 00",
                "FC 0B 00",
                "FC 0C 00 00",
                "FC 0D 00",
                "FC 0E 00 00",
                "FC 0F 00",
                "FC 10 00",
                "FC 11 00"));
        return all;
    }

    /** Of the numbers between them, those that the specification leaves out. */
    private static final List<Integer> NO_VECTORS = List.of(
            0x9A, 0xA2, 0xA5, 0xA6, 0xAF, 0xB0, 0xB2, 0xB3, 0xB4, 0xBB, 0xC2, 0xC5, 0xC6, 0xCF, 0xD0, 0xD2, 0xD3, 0xD4,
            0xE2, 0xEE);

    private static List<byte[]> vectors() {
        List<byte[]> all = new ArrayList<>();
        for (int number = 0; number < FLAT_VECTORS; number++) {
            if (!NO_VECTORS.contains(number)) {
                all.add(vector(number));
            }
        }
        return all;
    }

    private static byte[] vector(int number) {
        byte[] opcode = concat(bytes(0xFD), u32(number));
        byte[] place = bytes(0, 0x80, 0x01);
        if (number <= 11 || number == 92 || number == 93) {
            return concat(opcode, place);
        }
        if (number == 12 || number == 13) {
            return concat(opcode, new byte[16]);
        }
        if (number >= 21 && number <= 34) {
            return concat(opcode, bytes(1));
        }
        return number >= 84 && number <= 91 ? concat(opcode, place, bytes(1)) : opcode;
    }
}
