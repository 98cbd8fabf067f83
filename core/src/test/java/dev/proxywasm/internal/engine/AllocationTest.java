package dev.proxywasm.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The guest's allocator, called from within a hostcall, with hostcalls of its own. */
@ParameterizedClass
@EnumSource(TestEngine.class)
class AllocationTest {

    private final TestEngine engine;

    AllocationTest(TestEngine engine) {
        this.engine = engine;
    }

    /** {@code a} asks the host for something; {@code alloc} reports each allocation to the host, and answers twice the size. */
    private static final String REPORTING =
            """
            (module
              (import "env" "ask" (func $ask (param i32 i64 i32) (result i64)))
              (import "env" "report" (func $report (param i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "alloc") (param $size i32) (result i32)
                (i32.mul (local.get $size) (call $report (local.get $size) (i32.const 77))))
              (func (export "a") (result i32)
                (i32.wrap_i64 (call $ask (i32.const 1) (i64.const 2) (i32.const 3)))))
            """;

    private final Guest[] self = new Guest[1];

    @Test
    void keepsArgumentsAndResultsApartWhenTheAllocatorMakesHostcalls() {
        List<String> seen = new ArrayList<>();
        int answer = call(REPORTING, (index, frame) -> {
            if (index == 1) {
                seen.add("report(%d, %d)".formatted(frame.i32(0), frame.i32(1)));
                frame.returnI32(2);
                return;
            }
            frame.returnI64(500);
            int pointer = self[0].instance.allocate(100) + self[0].instance.allocate(20);
            seen.add("ask(%d, %d, %d) -> %d".formatted(frame.i32(0), frame.i64(1), frame.i32(2), pointer));
        });
        assertThat(seen).containsExactly("report(100, 77)", "report(20, 77)", "ask(1, 2, 3) -> 240");
        assertThat(answer).isEqualTo(500);
    }

    @Test
    void allocatesInsideAnAllocation() {
        int answer = call(REPORTING, (index, frame) -> {
            int size = index == 0 ? 8 : frame.i32(0) - 1;
            int inner = size == 0 ? 1 : self[0].instance.allocate(size);
            if (index == 0) {
                frame.returnI64(inner);
            } else {
                frame.returnI32(inner);
            }
        });
        assertThat(answer).as("8!").isEqualTo(40320);
    }

    @Test
    void trapsAnAllocatorThatNeverStopsAsking() {
        try (Guest guest = engine.guest(REPORTING, (index, frame) -> self[0].instance.allocate(1))) {
            self[0] = guest;
            assertThat(catchThrowableOfType(WasmTrap.class, guest::call).kind())
                    .isEqualTo(WasmTrap.Cause.TOO_MANY_HOSTCALLS);
        }
    }

    @Test
    void endsTheEntryWhenTheAllocatorTrapsEvenIfTheHandlerGoesOn() {
        String wat =
                """
                (module
                  (import "env" "ask" (func $ask (result i32)))
                  (func (export "alloc") (param i32) (result i32) (unreachable))
                  (func (export "a") (result i32) (call $ask)))
                """;
        List<WasmTrap> swallowed = new ArrayList<>();
        try (Guest guest = engine.guest(
                wat,
                (index, frame) ->
                        swallowed.add(catchThrowableOfType(WasmTrap.class, () -> self[0].instance.allocate(4))))) {
            self[0] = guest;
            Throwable thrown = catchThrowable(guest::call);
            assertThat(thrown).isSameAs(swallowed.get(0));
        }
    }

    @Test
    void answersZeroWithoutAnAllocator() {
        String wat =
                "(module (import \"env\" \"ask\" (func $ask (result i32))) (func (export \"a\") (result i32) (call $ask)))";
        assertThat(call(wat, (index, frame) -> frame.returnI32(10 + self[0].instance.allocate(4))))
                .isEqualTo(10);
    }

    @Test
    void refusesToAllocateOutsideAHostcall() {
        try (Guest guest = engine.guest(REPORTING, Guest.ZERO)) {
            assertThatIllegalStateException().isThrownBy(() -> guest.instance.allocate(4));
        }
    }

    private int call(String wat, HostcallHandler handler) {
        try (Guest guest = engine.guest(wat, handler)) {
            self[0] = guest;
            return guest.call();
        }
    }
}
