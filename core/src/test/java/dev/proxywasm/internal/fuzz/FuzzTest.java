package dev.proxywasm.internal.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.testing.ForkedJvm;
import dev.proxywasm.testing.FuzzTime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In a JVM of its own: what an engine makes of bytes might take one down. */
@Tag("fuzz")
class FuzzTest {

    @Test
    void bytesThatNobodyMeantDoNoHarm() {
        ForkedJvm.Outcome outcome =
                ForkedJvm.of(FuzzScenario.class).with("-Xmx256m").run(FuzzTime.seconds(), FuzzTime.seed(20_240_301));

        System.out.println(outcome.output().strip());
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output().strip()).endsWith(", alive");
        assertThat(outcome.output()).contains("module refused=", "module served=", "maps refused=", "modules read=");
    }
}
