package dev.proxywasm.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.proxywasm.internal.wasm.AllInstructions;
import dev.proxywasm.testing.Wat;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions without a loop and without a call that take long all the same. */
class BulkOperationsTest {

    private static final int ELEMENTS = 100_000;
    private static final int REPEATED = 2_000;
    private static final byte REACHED = 99;

    private static final List<String> OPERATIONS = List.of(
            "(memory.fill (i32.const 0) (i32.const 7) (i32.const 4194304))",
            "(memory.copy (i32.const 9) (i32.const 0) (i32.const 4000000))",
            "(memory.init $data (i32.const 0) (i32.const 0) (i32.const 1000000))",
            "(table.fill $t (i32.const 0) (ref.null func) (i32.const 100000))",
            "(table.copy $t $t (i32.const 1) (i32.const 0) (i32.const 99999))",
            "(table.init $t $e (i32.const 0) (i32.const 0) (i32.const 20000))");

    private static Stream<Arguments> operations() {
        return Arrays.stream(TestEngine.values())
                .flatMap(engine -> OPERATIONS.stream().map(operation -> Arguments.of(engine, operation)));
    }

    @AfterEach
    void leaveNoInterrupt() {
        assertThat(Thread.interrupted()).isFalse();
    }

    /** Without a look at the time in between they reach the end of their function, after many times of what they have. */
    @ParameterizedTest
    @MethodSource("operations")
    void areStoppedWhenTheirTimeIsUp(TestEngine engine, String operation) {
        String wat =
                """
                (module
                  (memory (export "memory") 64)
                  (table $t %d funcref)
                  %s
                  (func $f (export "a") %s (i32.store8 (i32.const 0) (i32.const %d))))
                """
                        .formatted(ELEMENTS, segmentFor(operation), operation.repeat(REPEATED), REACHED);
        ModuleLimits limits = new ModuleLimits(Guest.LIMITS.memoryBytes(), ELEMENTS);
        try (var module = engine.shared().compile("test", Wat.compile(wat), limits);
                var instance = module.instantiate(Guest.spec(Guest.ZERO))) {
            var call = instance.newCalls();
            call.add(0, 0, 0, 0, 0, 0);
            assertThatExceptionOfType(WasmTrap.class)
                    .isThrownBy(() -> instance.run(call, TimeUnit.MILLISECONDS.toNanos(1)))
                    .extracting(WasmTrap::kind)
                    .isEqualTo(WasmTrap.Cause.TIMEOUT);
            assertThat(instance.memory().read(0, 1)[0]).isNotEqualTo(REACHED);
        }
    }

    /** The long one that it copies from, if it does. */
    private static String segmentFor(String operation) {
        if (operation.contains("$data")) {
            return "(data $data \"%s\")".formatted("x".repeat(1_000_000));
        }
        return operation.contains("$e") ? "(elem $e func %s)".formatted("$f ".repeat(20_000)) : "";
    }

    /** In loops and branches, with values below their operands, called directly and by a table, from a start function as well. */
    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void answerAsTheyShould(TestEngine engine) {
        try (Guest guest = engine.guest(Wat.text("engine/bulk"), Guest.ZERO)) {
            assertThat(guest.call(0)).isEqualTo(0x2A2A_2A2A);
            assertThat(guest.call(1)).isEqualTo(3);
            assertThat(guest.call(2)).isEqualTo(1);
            assertThat(guest.call(3)).isEqualTo(1000 + 17);
            assertThat(guest.instance.memory().read(40, 8)).asString().isEqualTo("abababab");
        }
    }

    @Test
    void areAmongAllInstructionsThatTheNativeEngineTakes() {
        try (var module = TestEngine.WASMTIME.shared().compile("test", AllInstructions.module(), Guest.LIMITS);
                var instance = module.instantiate(Guest.spec(Guest.ZERO))) {
            var call = instance.newCalls();
            call.add(0, 0, 0, 0, 0, 0);
            assertThatExceptionOfType(WasmTrap.class)
                    .isThrownBy(() -> instance.run(call, Guest.SECOND))
                    .extracting(WasmTrap::kind)
                    .isEqualTo(WasmTrap.Cause.UNREACHABLE);
        }
    }
}
