package dev.proxywasm.benchmarks.http;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.benchmarks.measure.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** A server with something in front of its servlet, and the load on it. */
final class Contestant implements AutoCloseable {

    private final String name;
    private final Server server;
    private final Load load;
    private final List<Sample> samples = new ArrayList<>();

    private Contestant(String name, Server server, Load load) {
        this.name = name;
        this.server = server;
        this.load = load;
    }

    static Contestant start(ServerKind kind, Way way, ProxyWasm host) throws Exception {
        Server server = kind.start(way.filter(host));
        try {
            Load load = new Load(server.port(), way != Way.PLAIN);
            return new Contestant("http." + kind.label() + "." + way.label(), server, load);
        } catch (IOException e) {
            server.close();
            throw e;
        }
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
    }
}
