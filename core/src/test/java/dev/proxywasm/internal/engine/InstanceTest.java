package dev.proxywasm.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What works: calls, arguments and results, hostcalls, memory. */
@ParameterizedClass
@EnumSource(TestEngine.class)
class InstanceTest {

    private final TestEngine engine;

    InstanceTest(TestEngine engine) {
        this.engine = engine;
    }

    private static final String ADDER =
            """
            (module
              (func (export "a") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
              (func (export "b") (param i32 i32 i32 i32 i32) (result i32)
                (i32.sub (local.get 4) (local.get 0)))
              (func (export "c")))
            """;

    @Test
    void runsACall() {
        try (Guest guest = engine.guest(ADDER, Guest.ZERO)) {
            assertThat(guest.call(40, 2)).isEqualTo(42);
        }
    }

    @Test
    void runsSeveralCallsAsOneEntry() {
        try (Guest guest = engine.guest(ADDER, Guest.ZERO)) {
            guest.calls.add(0, 1, 2, 0, 0, 0);
            guest.calls.add(2, 0, 0, 0, 0, 0);
            guest.calls.add(1, 1, 0, 0, 0, 10);
            guest.instance.run(guest.calls, Guest.SECOND);
            assertThat(guest.calls.completed()).isEqualTo(3);
            assertThat(List.of(guest.calls.result(0), guest.calls.result(1), guest.calls.result(2)))
                    .containsExactly(3, 0, 9);
        }
    }

    @Test
    void growsATableOfOneInstanceAndNotOfTheNext() {
        String wat =
                """
                (module
                  (table 2 10 funcref)
                  (func (export "a") (param i32) (result i32) (table.grow (ref.null func) (local.get 0))))
                """;
        try (Guest guest = engine.guest(wat, Guest.ZERO);
                WasmInstance other = guest.module.instantiate(Guest.spec(Guest.ZERO))) {
            assertThat(guest.call(3)).isEqualTo(2);
            assertThat(guest.call(Integer.MAX_VALUE)).isEqualTo(-1);
            assertThat(guest.call(6)).as("more than the limit").isEqualTo(-1);
            try (WasmInstance later = guest.module.instantiate(Guest.spec(Guest.ZERO))) {
                for (WasmInstance instance : List.of(other, later)) {
                    GuestCalls calls = instance.newCalls();
                    calls.add(0, 8, 0, 0, 0, 0);
                    instance.run(calls, Guest.SECOND);
                    assertThat(calls.result(0)).isEqualTo(2);
                }
            }
        }
    }

    @Test
    void passesEveryTypeOfArgumentAndResult() {
        String wat =
                """
                (module
                  (import "env" "i" (func $i (param i32 i64 f32 f64) (result i32)))
                  (import "env" "l" (func $l (param i64) (result i64)))
                  (import "env" "f" (func $f (param f32) (result f32)))
                  (import "env" "d" (func $d (param f64) (result f64)))
                  (func (export "a") (result i32)
                    (if (i64.ne (call $l (i64.const 0x1122334455667788)) (i64.const -9007199254740993)) (then (unreachable)))
                    (if (f32.ne (call $f (f32.const 1.5)) (f32.const -2.25)) (then (unreachable)))
                    (if (f64.ne (call $d (f64.const 3.125)) (f64.const 1e300)) (then (unreachable)))
                    (call $i (i32.const -7) (i64.const -8) (f32.const 0.5) (f64.const -0.25))))
                """;
        List<Object> seen = new ArrayList<>();
        try (Guest guest = engine.guest(wat, (index, frame) -> {
            switch (index) {
                case 0 -> {
                    seen.addAll(List.of(frame.i32(0), frame.i64(1), frame.f32(2), frame.f64(3)));
                    frame.returnI32(99);
                }
                case 1 -> {
                    seen.add(frame.i64(0));
                    frame.returnI64(-9007199254740993L);
                }
                case 2 -> frame.returnF32(frame.f32(0) * -1.5f);
                default -> frame.returnF64(frame.f64(0) == 3.125 ? 1e300 : 0);
            }
        })) {
            assertThat(guest.call()).isEqualTo(99);
        }
        assertThat(seen).containsExactly(0x1122334455667788L, -7, -8L, 0.5f, -0.25);
    }

    @Test
    void givesDuplicateImportsTheirOwnPositions() {
        String wat =
                """
                (module
                  (import "env" "same" (func $first (result i32)))
                  (import "env" "other" (func $other (result i32)))
                  (import "env" "same" (func $again (param i64) (result i32)))
                  (func (export "a") (result i32)
                    (i32.add (i32.mul (call $first) (i32.const 100)) (call $again (i64.const 7)))))
                """;
        try (Guest guest = engine.guest(wat, (index, frame) -> frame.returnI32(index + 1))) {
            assertThat(guest.call()).isEqualTo(103);
        }
    }

    @Test
    void readsAndWritesMemoryDuringAHostcall() {
        String wat =
                """
                (module
                  (import "env" "upper" (func $upper (param i32 i32)))
                  (memory (export "memory") 1)
                  (data (i32.const 65531) "hello")
                  (func (export "a") (result i32)
                    (call $upper (i32.const 65531) (i32.const 5))
                    (i32.load8_u (i32.const 65535))))
                """;
        Guest[] self = new Guest[1];
        try (Guest guest = engine.guest(wat, (index, frame) -> {
            byte[] text = self[0].instance.memory().read(frame.i32(0), frame.i32(1));
            byte[] upper = new String(text, StandardCharsets.US_ASCII)
                    .toUpperCase(Locale.ROOT)
                    .getBytes(StandardCharsets.US_ASCII);
            self[0].instance.memory().write(frame.i32(0), upper, 0, upper.length);
        })) {
            self[0] = guest;
            assertThat(guest.call()).isEqualTo('O');
        }
    }

    @Test
    void knowsWhichEntryPointsTheGuestHas() {
        try (Guest guest = engine.guest(
                "(module (func (export \"b\") (param i64)) (func (export \"a\") (param i32)))", Guest.ZERO)) {
            assertThat(guest.instance.hasEntryPoint(0)).isTrue();
            assertThat(guest.instance.entryPointArity(0)).isEqualTo(1);
            assertThat(guest.instance.hasEntryPoint(1)).isFalse();
            assertThat(guest.instance.hasEntryPoint(2)).isFalse();
        }
    }
}
