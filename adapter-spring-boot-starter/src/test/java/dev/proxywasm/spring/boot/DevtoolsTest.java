package dev.proxywasm.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.testing.ForkedJvm;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The real devtools restart a real application, with a class loader for each start. */
class DevtoolsTest {

    private static final int STARTS = 6;
    private static final Pattern START = Pattern.compile("start (\\d+): (\\w+) (\\d+) (\\d+) (\\d+)");

    /** Of one VM; that of the host of each start is a part of it. */
    private static final long MIB_OF_A_VM = 4096;

    @Test
    void nothingNativeIsLeftBehindByRestarts() {
        ForkedJvm.Outcome outcome = ForkedJvm.of(DevtoolsScenario.class)
                .with("-D" + DevtoolsScenario.MOST_STARTS + "=" + STARTS)
                .run();
        List<MatchResult> starts = START.matcher(outcome.output()).results().toList();
        assertThat(starts).as(outcome.output()).hasSize(STARTS);
        assertThat(starts).allSatisfy(start -> {
            assertThat(start.group(2)).isEqualTo("value");
            assertThat(start.group(3)).isEqualTo("1");
        });
        MatchResult first = starts.get(0);
        MatchResult last = starts.get(STARTS - 1);
        assertThat(Long.parseLong(last.group(4))).as("threads").isLessThanOrEqualTo(Long.parseLong(first.group(4)));
        assertThat(Long.parseLong(last.group(5)) - Long.parseLong(first.group(5)))
                .as("address space that %d restarts have taken, in MiB", STARTS - 1)
                .isLessThan(MIB_OF_A_VM);
    }
}
