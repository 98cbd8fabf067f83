package dev.proxywasm.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.benchmarks.http.HttpComparison;
import dev.proxywasm.benchmarks.measure.Figure;
import dev.proxywasm.benchmarks.measure.Pace;
import dev.proxywasm.benchmarks.measure.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparisons still run, with every filter doing its work; the figures of one millisecond mean nothing. */
class ComparisonTest {

    private static final Pace HURRIED = new Pace(Duration.ofMillis(1), 1, Duration.ofMillis(1));

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Report report = new Report(new PrintStream(printed, true, UTF_8));

    @TempDir
    private Path work;

    private Filter filter;

    @BeforeEach
    void translateTheFilter() {
        filter = Filters.own(work);
    }

    @Test
    void measuresOurHostAndOneFuncPerImport() {
        new SequenceComparison(HURRIED, report).run(filter);
        assertThat(figures())
                .containsExactly("bench-filter.host", "bench-filter.host-no-fast-path", "bench-filter.funcs");
    }

    @Test
    void measuresOurHostOnEachEngine() {
        new EngineComparison(HURRIED, report).run(filter);
        assertThat(figures()).containsExactly("bench-filter.wasmtime", "bench-filter.jvm", "bench-filter.jvm/wasmtime");
    }

    @Test
    void measuresWhatSeveralInstancesGain() throws Exception {
        new Parallel(HURRIED, report).run(filter);
        assertThat(figures())
                .containsExactly(
                        "parallel.bench-filter.instances-1",
                        "parallel.bench-filter.instances-2",
                        "parallel.bench-filter.instances-2/instances-1");
    }

    @Test
    void measuresBothServersInEachWay() throws Exception {
        new HttpComparison(HURRIED, report).run(filter.module());
        assertThat(figures())
                .hasSize(18)
                .contains(
                        "http.jetty.host.rps",
                        "http.tomcat.plain.p99",
                        "http.tomcat.java-filter.rps",
                        "http.jetty.host.cpu");
    }

    @Test
    void measuresBothServersOnWasmtime() throws Exception {
        new HttpComparison(HURRIED, report).runOnWasmtime(filter.module());
        assertThat(figures()).hasSize(12).contains("http.jetty.plain.rps", "http.tomcat.wasmtime.cpu");
    }

    @Test
    void measuresHowCostGrows() {
        new Growth(HURRIED, report).run();
        assertThat(figures()).hasSize(12).contains("growth.headers-96", "growth.plugins-16", "growth.body-65536");
    }

    @Test
    void namesTheFiltersThatAreMissing() {
        assertThat(Filters.available(work, work, report)).containsExactly(filter);
        assertThat(printed.toString(UTF_8).lines())
                .hasSize(3)
                .contains("# skipped: go: no go.wasm (samples/filters/build.sh go makes it)");
    }

    private List<String> figures() {
        return printed.toString(UTF_8)
                .lines()
                .map(line -> Figure.parse(line).orElseThrow().name())
                .toList();
    }
}
