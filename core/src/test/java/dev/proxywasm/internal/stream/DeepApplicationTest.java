package dev.proxywasm.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.internal.engine.TestEngine;
import dev.proxywasm.testing.ForkedJvm;
import dev.proxywasm.testing.ForkedJvm.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters that are entered from within an application that has used up its stack. */
class DeepApplicationTest {

    /** By the interpreter and by each compiler; with a server that forgets to ask, all of them die, or hang at a lock that was lost. */
    @ParameterizedTest
    @CsvSource({"-Xint, 1", "-XX:TieredStopAtLevel=1, 3", "-XX:-TieredCompilation, 3"})
    void doNoHarm(String compiler, int threads) {
        Outcome outcome = ForkedJvm.of(DeepApplicationScenario.class)
                .with(compiler, "-Dproxywasm.test.engine=" + TestEngine.ofThisRun())
                .run(Integer.toString(threads));
        assertThat(outcome.output()).contains("alive, pushed " + 4 * threads + ", refused true");
        assertThat(outcome.exitCode()).isZero();
    }
}
