package dev.proxywasm.internal.engine.wasmtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.proxywasm.internal.engine.CompiledModule;
import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.InstanceSpec;
import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.engine.SandboxCode;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.engine.WasmTrap;
import dev.proxywasm.testing.Wat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes an instance, and what is refused with which words. */
class LinkingTest {

    private static final String STARTING =
            """
            (module
              (import "env" "first" (func $first (param i32) (result i32)))
              (memory (export "memory") 1)
              (global $seen (mut i32) (i32.const 0))
              (func $start (global.set $seen (call $first (i32.const 5))))
              (start $start)
              (func (export "a") (result i32) (global.get $seen)))
            """;

    @Test
    void runsAStartSectionThatMakesHostcalls() {
        List<Integer> seen = new ArrayList<>();
        try (Guest guest = Guest.of(STARTING, (index, frame) -> {
            seen.add(frame.i32(0));
            frame.returnI32(6);
        })) {
            assertThat(seen).containsExactly(5);
            assertThat(guest.call()).isEqualTo(6);
            assertThat(guest.module.info().startFunction())
                    .as("as the author wrote it")
                    .isPresent();
        }
    }

    @Test
    void throwsTheTrapOfAStartSectionAndKeepsNoPlaceForIt() {
        byte[] trapping = Wat.compile("(module (func $f (unreachable)) (start $f))");
        int live = WasmtimeModule.liveInProcess();
        try (CompiledModule module = Guest.ENGINE.compile("trapping", trapping, Guest.LIMITS)) {
            assertThatExceptionOfType(WasmTrap.class).isThrownBy(() -> module.instantiate(Guest.spec(Guest.ZERO)));
        }
        assertThat(WasmtimeModule.liveInProcess()).isEqualTo(live);
    }

    @Test
    void stopsAStartSectionWithinItsTimeout() {
        InstanceSpec spec =
                new InstanceSpec(Guest.ZERO, List.of(), null, SandboxCode.NONE, TimeUnit.MILLISECONDS.toNanos(20), 10);
        assertThatExceptionOfType(WasmTrap.class)
                .isThrownBy(() -> Guest.of("(module (func $f (loop $l (br $l))) (start $f))", spec))
                .extracting(WasmTrap::kind)
                .isEqualTo(WasmTrap.Cause.TIMEOUT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    (import "env" "g" (global i32))                           | global env.g
                    (import "env" "t" (table 1 funcref))                      | table env.t
                    (import "env" "two" (func (result i32 i32)))              | function env.two
                    (import "env" "ref" (func (param externref)))             | function env.ref
                    (import "env" "simd" (func (result v128)))                | function env.simd
                    """)
    void refusesImportsThatNoHostCanAnswer(String imported, String named) {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Guest.of("(module %s)".formatted(imported), Guest.ZERO))
                .withMessageContainingAll("'test'", named);
    }

    @Test
    void refusesBytesThatAreNoModule() {
        refuses(new byte[0], "empty");
        refuses("<!DOCTYPE html><html></html>".getBytes(StandardCharsets.US_ASCII), "HTML");
        refuses("(module)".getBytes(StandardCharsets.US_ASCII), "text");
    }

    @Test
    void refusesAModuleWithAnInvalidFunction() {
        // (module (func (result i32))): its body leaves nothing on the stack
        byte[] module = {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7F, 3, 2, 1, 0, 10, 4, 1, 2, 0, 0x0B};
        refuses(module, "cannot be compiled");
    }

    @Test
    void refusesAModuleThatStartsAboveTheMemoryLimit() {
        refuses(Wat.compile("(module (memory 65))"), "memory");
    }

    @Test
    void refusesASegmentOutsideTheMemory() {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Guest.of("(module (memory 1) (data (i32.const 65536) \"x\"))", Guest.ZERO))
                .withMessageContaining("'test'");
    }

    @Test
    void refusesMoreInstancesThanTheProcessMayHave() {
        ModuleLimits limits = new ModuleLimits(1 << 20, 10);
        try (WasmtimeEngine engine = new WasmtimeEngine(WasmtimeEngine.Options.DEFAULT.withMaxLiveInstances(1));
                CompiledModule one = engine.compile("one", Wat.compile("(module)"), limits);
                CompiledModule two = Guest.ENGINE.compile("two", Wat.compile("(module)"), limits);
                WasmInstance held = two.instantiate(Guest.spec(Guest.ZERO))) {
            assertThat(held.hasEntryPoint(0)).isFalse();
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> one.instantiate(Guest.spec(Guest.ZERO)))
                    .withMessageContainingAll("'one'", "1 are alive");
        }
    }

    @Test
    void refusesAClosedModuleAndAClosedEngine() {
        WasmtimeEngine engine = new WasmtimeEngine(WasmtimeEngine.Options.DEFAULT);
        CompiledModule module = engine.compile("closed", Wat.compile("(module)"), Guest.LIMITS);
        engine.close();
        engine.close();
        module.instantiate(Guest.spec(Guest.ZERO)).close();
        assertThatIllegalStateException().isThrownBy(() -> engine.compile("x", Wat.compile("(module)"), Guest.LIMITS));
        module.close();
        module.close();
        assertThatIllegalStateException().isThrownBy(() -> module.instantiate(Guest.spec(Guest.ZERO)));
    }

    private static void refuses(byte[] module, String reason) {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Guest.ENGINE.compile("bad", module, Guest.LIMITS))
                .withMessageContainingAll("'bad'", reason);
    }
}
