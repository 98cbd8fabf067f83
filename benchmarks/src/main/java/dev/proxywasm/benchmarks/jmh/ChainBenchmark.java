package dev.proxywasm.benchmarks.jmh;

import dev.proxywasm.Engine;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.benchmarks.BenchHost;
import dev.proxywasm.http.HeaderMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The whole callback sequence of a request through chains of header filters; length 1 is the price of one filter. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ChainBenchmark {

    /** How many filters there are. */
    @Param({"1", "4", "16"})
    public int length;

    /** What runs them. */
    @Param({"WASMTIME", "JVM"})
    public Engine engine = Engine.AUTO;

    @SuppressWarnings("NullAway.Init") // JMH calls start() before anything else
    private ProxyWasm host;

    /** Starts the chain. */
    @Setup(Level.Trial)
    public void start() {
        host = BenchHost.start(IntStream.range(0, length)
                .mapToObj(i ->
                        BenchHost.plugin("filter-" + i, "classpath:dev/proxywasm/benchmarks/bench-filter.wat")
                                .toBuilder()
                                .engine(engine)
                                .build())
                .toArray(PluginConfig[]::new));
    }

    /** Stops the chain. */
    @TearDown(Level.Trial)
    public void stop() {
        host.close();
    }

    /** One request, its response, and the end. */
    @Benchmark
    public HeaderMap sequence() {
        return BenchHost.exchange(host);
    }
}
