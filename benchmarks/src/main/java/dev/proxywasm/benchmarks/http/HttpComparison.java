package dev.proxywasm.benchmarks.http;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.benchmarks.BenchHost;
import dev.proxywasm.benchmarks.measure.Pace;
import dev.proxywasm.benchmarks.measure.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Servers with and without a filter: {@code http.<server>.<way>.rps}, {@code .p99} and {@code .cpu}.
 *
 * <p>The client runs in the same JVM on the same processors: what counts is how the ways of one run compare.
 */
public final class HttpComparison {

    /** Short rounds, and many: so that each way finds some in which nothing else disturbs it. */
    private static final int ROUNDS_FACTOR = 2;

    /** What one way warms up, the client and the server, the others use too: the first must not pay for all. */
    private static final int WARM_UP_PASSES = 4;

    private final Pace pace;
    private final Report report;

    /** A comparison at that pace, with twice as many rounds as elsewhere. */
    public HttpComparison(Pace pace, Report report) {
        this.pace = pace;
        this.report = report;
    }

    /**
     * Measures each server in each way.
     *
     * @param module of the guest
     * @throws Exception if a server does not start, or answers what it should not
     */
    public void run(Path module) throws Exception {
        PluginConfig plugin =
                PluginConfig.builder("bench-filter", module.toString()).build();
        try (ProxyWasm host = BenchHost.start(plugin)) {
            for (ServerKind server : ServerKind.values()) {
                compare(server, host);
            }
        }
    }

    /** Prints how the ways compare. */
    public static void ratios(Report report) {
        for (ServerKind server : ServerKind.values()) {
            String prefix = "http." + server.label() + ".";
            report.ratio(prefix + "host/java-filter.rps", prefix + "host.rps", prefix + "java-filter.rps");
            for (String figure : List.of("rps", "p99", "cpu")) {
                report.ratio(prefix + "host/plain." + figure, prefix + "host." + figure, prefix + "plain." + figure);
            }
        }
    }

    private void compare(ServerKind server, ProxyWasm host) throws Exception {
        try (Contestant plain = Contestant.start(server, Way.PLAIN, host);
                Contestant javaFilter = Contestant.start(server, Way.JAVA_FILTER, host);
                Contestant guest = Contestant.start(server, Way.HOST, host)) {
            List<Contestant> all = List.of(plain, javaFilter, guest);
            measure(all);
            for (Contestant contestant : all) {
                contestant.figures().forEach(report::add);
            }
        }
    }

    private void measure(List<Contestant> all) throws Exception {
        for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
            for (Contestant contestant : all) {
                contestant.warmUp(pace.warmUp());
            }
        }
        for (int round = 0; round < pace.rounds() * ROUNDS_FACTOR; round++) {
            List<Contestant> turn = new ArrayList<>(all);
            Collections.rotate(turn, round); // nobody always follows the same one
            for (Contestant contestant : turn) {
                contestant.round(pace.round());
            }
        }
    }
}
