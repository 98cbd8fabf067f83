package dev.proxywasm.benchmarks.jmh;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.benchmarks.BenchHost;
import dev.proxywasm.http.HttpStream;
import java.nio.ByteBuffer;
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
import org.openjdk.jmh.annotations.Warmup;

/** Chunks of a request's body through a filter that reads each of them: chunks per second; times the size, the throughput. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class BodyBenchmark {

    /** Bytes of a chunk. */
    @Param({"1024", "16384", "65536"})
    public int chunkSize;

    @SuppressWarnings("NullAway.Init") // JMH calls start() before anything else
    private ProxyWasm host;

    @SuppressWarnings("NullAway.Init") // as above
    private HttpStream stream;

    @SuppressWarnings("NullAway.Init") // as above
    private ByteBuffer chunk;

    /** Opens an exchange whose body does not end before the trial does. */
    @Setup(Level.Trial)
    public void start() {
        host = BenchHost.start(BenchHost.plugin("body-filter", "classpath:dev/proxywasm/benchmarks/body-filter.wat"));
        chunk = ByteBuffer.allocate(chunkSize);
        stream = BenchHost.open(host);
        BenchHost.requireForward(stream.requestHeaders(false));
        stream.request().takeHeaders();
    }

    /** Ends the exchange. */
    @TearDown(Level.Trial)
    public void stop() {
        stream.close();
        host.close();
    }

    /** One chunk in, one chunk out. */
    @Benchmark
    public ByteBuffer chunk() {
        BenchHost.requireForward(stream.requestBody(chunk.clear(), false));
        return stream.request().takeBody();
    }
}
