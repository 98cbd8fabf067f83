package dev.proxywasm.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.proxywasm.testing.Wat;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Which engine a module is given to. */
class ChoosingEngineTest {

    private static final int SMALL = 300;

    private final WasmEngine engine = new ChoosingEngine(TestEngine.JVM.shared(), TestEngine.WASMTIME::shared, SMALL);

    @Test
    void givesAModuleWithLittleCodeToTheEngineForSmallOnes() {
        assertThat(engineOf("(module (memory (export \"memory\") 1) (func (export \"a\")))"))
                .isEqualTo("jvm");
    }

    @Test
    void givesAModuleWithMuchCodeToTheOther() {
        String drops = "(drop (i32.const 1))".repeat(SMALL / 3);
        assertThat(engineOf("(module (func (export \"a\") %s))".formatted(drops)))
                .isEqualTo("wasmtime");
    }

    @Test
    void givesTheOtherWhatTheFirstDoesNotTake() {
        String vectors = "(module (func (export \"a\") (drop (i8x16.splat (i32.const 1)))))";
        assertThat(engineOf(vectors)).isEqualTo("wasmtime");
    }

    @Test
    void leavesItToTheOtherToSayWhatIsWrongWithAModule() {
        byte[] page = "<!DOCTYPE html>".getBytes(StandardCharsets.US_ASCII);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> engine.compile("page", page, Guest.LIMITS))
                .withMessageContainingAll("'page'", "HTML");
    }

    private String engineOf(String wat) {
        try (CompiledModule module = engine.compile("test", Wat.compile(wat), Guest.LIMITS)) {
            return module.engine();
        }
    }
}
