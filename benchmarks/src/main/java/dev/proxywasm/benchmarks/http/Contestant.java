package dev.proxywasm.benchmarks.http;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.benchmarks.BenchHost;
import dev.proxywasm.benchmarks.measure.Figure;
import dev.proxywasm.servlet.ProxyWasmFilter;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** A server with something in front of its servlet, and the load on it. */
final class Contestant implements AutoCloseable {

    private final String name;
    private final @Nullable ProxyWasm host;
    private final Server server;
    private final Load load;
    private final List<Sample> samples = new ArrayList<>();

    /** Starts all of it; {@code module} is that of our filter. */
    Contestant(ServerKind kind, Way way, Path module) throws Exception {
        name = "http." + kind.label() + "." + way.label();
        host = way.hasHost() ? start(way, module) : null;
        server = kind.start(filter(way));
        try {
            load = new Load(server.port(), way != Way.PLAIN);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private static ProxyWasm start(Way way, Path module) {
        return BenchHost.start(PluginConfig.builder("bench-filter", module.toString())
                .engine(way.engine())
                .build());
    }

    private @Nullable Filter filter(Way way) {
        if (host != null) {
            return new ProxyWasmFilter(host);
        }
        return way == Way.JAVA_FILTER ? new JavaFilter() : null;
    }

    void warmUp(Duration duration) throws IOException {
        load.run(duration);
    }

    void round(Duration duration) throws IOException {
        samples.add(load.run(duration));
    }

    /** Each of its best round, the one that other processes disturbed least. */
    List<Figure> figures() {
        return List.of(
                new Figure(name + ".rps", all(Sample::requestsPerSecond).max().orElseThrow(), "rps"),
                new Figure(name + ".p99", all(Sample::p99).min().orElseThrow(), "us"),
                new Figure(name + ".cpu", all(Sample::serverCpu).min().orElseThrow(), "us"));
    }

    private DoubleStream all(ToDoubleFunction<Sample> figure) {
        return samples.stream().mapToDouble(figure);
    }

    @Override
    public void close() throws IOException {
        load.close();
        server.close();
        if (host != null) {
            host.close();
        }
    }
}
