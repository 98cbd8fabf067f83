package dev.proxywasm.internal.callout.jdk;

import dev.proxywasm.spi.Callout;
import dev.proxywasm.spi.DnsAddress;
import dev.proxywasm.spi.DnsResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDK's resolver, which blocks and cannot be interrupted: it runs on a few threads of its own, which end when nobody asks. What cannot
 * wait for one of them is answered as if the name had no address.
 */
public final class JdkDnsResolver implements DnsResolver {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.callout");
    private static final int THREADS = 4;
    private static final int MOST_WAITING = 1000;
    private static final long IDLE_SECONDS = 30;

    private final Lookup lookup;
    private final Duration timeToLive;
    private final ThreadPoolExecutor threads;

    /** What the JDK does, for a test to do otherwise. */
    @FunctionalInterface
    interface Lookup {
        /** All addresses of a name, of which there is at least one. */
        InetAddress[] addresses(String name) throws UnknownHostException;
    }

    /** No thread has been started. */
    public JdkDnsResolver() {
        this(InetAddress::getAllByName);
    }

    JdkDnsResolver(Lookup lookup) {
        this.lookup = lookup;
        this.timeToLive = Duration.ofSeconds(cacheSeconds(Security.getProperty("networkaddress.cache.ttl")));
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "proxy-wasm-dns-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** The JDK does not tell how long an address may be used; it uses it for so long itself, 30 seconds unless its settings say otherwise. */
    static long cacheSeconds(@Nullable String setting) {
        if (setting == null || !setting.strip().matches("-?\\d{1,9}")) {
            return 30;
        }
        long seconds = Long.parseLong(setting.strip());
        return seconds < 0 ? 0xFFFF_FFFFL : seconds;
    }

    @Override
    public Callout resolve(String name, Consumer<List<DnsAddress>> whenDone) {
        try {
            Future<?> task = threads.submit(() -> whenDone.accept(addresses(name)));
            return () -> {
                if (task.cancel(false)) {
                    threads.purge();
                }
            };
        } catch (RejectedExecutionException full) {
            LOG.warn("'{}' is not resolved: {} names are waiting for that already", name, MOST_WAITING, full);
            whenDone.accept(List.of());
            return () -> {};
        }
    }

    private List<DnsAddress> addresses(String name) {
        try {
            return Arrays.stream(lookup.addresses(name))
                    .map(address -> new DnsAddress(address, timeToLive))
                    .toList();
        } catch (UnknownHostException unknown) {
            LOG.debug("'{}' has no address", name, unknown);
            return List.of();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
