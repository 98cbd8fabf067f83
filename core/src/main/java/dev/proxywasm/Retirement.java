package dev.proxywasm;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The generations of a host that are out of use: each is closed when its last stream has ended, or when its time is over.
 *
 * <p>Closing may wait for guests, so it has a thread of its own, from the first reload on.
 */
final class Retirement implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm");

    /** Longer than a guest may take to agree to its end. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    /** Until there is one: a generation is among those that drain before its time can be over. */
    private static final Future<?> NO_DEADLINE = CompletableFuture.completedFuture(null);

    private final ScheduledExecutorService scheduler;
    private final Map<Generation, Future<?>> draining = new ConcurrentHashMap<>();
    private final ExecutorService closing = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "proxy-wasm-retirement");
        thread.setDaemon(true);
        return thread;
    });

    /** Of a host; {@code scheduler} keeps the time. */
    Retirement(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** Closes a generation that gets no more streams, when those under way have ended, but at most after that time. */
    void begin(Generation old, Duration atMost) {
        draining.put(old, NO_DEADLINE);
        Future<?> deadline = scheduler.schedule(() -> close(old), atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (draining.replace(old, deadline) == null) {
            deadline.cancel(false);
        }
        old.retire(() -> close(old));
    }

    private void close(Generation old) {
        Future<?> deadline = draining.remove(old);
        if (deadline != null) {
            deadline.cancel(false);
            closing.execute(old::close);
        }
    }

    /** How many are still in use by streams under way. */
    int size() {
        return draining.size();
    }

    /** Closes what is left, and waits until it is. */
    @Override
    public void close() {
        draining.keySet().forEach(this::close);
        closing.shutdown();
        try {
            if (!closing.awaitTermination(CLOSE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("replaced plugins did not end within {}", CLOSE_TIMEOUT);
            }
        } catch (InterruptedException interrupted) {
            // What is left is closed all the same, by the thread that began to.
            Thread.currentThread().interrupt();
        }
    }
}
