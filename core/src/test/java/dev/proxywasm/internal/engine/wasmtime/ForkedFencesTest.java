package dev.proxywasm.internal.engine.wasmtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.testing.ForkedJvm;
import dev.proxywasm.testing.ForkedJvm.Outcome;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a guest or a careless caller could kill the JVM with, each in a JVM of its own. */
class ForkedFencesTest {

    @ParameterizedTest(name = "-Xss{0}k for the main thread, {1} KiB for another one, {2} Java frames above")
    @CsvSource({"512, 512, 0", "1024, 1024, 0", "1024, 1024, 2500"})
    void survivesEndlessRecursion(int mainKib, int threadKib, int depth) {
        Outcome outcome = ForkedJvm.of(StackScenario.class)
                .with("-Xss%dk".formatted(mainKib))
                .run(Integer.toString(threadKib), Integer.toString(depth));
        assertThat(outcome.output()).contains("main STACK_EXHAUSTED", "thread STACK_EXHAUSTED", "alive");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void refusesToStartWhereThreadsHaveTooLittleStack() {
        Outcome outcome =
                ForkedJvm.of(NativeLibraryScenario.class).with("-Xss384k").run();
        assertThat(outcome.output()).contains("refused: threads of this JVM have stacks of 384 KiB", "-Xss1m");
    }

    @Test
    void survivesUseAfterCloseAndCloseDuringUse() {
        assertAlive(ForkedJvm.of(CloseScenario.class).run());
    }

    @Test
    void survivesTrapsOnManyThreadsDuringCollections() {
        assertAlive(ForkedJvm.of(TrapStormScenario.class).with("-Xmx256m").run());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void leavesNothingBehindAfterThousandsOfInstances() {
        Outcome outcome = ForkedJvm.of(ChurnScenario.class).with("-Xmx256m").run();
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(number("maps", outcome)).as(outcome.output()).isLessThan(200);
        assertThat(number("resident KiB", outcome)).as(outcome.output()).isLessThan(20_000);
    }

    private static void assertAlive(Outcome outcome) {
        assertThat(outcome.output()).contains("alive");
        assertThat(outcome.exitCode()).isZero();
    }

    private static long number(String name, Outcome outcome) {
        Matcher matcher = Pattern.compile(name + " ([+-]\\d+)").matcher(outcome.output());
        assertThat(matcher.find()).as(outcome.output()).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
