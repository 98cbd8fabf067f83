package dev.proxywasm.internal.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.Guest;
import dev.proxywasm.internal.engine.TestEngine;
import dev.proxywasm.testing.Wat;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which modules become Java classes, and what is said of the others. */
class TranslationTest {

    private static final int MUTATIONS = 1_000;
    private static final String NOPS = "nop ".repeat(8);
    private static final String SOME_OF_ALL =
            """
            (module
              (import "env" "host" (func $host (param i32) (result i32)))
              (memory (export "memory") 1 2)
              (table 3 4 funcref)
              (global $g (mut i64) (i64.const 7))
              (elem (i32.const 0) $a $b)
              (data (i32.const 8) "some data")
              (func $a (export "a") (param i32) (result i32) (local i64 f32 f64)
                (block $out (loop $l (br_if $out (i32.eqz (local.get 0)))
                  (local.set 0 (i32.sub (local.get 0) (i32.const 1))) (br $l)))
                (call_indirect (param i32) (result i32) (call $host (i32.load (local.get 0))) (i32.const 1)))
              (func $b (export "b") (param i32) (result i32)
                (global.set $g (i64.mul (global.get $g) (i64.const 3)))
                (if (result i32) (local.get 0) (then (memory.grow (i32.const 1))) (else (i32.const 4)))))
            """;

    @ParameterizedTest
    @CsvSource({
        "tail calls,              1200",
        "exceptions,              1f400102000b",
        "typed references,        d070d41a",
        "garbage-collected types, 4100fb1c1a",
        "threads,                 fe0300",
        "SIMD,                    4100fd0f1a",
    })
    void refusesInstructionsThatTheOtherEngineLacksAndSimd(String feature, String instructions) {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> compile(withCode(HexFormat.of().parseHex(instructions))))
                .withMessageContainingAll("'test'", feature, "jvm");
    }

    /** The module of one function of that code; a tail call, for one, would never look whether its time is up. */
    private static byte[] withCode(byte[] instructions) {
        byte[] module = Wat.compile("(module (memory 1) (func (export \"a\") %s))".formatted(NOPS));
        System.arraycopy(instructions, 0, module, module.length - 1 - NOPS.length() / 4, instructions.length);
        return module;
    }

    @Test
    void refusesAFunctionThatIsTooLargeForAJavaMethod() {
        String large = "(module (func (export \"a\") (local %s)))".formatted("i32 ".repeat(20_000));
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> compile(Wat.compile(large)))
                .withMessageContainingAll("'test'", "too large for a Java method", "wasmtime");
    }

    @Test
    void doesNotMindWhatIsWrongWithACustomSection() {
        byte[] module = Wat.compile("(module (func (export \"a\")))");
        byte[] names = {0, 9, 4, 'n', 'a', 'm', 'e', 1, 100, 1, 2};
        byte[] damaged = Arrays.copyOf(module, module.length + names.length);
        System.arraycopy(names, 0, damaged, module.length, names.length);
        compile(damaged);
    }

    @Test
    void saysOfADamagedModuleThatItCannotBeCompiled() {
        Random random = new Random(20_240_229);
        byte[] whole = Wat.compile(SOME_OF_ALL);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] damaged = whole.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                damaged[8 + random.nextInt(damaged.length - 8)] = (byte) random.nextInt();
            }
            Throwable failure = catchThrowable(() -> compile(damaged));
            if (failure != null) {
                assertThat(failure)
                        .as(HexFormat.of().formatHex(damaged))
                        .isInstanceOf(EngineException.class)
                        .hasMessageContaining("'test'");
            }
        }
    }

    private static void compile(byte[] module) {
        TestEngine.JVM.shared().compile("test", module, Guest.LIMITS).close();
    }
}
