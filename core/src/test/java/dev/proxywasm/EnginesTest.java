package dev.proxywasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.testing.ForkedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which engine a plugin gets, with and without the optional one on the class path. */
class EnginesTest {

    @ParameterizedTest
    @CsvSource({"AUTO, on jvm", "WASMTIME, on wasmtime", "JVM, on jvm"})
    void givesAPluginTheEngineThatItAsksFor(String wanted, String said) {
        assertThat(run(ForkedJvm.shortLived(EngineScenario.class), wanted)).contains(said, "started 1");
    }

    @Test
    void startsNoNativeEngineForSmallPlugins() {
        assertThat(run(ForkedJvm.shortLived(EngineScenario.class).without("wasmtime-java"), "AUTO"))
                .contains("on jvm", "started 1");
    }

    @Test
    void doesWithoutTheOptionalOne() {
        assertThat(run(ForkedJvm.shortLived(EngineScenario.class).without("endive"), "AUTO"))
                .contains("on wasmtime", "started 1");
    }

    /** As where jars are copied into one folder, and another library has one of that name. */
    @ParameterizedTest
    @ValueSource(strings = {"run/endive/wasm/", "run/endive/runtime/", "org/ow2/asm/asm/"})
    void doesWithoutTheOptionalOneIfAPartOfItIsMissing(String part) {
        assertThat(run(ForkedJvm.shortLived(EngineScenario.class).without(part), "AUTO"))
                .contains("on wasmtime", "started 1");
    }

    @Test
    void saysWhatIsMissingWhereTheOptionalOneIsWanted() {
        assertThat(run(ForkedJvm.shortLived(EngineScenario.class).without("endive"), "JVM"))
                .contains("refused: plugin 'small'", "run.endive:compiler", "'engine'");
    }

    private static String run(ForkedJvm jvm, String wanted) {
        return jvm.run(wanted).output();
    }
}
