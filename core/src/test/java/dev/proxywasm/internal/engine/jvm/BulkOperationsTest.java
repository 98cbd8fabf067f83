package dev.proxywasm.internal.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.internal.engine.Guest;
import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.engine.TestEngine;
import dev.proxywasm.internal.engine.WasmTrap;
import dev.proxywasm.internal.engine.shared.Ticker;
import dev.proxywasm.testing.Wat;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.types.MemoryLimits;

/** Functions without a loop and without a call that take long all the same. */
class BulkOperationsTest {

    private static final int OPERATIONS = 2_000;
    private static final int ELEMENTS = 20_000;

    @AfterEach
    void leavesNoInterrupt() {
        assertThat(Thread.interrupted()).isFalse();
    }

    /** Without a look at the time they return, after a hundred times of what they have. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(memory.fill (i32.const 0) (i32.const 7) (i32.const 4194304))",
                "(memory.copy (i32.const 9) (i32.const 0) (i32.const 4000000))",
                "(memory.init $data (i32.const 0) (i32.const 0) (i32.const 1000000))",
                "(table.fill $t (i32.const 0) (ref.null func) (i32.const 20000))",
                "(table.copy $t $t (i32.const 1) (i32.const 0) (i32.const 19999))",
                "(table.init $t $e (i32.const 0) (i32.const 0) (i32.const 20000))"
            })
    void areStoppedWhenTheirTimeIsUp(String operation) {
        String wat =
                """
                (module
                  (memory (export "memory") 64)
                  (table $t %d funcref)
                  (data $data "%s")
                  (elem $e func %s)
                  (func $f (export "a") %s))
                """
                        .formatted(
                                ELEMENTS, "x".repeat(1_000_000), "$f ".repeat(ELEMENTS), operation.repeat(OPERATIONS));
        ModuleLimits limits = new ModuleLimits(Guest.LIMITS.memoryBytes(), ELEMENTS);
        try (var module = TestEngine.JVM.shared().compile("test", Wat.compile(wat), limits);
                var instance = module.instantiate(Guest.spec(Guest.ZERO))) {
            var call = instance.newCalls();
            call.add(0, 0, 0, 0, 0, 0);
            assertThatExceptionOfType(WasmTrap.class)
                    .isThrownBy(() -> instance.run(call, TimeUnit.MILLISECONDS.toNanos(1)))
                    .extracting(WasmTrap::kind)
                    .isEqualTo(WasmTrap.Cause.TIMEOUT);
        }
    }

    @Test
    void doNotLookAtAnInterruptThatIsNotForTheGuest() {
        EntryTime time = new EntryTime(new Ticker(Duration.ofDays(1), () -> {}, () -> {}));
        HeapAccount heap = new HeapAccount("test", new HeapBudget(Long.MAX_VALUE));
        GuestPages pages = new GuestPages(new MemoryLimits(1, 1), heap, time);
        Thread.currentThread().interrupt();
        pages.fill((byte) 1, 0, 10);
        time.enter(Guest.SECOND);
        pages.fill((byte) 2, 0, 10);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> pages.fill((byte) 3, 0, 10)).isInstanceOf(WasmInterruptedException.class);
        assertThat(pages.read(0)).isEqualTo((byte) 2);
        time.leave();
        assertThat(Thread.interrupted()).isTrue();
    }
}
