package dev.proxywasm.benchmarks.http;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A bounded load: sixteen connections that are kept alive, each with one request at a time.
 *
 * <p>One thread drives all of them, so that the client takes as little as it can of the processors that the server needs.
 */
final class Load implements AutoCloseable {

    private static final int CONNECTIONS = 16;
    private static final long SILENCE_MILLIS = 10_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Selector selector = Selector.open();
    private final List<Connection> connections = new ArrayList<>();

    /** Connects. */
    Load(int port, boolean filtered) throws IOException {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(new Connection(selector, server, filtered));
        }
    }

    /**
     * Sends requests for that long, and waits for the last answers.
     *
     * @throws IOException if the server answers anything but 200, without the filter's header when filtered, or not at all
     */
    Sample run(Duration duration) throws IOException {
        Sample sample = new Sample();
        long cpuBegin = serverCpu();
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        for (Connection connection : connections) {
            connection.send();
        }
        int busy = connections.size();
        while (busy > 0) {
            if (selector.select(SILENCE_MILLIS) == 0) {
                throw new IOException("the server has been silent for " + SILENCE_MILLIS + " ms");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                busy -= serve((Connection) key.attachment(), end, sample);
            }
            selector.selectedKeys().clear();
        }
        sample.took(System.nanoTime() - begin, serverCpu() - cpuBegin);
        return sample;
    }

    /** CPU time of the JVM without this thread. */
    private static long serverCpu() {
        return PROCESS.getProcessCpuTime() - THREADS.getCurrentThreadCpuTime();
    }

    /** 1 if the connection is at rest now, 0 if it is still at work. */
    private static int serve(Connection connection, long end, Sample sample) throws IOException {
        if (!connection.receive()) {
            return 0;
        }
        long now = System.nanoTime();
        sample.add(now - connection.sentAt());
        if (now >= end) {
            return 1;
        }
        connection.send();
        return 0;
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.close();
        }
        selector.close();
    }
}
