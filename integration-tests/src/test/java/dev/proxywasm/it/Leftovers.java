package dev.proxywasm.it;

import dev.proxywasm.PluginStatus;
import dev.proxywasm.ProxyWasm;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What exchanges that are over could leave behind, at one moment.
 *
 * @param busyThreads that are in the code of an adapter
 * @param threads that live, but for those of the servers' pools, which grow and shrink as the servers like
 * @param streams that plugins still have
 * @param instances of all plugins
 * @param guestBytes of their memory
 * @param directBytes of the buffers of this process outside its heap
 */
record Leftovers(int busyThreads, int threads, int streams, int instances, long guestBytes, long directBytes) {

    private static final Pattern ADAPTER = Pattern.compile("dev\\.proxywasm\\.(servlet|jetty)\\..*");
    private static final Pattern POOLED = Pattern.compile("(qtp|http-nio-|XNIO-|awaitility).*", Pattern.DOTALL);

    static Leftovers of(ProxyWasm host) {
        Map<Thread, StackTraceElement[]> threads = Thread.getAllStackTraces();
        List<PluginStatus> plugins = host.plugins();
        return new Leftovers(
                (int) threads.values().stream().filter(Leftovers::isBusy).count(),
                (int) threads.keySet().stream()
                        .filter(thread -> !POOLED.matcher(thread.getName()).matches())
                        .count(),
                plugins.stream().mapToInt(PluginStatus::streams).sum(),
                plugins.stream().mapToInt(PluginStatus::instances).sum(),
                plugins.stream().mapToLong(PluginStatus::memoryBytes).sum(),
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum());
    }

    private static boolean isBusy(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> ADAPTER.matcher(frame.getClassName()).matches());
    }
}
