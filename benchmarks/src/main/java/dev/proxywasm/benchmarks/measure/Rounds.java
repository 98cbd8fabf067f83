package dev.proxywasm.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Measures contenders in turns: a round of the first, a round of the second, and over again.
 *
 * <p>What counts is the CPU time of the calling thread in the contender's best round: of all figures the one that other processes disturb
 * least. The time of the compiler's and the collector's threads is not in it.
 */
public final class Rounds {

    private static final int BATCH = 8;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Rounds() {}

    /**
     * Microseconds of CPU time that each contender needs for one sequence.
     *
     * @throws IllegalStateException if a filter did not do its work
     */
    public static List<Figure> measure(Pace pace, List<Contender> contenders) {
        double[] best = new double[contenders.size()];
        Arrays.fill(best, Double.MAX_VALUE);
        for (Contender contender : contenders) {
            microseconds(contender, pace.warmUp());
        }
        for (int round = 0; round < pace.rounds(); round++) {
            for (int i = 0; i < best.length; i++) {
                best[i] = Math.min(best[i], microseconds(contenders.get(i), pace.round()));
            }
        }
        return figures(contenders, best);
    }

    private static List<Figure> figures(List<Contender> contenders, double[] microseconds) {
        Figure[] figures = new Figure[microseconds.length];
        Arrays.setAll(figures, i -> new Figure(contenders.get(i).name(), microseconds[i], "us"));
        return List.of(figures);
    }

    private static double microseconds(Contender contender, Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        long begin = THREADS.getCurrentThreadCpuTime();
        long count = 0;
        do {
            for (int i = 0; i < BATCH; i++) {
                if (!contender.sequence().run()) {
                    throw new IllegalStateException(contender.name() + ": the filter has not added its header");
                }
            }
            count += BATCH;
        } while (System.nanoTime() < end);
        return (THREADS.getCurrentThreadCpuTime() - begin) / 1e3 / count;
    }
}
