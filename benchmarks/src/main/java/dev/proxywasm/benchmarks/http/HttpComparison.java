package dev.proxywasm.benchmarks.http;

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
     * Measures each server without a filter, with one in Java, and with ours.
     *
     * @param module of the guest
     * @throws Exception if a server does not start, or answers what it should not
     */
    public void run(Path module) throws Exception {
        compare(module, Way.USUAL);
    }

    /** The same without a filter and with ours on Wasmtime. */
    public void runOnWasmtime(Path module) throws Exception {
        compare(module, Way.ON_WASMTIME);
    }

    /** Prints how the ways compare. */
    public static void ratios(Report report) {
        for (ServerKind server : ServerKind.values()) {
            String prefix = "http." + server.label() + ".";
            report.ratio(prefix + "host/java-filter.rps", prefix + "host.rps", prefix + "java-filter.rps");
            report.ratio(prefix + "wasmtime/plain.rps", prefix + "wasmtime.rps", prefix + "plain.rps");
            for (String figure : List.of("rps", "p99", "cpu")) {
                report.ratio(prefix + "host/plain." + figure, prefix + "host." + figure, prefix + "plain." + figure);
            }
        }
    }

    private void compare(Path module, List<Way> ways) throws Exception {
        for (ServerKind server : ServerKind.values()) {
            List<Contestant> all = new ArrayList<>();
            try {
                for (Way way : ways) {
                    all.add(new Contestant(server, way, module));
                }
                measure(all);
                for (Contestant contestant : all) {
                    contestant.figures().forEach(report::add);
                }
            } finally {
                for (Contestant contestant : all) {
                    contestant.close();
                }
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
