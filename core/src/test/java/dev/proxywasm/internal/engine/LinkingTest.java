package dev.proxywasm.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.proxywasm.testing.Wat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes an instance, and what is refused with which words. */
@ParameterizedClass
@EnumSource(TestEngine.class)
class LinkingTest {

    private final TestEngine engine;

    LinkingTest(TestEngine engine) {
        this.engine = engine;
    }

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
        try (Guest guest = engine.guest(STARTING, (index, frame) -> {
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
    void throwsTheTrapOfAStartSection() {
        byte[] trapping = Wat.compile("(module (func $f (unreachable)) (start $f))");
        try (CompiledModule module = engine.shared().compile("trapping", trapping, Guest.LIMITS)) {
            assertThatExceptionOfType(WasmTrap.class).isThrownBy(() -> module.instantiate(Guest.spec(Guest.ZERO)));
        }
    }

    @Test
    void stopsAStartSectionWithinItsTimeout() {
        InstanceSpec spec =
                new InstanceSpec(Guest.ZERO, List.of(), null, SandboxCode.NONE, TimeUnit.MILLISECONDS.toNanos(20), 10);
        assertThatExceptionOfType(WasmTrap.class)
                .isThrownBy(() -> engine.guest("(module (func $f (loop $l (br $l))) (start $f))", spec))
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
                .isThrownBy(() -> engine.guest("(module %s)".formatted(imported), Guest.ZERO))
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
                .isThrownBy(() -> engine.guest("(module (memory 1) (data (i32.const 65536) \"x\"))", Guest.ZERO))
                .withMessageContaining("'test'");
    }

    @Test
    void refusesAClosedModuleAndAClosedEngine() {
        WasmEngine own = engine.start();
        CompiledModule module = own.compile("closed", Wat.compile("(module)"), Guest.LIMITS);
        own.close();
        own.close();
        module.instantiate(Guest.spec(Guest.ZERO)).close();
        assertThatIllegalStateException().isThrownBy(() -> own.compile("x", Wat.compile("(module)"), Guest.LIMITS));
        module.close();
        module.close();
        assertThatIllegalStateException().isThrownBy(() -> module.instantiate(Guest.spec(Guest.ZERO)));
    }

    private void refuses(byte[] module, String reason) {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> engine.shared().compile("bad", module, Guest.LIMITS))
                .withMessageContainingAll("'bad'", reason);
    }
}
