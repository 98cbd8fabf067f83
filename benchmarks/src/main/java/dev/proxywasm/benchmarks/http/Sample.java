package dev.proxywasm.benchmarks.http;

import java.util.Arrays;

/** The answers of one round. */
final class Sample {

    private long[] latencies = new long[4096];
    private int count;
    private long nanoseconds;
    private long serverNanoseconds;

    void add(long latency) {
        if (count == latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * count);
        }
        latencies[count++] = latency;
    }

    /** How long the round was, and how much CPU time the JVM needed in it without the client's thread. */
    void took(long time, long cpuTime) {
        nanoseconds = time;
        serverNanoseconds = cpuTime;
    }

    /** Microseconds of CPU time an answer, of everything in the JVM but the client. */
    double serverCpu() {
        return serverNanoseconds / 1e3 / count;
    }

    double requestsPerSecond() {
        return count * 1e9 / nanoseconds;
    }

    /** The time in microseconds within which 99 of 100 answers came. */
    double p99() {
        long[] sorted = Arrays.copyOf(latencies, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(count * 0.99) - 1] / 1e3;
    }
}
