package dev.proxywasm.benchmarks.measure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Report report = new Report(new PrintStream(printed, true, UTF_8));

    @Test
    void printsNameValueAndUnitOfEachFigure() {
        report.add(new Figure("go.host", 38.456, "us"));
        report.add(new Figure("http.jetty.host.rps", 17284.7, "rps"));
        assertThat(printed.toString(UTF_8).lines())
                .containsExactly("go.host 38.46 us", "http.jetty.host.rps 17285 rps");
    }

    @Test
    void readsItsOwnLinesBackAndNoOthers() {
        assertThat(Figure.parse("go.host 38.46 us")).contains(new Figure("go.host", 38.46, "us"));
        assertThat(Figure.parse("# go skipped")).isEmpty();
        assertThat(Figure.parse("a b c d")).isEmpty();
    }

    @Test
    void dividesFiguresThatAreThere() {
        report.add(new Figure("a", 6, "us"));
        report.add(new Figure("b", 2, "us"));
        report.ratio("a/b", "a", "b");
        report.ratio("a/c", "a", "c");
        assertThat(printed.toString(UTF_8).lines()).containsExactly("a 6.00 us", "b 2.00 us", "a/b 3.00 x");
    }

    @Test
    void refusesToMeasureAFilterThatDoesNothing() {
        Pace hurried = new Pace(Duration.ZERO, 1, Duration.ZERO);
        assertThatIllegalStateException()
                .isThrownBy(() -> Rounds.measure(hurried, List.of(new Contender("idle", () -> false))))
                .withMessage("idle: the filter has not added its header");
    }
}
