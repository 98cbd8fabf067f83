package dev.proxywasm.internal.fastpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.internal.engine.TestEngine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody can tell whether a hostcall was answered in the sandbox or by Java, nor which engine it came from. */
class OneSemanticsTest {

    /** More by {@code -Dproxy-wasm.test.seeds=1000}. */
    private static final int SEEDS = Integer.getInteger("proxy-wasm.test.seeds", 10);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void seesTheSameWithAndWithoutTheFastPathAndOnTheJvm(int block) {
        int crossingsWith = 0;
        int crossingsWithout = 0;
        List<String> seenWith;
        for (int seed = block * SEEDS; seed < (block + 1) * SEEDS; seed++) {
            try (DriverRun with = new DriverRun(seed, new ObservedEngine(true))) {
                seenWith = with.run();
                crossingsWith += with.crossings();
            }
            try (DriverRun without = new DriverRun(seed, new ObservedEngine(false))) {
                requireSame(seed, seenWith, without.run());
                crossingsWithout += without.crossings();
            }
            try (DriverRun onTheJvm = new DriverRun(seed, new ObservedEngine(TestEngine.JVM, true))) {
                requireSame(seed, seenWith, onTheJvm.run());
            }
        }
        assertThat(crossingsWithout - crossingsWith)
                .as("hostcalls that the fast path answered")
                .isGreaterThan(100 * SEEDS);
    }

    /** Shows the first difference and what was seen before it; all that is seen is too long to be read. */
    private static void requireSame(int seed, List<String> with, List<String> without) {
        for (int i = 0; i < Math.min(with.size(), without.size()); i++) {
            assertThat(with.get(i))
                    .as("seed %d, behind %s", seed, without.subList(Math.max(0, i - 3), i))
                    .isEqualTo(without.get(i));
        }
        assertThat(with).as("seed %d", seed).hasSameSizeAs(without);
    }

    @Test
    void runsThousandsOfHostcalls() {
        long operations = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            operations += new DriverProgram(seed).operations();
        }
        assertThat(operations).isGreaterThan(200L * SEEDS);
    }
}
