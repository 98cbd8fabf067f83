package dev.proxywasm.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How guest code ends other than by returning. */
@ParameterizedClass
@EnumSource(TestEngine.class)
class TrapTest {

    private final TestEngine engine;

    TrapTest(TestEngine engine) {
        this.engine = engine;
    }

    private static final String CALLS_HOST =
            """
            (module
              (import "env" "host" (func $host (result i32)))
              (func (export "a") (result i32) (drop (call $host)) (drop (call $host)) (call $host)))
            """;
    private static final String LOOPS = "(module (func (export \"a\") (loop $l (br $l))))";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    UNREACHABLE          | (unreachable)
                    MEMORY_OUT_OF_BOUNDS | (i32.load (i32.const 65533))
                    MEMORY_OUT_OF_BOUNDS | (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 1)) (i32.const 0)
                    MEMORY_OUT_OF_BOUNDS | (memory.init 1 (i32.const 0) (i32.const 2) (i32.const 2)) (i32.const 0)
                    MEMORY_OUT_OF_BOUNDS | (data.drop 1) (memory.init 1 (i32.const 0) (i32.const 0) (i32.const 1)) (i32.const 0)
                    BAD_TABLE_CALL       | (call_indirect (result i32) (i32.const 1))
                    BAD_TABLE_CALL       | (call_indirect (result i32) (i32.const 7))
                    BAD_TABLE_CALL       | (call_indirect (result i32) (i32.const 0))
                    ARITHMETIC           | (i32.div_s (i32.const 1) (i32.const 0))
                    ARITHMETIC           | (i32.trunc_f64_s (f64.const 1e10))
                    """)
    void namesTheCause(WasmTrap.Cause cause, String body) {
        String wat =
                """
                (module
                  (memory (export "memory") 1)
                  (data (i32.const 0) "placed at the start, and dropped")
                  (data "new")
                  (table 2 2 funcref)
                  (func $other (param i64))
                  (elem (i32.const 0) $other)
                  (func (export "a") (result i32) %s))
                """
                        .formatted(body);
        try (Guest guest = engine.guest(wat, Guest.ZERO)) {
            assertThat(trapOf(guest).kind()).isEqualTo(cause);
        }
    }

    @Test
    void stopsALoopWithinTheTimeout() {
        try (Guest guest = engine.guest(LOOPS, Guest.ZERO)) {
            long start = System.nanoTime();
            WasmTrap trap =
                    catchThrowableOfType(WasmTrap.class, () -> guest.callWithin(TimeUnit.MILLISECONDS.toNanos(100)));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertThat(trap.kind()).isEqualTo(WasmTrap.Cause.TIMEOUT);
            assertThat(millis)
                    .as("two ticks late at most, plus what a busy machine adds")
                    .isBetween(95L, 1000L);
        }
    }

    @Test
    void saysThatTimeRanOutWhereTheAllocatorIsToRunWhenItIsOver() {
        String wat =
                """
                (module
                  (import "env" "host" (func $host))
                  (func (export "alloc") (param i32) (result i32) (i32.const 8))
                  (func (export "a") (call $host)))
                """;
        long timeout = TimeUnit.MILLISECONDS.toNanos(5);
        Guest[] self = new Guest[1];
        try (Guest guest = engine.guest(wat, (index, frame) -> {
            long end = System.nanoTime() + 20 * timeout;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            self[0].instance.allocate(8);
        })) {
            self[0] = guest;
            assertThatExceptionOfType(WasmTrap.class)
                    .isThrownBy(() -> guest.callWithin(timeout))
                    .extracting(WasmTrap::kind)
                    .isEqualTo(WasmTrap.Cause.TIMEOUT);
        }
    }

    /** Of which a busy machine may take most away. */
    @Test
    void givesEachEntryItsOwnTime() {
        String wat =
                """
                (module (func (export "a") (param $n i32)
                  (loop $l (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
                """;
        long start = System.nanoTime();
        try (Guest guest = engine.guest(wat, Guest.ZERO)) {
            while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(700)) {
                guest.callWithin(TimeUnit.MILLISECONDS.toNanos(500), 1_000_000);
            }
        }
    }

    @Test
    void refusesToEnterAGuestThatTrapped() {
        try (Guest guest = engine.guest("(module (func (export \"a\") (unreachable)))", Guest.ZERO)) {
            trapOf(guest);
            assertThatIllegalStateException().isThrownBy(guest::call).withMessageContaining("trapped before");
        }
    }

    @Test
    void tellsHowManyCallsEndedBeforeTheTrap() {
        String wat = "(module (func (export \"a\") (result i32) (i32.const 5)) (func (export \"b\") (unreachable)))";
        try (Guest guest = engine.guest(wat, Guest.ZERO)) {
            guest.calls.add(0, 0, 0, 0, 0, 0);
            guest.calls.add(1, 0, 0, 0, 0, 0);
            guest.calls.add(0, 0, 0, 0, 0, 0);
            assertThatThrownBy(() -> guest.instance.run(guest.calls, Guest.SECOND))
                    .isInstanceOf(WasmTrap.class);
            assertThat(guest.calls.completed()).isEqualTo(1);
            assertThat(guest.calls.result(0)).isEqualTo(5);
            assertThatThrownBy(() -> guest.calls.result(1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void throwsTheVeryExceptionOfAHostcall() {
        for (Throwable failure : List.of(
                new IllegalArgumentException("mine"), new IOException("checked"), new OutOfMemoryError("error"))) {
            try (Guest guest = engine.guest(CALLS_HOST, throwing(failure))) {
                assertThat(catchThrowable(guest::call)).isSameAs(failure);
            }
        }
    }

    @Test
    void throwsAStackOverflowOfAHostcall() {
        try (Guest guest = engine.guest(CALLS_HOST, (index, frame) -> recurse(1))) {
            assertThatThrownBy(guest::call).isInstanceOf(StackOverflowError.class);
        }
    }

    @Test
    void canBeEnteredAgainAfterAHostcallThrew() {
        HostcallHandler[] handler = {throwing(new IllegalArgumentException())};
        try (Guest guest = engine.guest(CALLS_HOST, (index, frame) -> handler[0].hostcall(index, frame))) {
            assertThatThrownBy(guest::call).isInstanceOf(IllegalArgumentException.class);
            handler[0] = (index, frame) -> frame.returnI32(8);
            assertThat(guest.call()).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void trapsTheHostcallBeyondTheLimit(int limit) {
        InstanceSpec spec = new InstanceSpec(Guest.ZERO, List.of("a"), null, SandboxCode.NONE, Guest.SECOND, limit);
        try (Guest guest = engine.guest(CALLS_HOST, spec)) {
            if (limit == 3) {
                assertThat(guest.call()).isZero();
                assertThat(guest.call()).as("counted anew for each entry").isZero();
            } else {
                assertThat(trapOf(guest)).hasMessageContaining("limit is 2");
            }
        }
    }

    @Test
    void refusesToEnterTheGuestDuringAHostcall() {
        Guest[] self = new Guest[1];
        try (Guest guest =
                engine.guest(CALLS_HOST, (index, frame) -> self[0].instance.run(self[0].instance.newCalls(), 1))) {
            self[0] = guest;
            assertThatIllegalStateException().isThrownBy(guest::call).withMessageContaining("during a hostcall");
        }
    }

    private static WasmTrap trapOf(Guest guest) {
        return catchThrowableOfType(WasmTrap.class, guest::call);
    }

    private static HostcallHandler throwing(Throwable failure) {
        return (index, frame) -> TrapTest.<RuntimeException>sneak(failure);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int recurse(int n) {
        return recurse(n + 1) + 1;
    }
}
