package dev.proxywasm.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.testing.ForkedJvm;
import dev.proxywasm.testing.ForkedJvm.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a guest or a careless caller could kill the JVM with, each in a JVM of its own. */
class ForkedFencesTest {

    @ParameterizedTest(name = "{0}, -Xss{1}k for the main thread, {2} KiB for another one, {3} Java frames above")
    @CsvSource({
        "WASMTIME, 512, 512, 0",
        "WASMTIME, 1024, 1024, 0",
        "WASMTIME, 1024, 1024, 2500",
        "JVM, 512, 512, 0",
        "JVM, 1024, 1024, 2500"
    })
    void survivesEndlessRecursion(String engine, int mainKib, int threadKib, int depth) {
        Outcome outcome = ForkedJvm.of(StackScenario.class)
                .with("-Xss%dk".formatted(mainKib))
                .run(engine, Integer.toString(threadKib), Integer.toString(depth));
        assertThat(outcome.output()).contains("main STACK_EXHAUSTED", "thread STACK_EXHAUSTED", "alive");
        assertThat(outcome.exitCode()).isZero();
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void survivesEndlessRecursionFromAnyDepthOfTheJavaStackThatHasItsRoom(TestEngine engine) {
        Outcome outcome = ForkedJvm.of(DeepStackScenario.class).run(engine.name());
        assertThat(outcome.output()).contains("alive, refused true, exhausted true");
        assertThat(outcome.exitCode()).isZero();
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void survivesUseAfterCloseAndCloseDuringUse(TestEngine engine) {
        assertAlive(ForkedJvm.of(CloseScenario.class).run(engine.name()));
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void survivesTrapsOnManyThreadsDuringCollections(TestEngine engine) {
        assertAlive(ForkedJvm.of(TrapStormScenario.class).with("-Xmx256m").run(engine.name()));
    }

    private static void assertAlive(Outcome outcome) {
        assertThat(outcome.output()).contains("alive");
        assertThat(outcome.exitCode()).isZero();
    }
}
