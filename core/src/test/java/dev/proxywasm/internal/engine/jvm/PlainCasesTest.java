package dev.proxywasm.internal.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.proxywasm.internal.engine.Guest;
import dev.proxywasm.internal.engine.HostcallFrame;
import dev.proxywasm.internal.engine.HostcallHandler;
import dev.proxywasm.internal.engine.PlainHostcall;
import dev.proxywasm.internal.engine.SandboxCode;
import dev.proxywasm.internal.engine.TestEngine;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.engine.WasmTrap;
import dev.proxywasm.internal.wasm.FunctionType;
import dev.proxywasm.internal.wasm.ValueType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guest's allocator within plain cases, and within the hostcalls that it makes there. */
class PlainCasesTest {

    /** Allocators call {@code host} first, which allocates again, until they are so many; the innermost loops if it is told to. */
    private static final String WAT =
            """
            (module
              (import "env" "plain" (func $plain (result i32)))
              (import "env" "host" (func $host))
              (global $left (mut i32) (i32.const 0))
              (global $loops (mut i32) (i32.const 0))
              (func (export "alloc") (param i32) (result i32)
                (global.set $left (i32.sub (global.get $left) (i32.const 1)))
                (if (global.get $left)
                  (then (call $host))
                  (else (loop $l (br_if $l (global.get $loops)))))
                (i32.const 7))
              (func (export "a") (param i32 i32) (result i32)
                (global.set $left (local.get 0))
                (global.set $loops (local.get 1))
                (call $plain)))
            """;

    private static final SandboxCode ANSWERED =
            new SandboxCode("", Map.of("env.plain", new FunctionType(List.of(), List.of(ValueType.I32))), 0);

    /** Whatever it answers, it asks the guest for memory. */
    private static final class Allocating implements HostcallHandler {
        private WasmInstance instance;
        private int crossings;

        @Override
        public void attach(WasmInstance attached) {
            instance = attached;
        }

        @Override
        public @Nullable PlainHostcall plain(int index) {
            return index == 0 ? arguments -> instance.allocate(1) : null;
        }

        @Override
        public void hostcall(int index, HostcallFrame frame) {
            crossings++;
            assertThat(instance.allocate(1)).isEqualTo(7);
        }
    }

    private final Allocating host = new Allocating();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void allocate(int depth) {
        try (Guest guest = TestEngine.JVM.guest(WAT, Guest.spec(host, ANSWERED))) {
            assertThat(guest.call(depth, 0)).isEqualTo(7);
            assertThat(guest.call(depth, 0)).as("and again").isEqualTo(7);
        }
        assertThat(host.crossings).isEqualTo(2 * (depth - 1));
    }

    /** A hostcall within a plain case is no part of the guest, but what it calls of the guest is: otherwise nothing would end that. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void stopAnAllocatorWhoseTimeIsUp(int depth) {
        try (Guest guest = TestEngine.JVM.guest(WAT, Guest.spec(host, ANSWERED))) {
            assertThatExceptionOfType(WasmTrap.class)
                    .isThrownBy(() -> guest.callWithin(TimeUnit.MILLISECONDS.toNanos(20), depth, 1))
                    .extracting(WasmTrap::kind)
                    .isEqualTo(WasmTrap.Cause.TIMEOUT);
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void endWithTheirHostcall() {
        try (Guest guest = TestEngine.JVM.guest(WAT, Guest.spec(host, ANSWERED))) {
            guest.call(1, 0);
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> guest.instance.allocate(1))
                    .withMessageContaining("during a hostcall only");
        }
    }
}
