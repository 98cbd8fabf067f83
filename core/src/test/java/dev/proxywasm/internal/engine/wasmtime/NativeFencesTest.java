package dev.proxywasm.internal.engine.wasmtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.testing.ForkedJvm;
import dev.proxywasm.testing.ForkedJvm.Outcome;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What native code could do to the JVM, each in a JVM of its own. */
class NativeFencesTest {

    @Test
    void refusesToStartWhereThreadsHaveTooLittleStack() {
        Outcome outcome = ForkedJvm.shortLived(NativeLibraryScenario.class)
                .with("-Xss384k")
                .run();
        assertThat(outcome.output()).contains("refused: threads of this JVM have stacks of 384 KiB", "-Xss1m");
    }

    @Test
    void survivesAFunctionWithMoreValuesThanTheCompilerCanNumber() {
        Outcome outcome = ForkedJvm.of(HugeFunctionScenario.class).run();
        assertThat(outcome.output())
                .contains("refused: module 'huge' cannot be compiled: function 1 is too complex to be compiled");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void leavesNothingBehindAfterThousandsOfInstances() {
        Outcome outcome = ForkedJvm.of(ChurnScenario.class).with("-Xmx256m").run();
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(number("maps", outcome)).as(outcome.output()).isLessThan(200);
        assertThat(number("resident KiB", outcome)).as(outcome.output()).isLessThan(20_000);
    }

    private static long number(String name, Outcome outcome) {
        Matcher matcher = Pattern.compile(name + " ([+-]\\d+)").matcher(outcome.output());
        assertThat(matcher.find()).as(outcome.output()).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
