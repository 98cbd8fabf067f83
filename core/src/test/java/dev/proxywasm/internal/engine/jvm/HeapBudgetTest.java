package dev.proxywasm.internal.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.Guest;
import dev.proxywasm.internal.engine.HostcallFrame;
import dev.proxywasm.internal.engine.HostcallHandler;
import dev.proxywasm.internal.engine.InstanceSpec;
import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.testing.ForkedJvm;
import dev.proxywasm.testing.ForkedJvm.Outcome;
import dev.proxywasm.testing.Wat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all guests together may take of the heap, and that each gives back what it had. */
class HeapBudgetTest {

    private static final int PAGES = 16;
    private static final int PAGE = ModuleLimits.PAGE_BYTES;

    /** Takes pages one by one until it gets none; tells how many it has. */
    private static final String GREEDY =
            """
            (module
              (import "env" "host" (func $host))
              (memory (export "memory") 1)
              (func (export "a") (result i32)
                (loop $l (br_if $l (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
                (call $host)
                (memory.size))
              (func (export "b") (unreachable)))
            """;

    private final HeapBudget budget = new HeapBudget(PAGES * (long) PAGE + PAGE / 2);
    private final JvmEngine engine = new JvmEngine(new HeapShare(Guest.LIMITS.memoryBytes()), budget);

    @AfterEach
    void leavesNothingTaken() {
        engine.close();
        assertThat(budget.taken()).isZero();
    }

    private Guest guest(String wat, HostcallHandler hostcalls) {
        return new Guest(engine, wat, Guest.spec(hostcalls));
    }

    private Guest greedy() {
        return guest(GREEDY, Guest.ZERO);
    }

    @Test
    void refusesGrowthBeyondWhatAllGuestsMayHave() {
        try (Guest first = greedy();
                Guest second = greedy()) {
            assertThat(first.call()).as("all but the page of the other").isEqualTo(PAGES - 1);
            assertThat(second.call()).as("and goes on with what it has").isEqualTo(1);
        }
        try (Guest third = greedy()) {
            assertThat(third.call()).isEqualTo(PAGES);
        }
    }

    @Test
    void refusesToGrowByMoreThanThereIsAndThenGrowsByWhatThereIs() {
        String wat =
                """
                (module (memory (export "memory") 1)
                  (func (export "a") (param i32) (result i32) (memory.grow (local.get 0))))
                """;
        try (Guest guest = guest(wat, Guest.ZERO)) {
            assertThat(guest.call(PAGES)).isEqualTo(-1);
            assertThat(guest.call(Integer.MAX_VALUE)).isEqualTo(-1);
            assertThat(guest.call(-1)).isEqualTo(-1);
            assertThat(guest.instance.memory().byteSize()).isEqualTo(PAGE);
            assertThat(guest.call(PAGES - 1)).isEqualTo(1);
            assertThat(guest.call(0)).as("no growth is always possible").isEqualTo(PAGES);
        }
    }

    @Test
    void startsNoGuestThatHasNoRoomAndSaysWhatHelps() {
        try (Guest first = greedy()) {
            first.call();
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(this::greedy)
                    .withMessageContainingAll(
                            "'test' cannot be instantiated", "half", "-Xmx", "limits.memory", "instances", "wasmtime");
            first.instance.close();
            try (Guest next = greedy()) {
                assertThat(next.call()).isEqualTo(PAGES);
            }
        }
    }

    @Test
    void givesBackOnceWhatAGuestHad() {
        for (int round = 0; round < 3 * PAGES; round++) {
            Guest guest = greedy();
            assertThat(guest.call()).isEqualTo(PAGES);
            guest.close();
            guest.close();
            assertThat(budget.taken()).isZero();
        }
    }

    @Test
    void givesBackWhatATrappedGuestHadWhenItIsClosed() {
        try (Guest guest = greedy()) {
            guest.call();
            guest.calls.clear();
            guest.calls.add(1, 0, 0, 0, 0, 0);
            assertThatThrownBy(() -> guest.instance.run(guest.calls, Guest.SECOND))
                    .hasMessageContaining("unreachable");
        }
        assertThat(budget.taken()).isZero();
    }

    @Test
    void givesBackNothingWhileAThreadIsInside() {
        Guest[] self = new Guest[1];
        self[0] = guest(GREEDY, (index, frame) -> {
            self[0].instance.close();
            assertThat(budget.taken()).isGreaterThan(PAGES * (long) PAGE);
        });
        assertThat(self[0].call()).isEqualTo(PAGES);
        assertThat(budget.taken()).isZero();
        self[0].close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(memory 3) (data (i32.const 200000) \"far\")",
                "(memory 3) (func $f (unreachable)) (start $f)",
                "(memory 3) (func $f (drop (memory.grow (i32.const 2))) (unreachable)) (start $f)",
                "(memory 3) (table 2 funcref) (elem (i32.const 5) 0) (func)",
                "(memory 17)",
                "(import \"env\" \"memory\" (memory 3)) (table 50000 funcref)",
                "(import \"env\" \"memory\" (memory 17))"
            })
    void givesBackWhatAGuestHadThatDidNotStart(String module) {
        ModuleLimits limits = new ModuleLimits(Guest.LIMITS.memoryBytes(), 100_000);
        byte[] binary = Wat.compile("(module %s)".formatted(module));
        try (var compiled = engine.compile("test", binary, limits)) {
            InstanceSpec spec = Guest.spec(Guest.ZERO);
            assertThatThrownBy(() -> compiled.instantiate(spec)).isInstanceOf(RuntimeException.class);
            assertThat(budget.taken()).isZero();
        }
    }

    @Test
    void givesBackWhatAGuestHadWhoseHostRefusesIt() {
        HostcallHandler refusing = new HostcallHandler() {
            @Override
            public void hostcall(int importIndex, HostcallFrame frame) {}

            @Override
            public void attach(WasmInstance instance) {
                throw new StackOverflowError("as if");
            }
        };
        assertThatThrownBy(() -> guest(GREEDY, refusing)).isInstanceOf(StackOverflowError.class);
        assertThat(budget.taken()).isZero();
    }

    @Test
    void countsTablesAndTheirGrowth() {
        String wat =
                """
                (module (table $f 100 900 funcref) (table $e 0 900 externref)
                  (func (export "a") (param i32) (result i32) (table.grow $f (ref.null func) (local.get 0)))
                  (func (export "b") (param i32) (result i32) (table.grow $e (ref.null extern) (local.get 0))))
                """;
        try (Guest guest = guest(wat, Guest.ZERO)) {
            long before = budget.taken();
            assertThat(before).isGreaterThan(100 * 12);
            assertThat(guest.call(200)).isEqualTo(100);
            assertThat(budget.taken() - before).isBetween(200 * 12L, 200 * 24L);
            assertThat(guest.call(Integer.MAX_VALUE)).isEqualTo(-1);
            assertThat(guest.call(601)).as("beyond its maximum").isEqualTo(-1);
            guest.calls.clear();
            guest.calls.add(1, 300, 0, 0, 0, 0);
            guest.instance.run(guest.calls, Guest.SECOND);
            assertThat(guest.calls.result(0)).isZero();
            assertThat(budget.taken() - before).isBetween(500 * 12L, 500 * 24L);
            assertThat(budget.take(budget.bytes() - budget.taken())).isTrue();
            long rest = budget.bytes() - before - 500 * 20L;
            assertThat(guest.call(1))
                    .as("within its maximum, but there is no more")
                    .isEqualTo(-1);
            budget.giveBack(rest);
            assertThat(guest.call(1)).isEqualTo(300);
        }
    }

    @Test
    void countsGlobalsAndWhatIsCopiedFrom() {
        long none = takenBy("(module)");
        assertThat(takenBy("(module %s)".formatted("(global i64 (i64.const 0))".repeat(1000))) - none)
                .isGreaterThan(1000 * 40);
        assertThat(takenBy("(module (memory 1) (data \"%s\"))".formatted("x".repeat(5000))) - none)
                .isGreaterThan(PAGE + 5000);
    }

    private long takenBy(String wat) {
        Guest guest = guest(wat, Guest.ZERO);
        long taken = budget.taken();
        guest.close();
        return taken;
    }

    @Test
    void sharesExactlyWhatThereIsAmongThreads() throws Exception {
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 20; round++) {
                List<Guest> guests = new ArrayList<>();
                List<Callable<Integer>> growth = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    Guest guest = greedy();
                    guests.add(guest);
                    growth.add(guest::call);
                }
                int sum = 0;
                for (Future<Integer> pages : executor.invokeAll(growth)) {
                    sum += pages.get();
                }
                assertThat(sum).isEqualTo(PAGES);
                List<Callable<Void>> ends = new ArrayList<>();
                for (Guest guest : guests) {
                    ends.add(() -> {
                        guest.close();
                        return null;
                    });
                }
                for (Future<Void> end : executor.invokeAll(ends)) {
                    end.get();
                }
                assertThat(budget.taken()).isZero();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    /** Also of guests that are over, to which streams may hold on for long. */
    @Test
    void leavesTheApplicationItsPartOfTheHeap() {
        Outcome outcome = ForkedJvm.shortLived(GreedyGuestsScenario.class)
                .with("-Xmx96m", "-Xss512k")
                .run();
        assertThat(outcome.output()).contains("application served 20, rounds 20");
        assertThat(outcome.exitCode()).isZero();
    }
}
