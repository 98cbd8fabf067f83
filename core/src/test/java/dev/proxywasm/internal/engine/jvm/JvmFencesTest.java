package dev.proxywasm.internal.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.Guest;
import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.engine.TestEngine;
import dev.proxywasm.internal.engine.WasmTrap;
import dev.proxywasm.testing.ForkedJvm;
import dev.proxywasm.testing.ForkedJvm.Outcome;
import dev.proxywasm.testing.Wat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a guest that runs as Java could do to the Java around it. */
class JvmFencesTest {

    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String LOOPS_AFTER_HOSTCALL =
            """
            (module
              (import "env" "host" (func $host))
              (func (export "a") (call $host) (loop $l (br $l))))
            """;

    /** By the interpreter, and by each compiler: enough guests that it has had its say about every method on the way. */
    @ParameterizedTest
    @CsvSource({"-Xint, 2", "-XX:TieredStopAtLevel=1, 20", "-XX:-TieredCompilation, 20"})
    void letsNoHostcallRunOutOfStack(String compiler, String guests) {
        Outcome outcome = ForkedJvm.of(StackRoomScenario.class).with(compiler).run(guests);
        assertThat(outcome.output()).contains("answered true, cut off 0");
    }

    /** What is stopped while it initialises a class, for want of stack, loses that class to the whole application. */
    @Test
    void answersPlainCasesWithoutAnyClassThatIsNew() {
        Outcome outcome = ForkedJvm.shortLived(PlainCasesScenario.class)
                .with("-Xlog:class+load")
                .run();
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output().lines()).containsSubsequence(PlainCasesScenario.BEGIN, PlainCasesScenario.END);
        assertThat(outcome.output()
                        .lines()
                        .dropWhile(line -> !line.equals(PlainCasesScenario.BEGIN))
                        .takeWhile(line -> !line.equals(PlainCasesScenario.END)))
                .containsExactly(PlainCasesScenario.BEGIN);
    }

    @Test
    void neverInterruptsAHostcall() {
        AtomicBoolean interrupted = new AtomicBoolean();
        try (Guest guest = TestEngine.JVM.guest(LOOPS_AFTER_HOSTCALL, (index, frame) -> {
            long end = System.nanoTime() + 5 * SHORT;
            while (System.nanoTime() < end) {
                interrupted.compareAndSet(false, Thread.currentThread().isInterrupted());
            }
        })) {
            assertThatExceptionOfType(WasmTrap.class)
                    .isThrownBy(() -> guest.callWithin(SHORT))
                    .extracting(WasmTrap::kind)
                    .isEqualTo(WasmTrap.Cause.TIMEOUT);
        }
        assertThat(interrupted).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void leavesNoInterruptBehindWhenTimeIsUp() {
        try (Guest guest = TestEngine.JVM.guest(LOOPS_AFTER_HOSTCALL, Guest.ZERO)) {
            assertThatThrownBy(() -> guest.callWithin(SHORT)).hasMessageContaining("ran out of time");
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void putsAnInterruptOfOthersAside() {
        String wat =
                "(module (import \"env\" \"host\" (func $host (result i32))) (func (export \"a\") (result i32) (call $host)))";
        try (Guest guest = TestEngine.JVM.guest(wat, (index, frame) -> {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            Thread.currentThread().interrupt();
            frame.returnI32(3);
        })) {
            Thread.currentThread().interrupt();
            assertThat(guest.call()).isEqualTo(3);
            assertThat(Thread.interrupted()).as("and there it is again").isTrue();
        }
    }

    @Test
    void stopsAGuestWhoseThreadIsInterruptedByOthersAndKeepsTheInterrupt() throws InterruptedException {
        Thread[] inside = new Thread[1];
        AtomicBoolean kept = new AtomicBoolean();
        WasmTrap[] trap = new WasmTrap[1];
        try (Guest guest = TestEngine.JVM.guest(LOOPS_AFTER_HOSTCALL, Guest.ZERO)) {
            inside[0] = new Thread(() -> {
                try {
                    guest.callWithin(60 * Guest.SECOND);
                } catch (WasmTrap stopped) {
                    trap[0] = stopped;
                    kept.set(Thread.currentThread().isInterrupted());
                }
            });
            inside[0].start();
            while (inside[0].isAlive()) {
                inside[0].interrupt();
                inside[0].join(5);
            }
        }
        assertThat(trap[0]).hasMessageContaining("its thread was interrupted");
        assertThat(kept).isTrue();
    }

    @Test
    void boundsTheTablesOfAGuest() {
        ModuleLimits limits = new ModuleLimits(ModuleLimits.PAGE_BYTES, 1_000_000);
        byte[] large = Wat.compile("(module (table 100001 funcref))");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> TestEngine.JVM.shared().compile("large", large, limits))
                .withMessageContainingAll("'large'", "table of 100001 elements");
    }

    @Test
    void boundsTheMemoryOfAGuestByAShareOfTheHeap() {
        ModuleLimits limits = new ModuleLimits(100L * ModuleLimits.PAGE_BYTES, 10);
        String wat =
                """
                (module (memory (export "memory") 1)
                  (func (export "a") (result i32)
                    (loop $l (br_if $l (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
                    (memory.size)))
                """;
        try (JvmEngine engine = new JvmEngine(new HeapShare(3L * ModuleLimits.PAGE_BYTES), HeapBudget.OF_THIS_JVM)) {
            try (Guest guest = new Guest(engine, wat, Guest.spec(Guest.ZERO))) {
                assertThat(guest.call()).isEqualTo(3);
            }
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> engine.compile("big", Wat.compile("(module (memory 4))"), limits))
                    .withMessageContainingAll("'big'", "-Xmx", "wasmtime");
        }
    }
}
