package dev.proxywasm.benchmarks.jmh;

import dev.proxywasm.Engine;
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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One hostcall, answered in the sandbox, by Java across it, and on the JVM. A request makes 200 of them, so a two-hundredth of the request itself is in each
 * figure: that of {@code NONE}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HostcallBenchmark {

    private static final int HOSTCALLS = 200;

    /** What hostcall-filter.wat can do, by its numbers. */
    public enum Hostcall {
        /** No hostcall at all. */
        NONE,
        /** Reads a request header that is there. */
        HEADER_GET,
        /** Replaces a request header. */
        HEADER_REPLACE,
        /** Reads all request headers. */
        HEADER_PAIRS,
        /** Reads the client's address. */
        PROPERTY_GET,
        /** Adds to a counter. */
        METRIC_INCREMENT,
        /** Writes a line that the log makes and drops. */
        LOG
    }

    /** Which one. */
    @Param
    public Hostcall hostcall = Hostcall.NONE;

    /** How a guest and Java come together. */
    public enum Way {
        /** On Wasmtime, answered without leaving the sandbox. */
        SANDBOX(Engine.WASMTIME),
        /** On Wasmtime, by a crossing to Java. */
        CROSSING(Engine.WASMTIME),
        /** On the JVM, by a method call. */
        JVM(Engine.JVM);

        private final Engine engine;

        Way(Engine engine) {
            this.engine = engine;
        }
    }

    /** How it is answered. */
    @Param
    public Way way = Way.SANDBOX;

    @SuppressWarnings("NullAway.Init") // JMH calls start() before anything else
    private ProxyWasm host;

    /** Starts the filter. */
    @Setup(Level.Trial)
    public void start() {
        System.setProperty("proxy-wasm.fast-path", Boolean.toString(way != Way.CROSSING));
        host = BenchHost.start(
                PluginConfig.builder("hostcall-filter", "classpath:dev/proxywasm/benchmarks/hostcall-filter.wat")
                        .configuration(Integer.toString(hostcall.ordinal()))
                        .engine(way.engine)
                        .instances(1)
                        .build());
    }

    /** Stops it. */
    @TearDown(Level.Trial)
    public void stop() {
        host.close();
    }

    /** One request. */
    @Benchmark
    @OperationsPerInvocation(HOSTCALLS)
    public HeaderMap hostcall() {
        return BenchHost.exchange(host);
    }
}
