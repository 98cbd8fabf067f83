package dev.proxywasm.benchmarks.peer;

import dev.proxywasm.benchmarks.measure.Contender;
import dev.proxywasm.benchmarks.measure.Pace;
import dev.proxywasm.benchmarks.measure.Report;
import dev.proxywasm.benchmarks.measure.Rounds;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures the peer in both of its modes: {@code PeerMain <pace> (<filter> <module> <response header>)...}.
 *
 * <p>Prints {@code <filter>.peer-shared}, where all requests go through one instance, and {@code <filter>.peer-isolated}, where each has
 * an instance of its own: the mode in which the peer keeps requests that overlap apart.
 */
public final class PeerMain {

    private final Pace pace;
    private final Report report = new Report(System.out);

    private PeerMain(Pace pace) {
        this.pace = pace;
    }

    /** Measures one filter after the other; that the peer fails on one is a remark. */
    public static void main(String[] arguments) {
        PeerMain peer = new PeerMain(patient(Pace.named(arguments[0])));
        for (int i = 1; i + 2 < arguments.length; i += 3) {
            peer.measure(arguments[i], Path.of(arguments[i + 1]), arguments[i + 2]);
        }
        System.exit(0); // The peer leaves threads behind.
    }

    /** Guests are Java bytecode here, which HotSpot has to warm up as well. */
    private static Pace patient(Pace pace) {
        return new Pace(pace.warmUp().multipliedBy(2), pace.rounds(), pace.round());
    }

    private void measure(String filter, Path file, String responseHeader) {
        try {
            PeerModule module = new PeerModule(file);
            List<Contender> modes = List.of(
                    new Contender(filter + ".peer-shared", new SharedSequence(module, responseHeader)),
                    new Contender(filter + ".peer-isolated", new IsolatedSequence(module, responseHeader, report)));
            Rounds.measure(pace, modes).forEach(report::add);
        } catch (RuntimeException e) {
            report.remark("failed: the peer with " + filter + ": " + e);
        }
    }
}
