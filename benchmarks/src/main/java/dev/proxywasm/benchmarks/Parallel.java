package dev.proxywasm.benchmarks;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.benchmarks.measure.Figure;
import dev.proxywasm.benchmarks.measure.Pace;
import dev.proxywasm.benchmarks.measure.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Whether several threads get further with several instances: {@code parallel.instances-<n>.rps}, two threads all the time. */
final class Parallel {

    private static final int THREADS = 2;
    private static final List<Integer> INSTANCES = List.of(1, 2);

    private final Pace pace;
    private final Report report;

    Parallel(Pace pace, Report report) {
        this.pace = pace;
        this.report = report;
    }

    void run(Filter filter) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<ProxyWasm> hosts = new ArrayList<>();
        try {
            for (int instances : INSTANCES) {
                hosts.add(BenchHost.start(
                        BenchHost.plugin(filter.name(), filter.module().toString()).toBuilder()
                                .instances(instances)
                                .build()));
            }
            measure(filter, threads, hosts);
        } finally {
            hosts.forEach(ProxyWasm::close);
            threads.shutdown();
        }
    }

    private void measure(Filter filter, ExecutorService threads, List<ProxyWasm> hosts) throws Exception {
        double[] best = new double[hosts.size()];
        for (ProxyWasm host : hosts) {
            requestsPerSecond(threads, host, pace.warmUp());
        }
        for (int round = 0; round < pace.rounds(); round++) {
            for (int i = 0; i < best.length; i++) {
                best[i] = Math.max(best[i], requestsPerSecond(threads, hosts.get(i), pace.round()));
            }
        }
        for (int i = 0; i < best.length; i++) {
            report.add(new Figure(name(filter, INSTANCES.get(i)), best[i], "rps"));
        }
        report.ratio("parallel.%s.instances-2/instances-1".formatted(filter.name()), name(filter, 2), name(filter, 1));
    }

    private static String name(Filter filter, int instances) {
        return "parallel.%s.instances-%d".formatted(filter.name(), instances);
    }

    private static double requestsPerSecond(ExecutorService threads, ProxyWasm host, Duration duration)
            throws Exception {
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        Callable<Long> work = () -> exchanges(host, end);
        long count = 0;
        for (Future<Long> done : threads.invokeAll(List.of(work, work))) {
            count += done.get();
        }
        return count * 1e9 / (System.nanoTime() - begin);
    }

    private static long exchanges(ProxyWasm host, long end) {
        long count = 0;
        while (System.nanoTime() < end) {
            BenchHost.exchange(host);
            count++;
        }
        return count;
    }
}
