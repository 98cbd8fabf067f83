package dev.proxywasm.benchmarks.http;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.benchmarks.measure.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

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

    /** Those of the best round, the one that other processes disturbed least. */
    List<Figure> figures() {
        Sample best = Collections.max(samples, Comparator.comparingDouble(Sample::requestsPerSecond));
        return List.of(
                new Figure(name + ".rps", best.requestsPerSecond(), "rps"),
                new Figure(name + ".p99", best.p99(), "us"));
    }

    @Override
    public void close() throws IOException {
        load.close();
        server.close();
    }
}
