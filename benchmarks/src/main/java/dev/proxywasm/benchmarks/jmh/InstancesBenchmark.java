package dev.proxywasm.benchmarks.jmh;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.benchmarks.BenchHost;
import dev.proxywasm.http.HeaderMap;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Two threads that send requests through one filter with so many instances: requests per second of both together. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@Threads(2)
public class InstancesBenchmark {

    /** How many VMs the filter may have. */
    @Param({"1", "2", "4"})
    public int instances;

    @SuppressWarnings("NullAway.Init") // JMH calls start() before anything else
    private ProxyWasm host;

    /** Starts the filter; its further instances start when they are needed. */
    @Setup(Level.Trial)
    public void start() {
        host = BenchHost.start(
                PluginConfig.builder("bench-filter", "classpath:dev/proxywasm/benchmarks/bench-filter.wat")
                        .instances(instances)
                        .build());
    }

    /** Stops it. */
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
