package dev.proxywasm.internal.engine.wasmtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.proxywasm.internal.engine.Guest;
import dev.proxywasm.internal.engine.SandboxCode;
import dev.proxywasm.internal.engine.TestEngine;
import dev.proxywasm.internal.wasm.FunctionType;
import dev.proxywasm.internal.wasm.ValueType;
import dev.proxywasm.testing.Wat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Host code in the sandbox: answers imports without Java, keeps a journal, and falls back. */
class SandboxCodeTest {

    private static final int REGION_BYTES = 100_000;
    private static final SandboxCode CODE = new SandboxCode(
            Wat.text("engine/sandbox-log"), Map.of("env.log", i32s(3), "env.echo", i32s(4)), REGION_BYTES);
    private static final String LOGGER =
            """
            (module
              (import "env" "log" (func $log (param i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 100) "0123456789abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
              (func (export "a") (param i32 i32 i32) (result i32)
                (call $log (local.get 0) (local.get 1) (local.get 2))))
            """;
    private static final String TEXT = "0123456789abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final List<Integer> crossed = new ArrayList<>();

    @Test
    void answersAnImportWithoutCrossing() {
        try (Guest guest = guest(LOGGER)) {
            region(guest).putInt(4, 1000);
            assertThat(guest.call(3, 100, 5)).isZero();
            assertThat(guest.call(4, 103, 9)).isZero();
            assertThat(crossed).isEmpty();
            assertThat(journal(guest)).containsExactly("3 01234", "4 3456789ab");
        }
    }

    @Test
    void fallsBackToJavaWhenItsJournalIsFull() {
        try (Guest guest = guest(LOGGER)) {
            region(guest).putInt(4, 16);
            assertThat(guest.call(1, 100, 8)).isZero();
            assertThat(guest.call(2, 100, 1)).isEqualTo(1);
            assertThat(crossed).containsExactly(0);
            assertThat(journal(guest)).containsExactly("1 01234567");
        }
    }

    @Test
    void refusesRangesOutsideTheGuest() {
        try (Guest guest = guest(LOGGER)) {
            region(guest).putInt(4, 1000);
            assertThat(guest.call(1, 65530, 6)).isZero();
            assertThat(guest.call(1, 65530, 7)).isEqualTo(6);
            assertThat(guest.call(1, -1, 2)).isEqualTo(6);
            assertThat(guest.call(1, -1, 0)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 32, 33, 39, 40, 63, 64, 71})
    void copiesEveryLengthInAndOut(int size) {
        String wat =
                """
                (module
                  (import "env" "echo" (func $echo (param i32 i32 i32 i32) (result i32)))
                  (memory (export "memory") 1)
                  (data (i32.const 100) "%s")
                  (data (i32.const 999) "????????????????????????????????????????????????????????????????????????????????")
                  (func (export "alloc") (param i32) (result i32) (i32.const 1000))
                  (func (export "a") (param i32) (result i32)
                    (call $echo (i32.const 100) (local.get 0) (i32.const 16) (i32.const 20))))
                """
                        .formatted(TEXT);
        try (Guest guest = guest(wat)) {
            assertThat(guest.call(size)).isZero();
            assertThat(text(guest, 999, size + 2)).isEqualTo("?" + TEXT.substring(0, size) + "?");
            assertThat(guest.instance.memory().readI32(16)).isEqualTo(size == 0 ? 0 : 1000);
            assertThat(guest.instance.memory().readI32(20)).isEqualTo(size);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(i32.const 0)", "(i32.const 65530)", "(i32.const -4)"})
    void seesAnAllocatorThatFailsOrLies(String answer) {
        String wat =
                """
                (module
                  (import "env" "echo" (func $echo (param i32 i32 i32 i32) (result i32)))
                  (memory (export "memory") 1)
                  (func (export "alloc") (param i32) (result i32) %s)
                  (func (export "a") (result i32)
                    (call $echo (i32.const 100) (i32.const 8) (i32.const 16) (i32.const 20))))
                """
                        .formatted(answer);
        try (Guest guest = guest(wat)) {
            assertThat(guest.call()).isEqualTo(10);
            assertThat(guest.instance.memory().readI32(20)).isZero();
        }
    }

    @Test
    void servesEachOfSeveralImportsOfTheSameName() {
        String wat =
                """
                (module
                  (import "env" "other" (func $other (result i32)))
                  (import "env" "log" (func $one (param i32 i32 i32) (result i32)))
                  (import "env" "log" (func $two (param i32 i32 i32) (result i32)))
                  (import "env" "log" (func $differs (param i32) (result i32)))
                  (memory (export "memory") 1)
                  (func (export "a") (result i32)
                    (drop (call $one (i32.const 1) (i32.const 0) (i32.const 0)))
                    (drop (call $two (i32.const 2) (i32.const 0) (i32.const 0)))
                    (drop (call $other))
                    (call $differs (i32.const 3))))
                """;
        try (Guest guest = guest(wat)) {
            region(guest).putInt(4, 1000);
            guest.call();
            assertThat(journal(guest)).containsExactly("1 ", "2 ");
            assertThat(crossed)
                    .as("an import of another type is answered by Java")
                    .containsExactly(0, 3);
        }
    }

    @Test
    void keepsItsRegionToItsSize() {
        try (Guest guest = guest("(module)")) {
            assertThat(region(guest).capacity()).isEqualTo(REGION_BYTES);
        }
    }

    @Test
    void namesCodeThatDoesNotAnswerWhatItPromises() {
        SandboxCode empty = new SandboxCode("", Map.of("env.log", i32s(3)), 0);
        assertThatIllegalStateException()
                .isThrownBy(() -> TestEngine.WASMTIME.guest(LOGGER, Guest.spec(Guest.ZERO, empty)))
                .withMessageContaining("env.log");
    }

    private Guest guest(String wat) {
        return TestEngine.WASMTIME.guest(
                wat,
                Guest.spec(
                        (index, frame) -> {
                            crossed.add(index);
                            frame.returnI32(crossed.size());
                        },
                        CODE));
    }

    private static ByteBuffer region(Guest guest) {
        return guest.instance.sandboxRegion();
    }

    private static List<String> journal(Guest guest) {
        ByteBuffer region = region(guest);
        List<String> lines = new ArrayList<>();
        int at = 8;
        while (at < 8 + region.getInt(0)) {
            byte[] text = new byte[region.getInt(at + 4)];
            region.get(at + 8, text);
            lines.add(region.getInt(at) + " " + new String(text, StandardCharsets.US_ASCII));
            at += 8 + (text.length + 7) / 8 * 8;
        }
        return lines;
    }

    private static String text(Guest guest, int pointer, int size) {
        return new String(guest.instance.memory().read(pointer, size), StandardCharsets.US_ASCII);
    }

    private static FunctionType i32s(int params) {
        return new FunctionType(Collections.nCopies(params, ValueType.I32), List.of(ValueType.I32));
    }
}
