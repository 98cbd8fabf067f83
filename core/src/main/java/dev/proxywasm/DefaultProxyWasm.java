package dev.proxywasm;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.internal.callout.CalloutServices;
import dev.proxywasm.internal.reload.ChangeWatch;
import dev.proxywasm.internal.reload.FileState;
import dev.proxywasm.internal.service.SharedServices;
import dev.proxywasm.internal.vm.HostServices;
import dev.proxywasm.spi.Metric;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host: what plugins share, and the {@link Generation} that is in use.
 *
 * <p>{@code reloading} is held while a generation is made or the host is closed. It is not needed to open streams: a stream goes through the
 * generation that is in use when it begins.
 */
final class DefaultProxyWasm implements ProxyWasm {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm");

    /** Guests that take their time keep as many waiting at most; time-outs of others do not wait for them. */
    private static final int WORKERS = Math.max(8, 4 * Runtime.getRuntime().availableProcessors());

    private static final long IDLE_SECONDS = 30;

    private final Supplier<ProxyWasmConfig> source;
    private final InstantSource clock;
    private final SharedServices shared;
    private final ScheduledExecutorService scheduler;
    private final ExecutorService workers;
    private final CalloutServices callouts;
    private final GenerationFactory factory;
    private final Retirement retirement;
    private final ReentrantLock reloading = new ReentrantLock();
    private final Set<String> notesTold = new HashSet<>();
    private final boolean watches;
    private volatile @Nullable ChangeWatch watch;
    private final Management management;
    private volatile Generation current;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Consumer<ReloadOutcome>> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<ReloadOutcome> lastReload = Optional.empty();

    DefaultProxyWasm(ProxyWasmBuilder builder) {
        this.source = builder.config();
        ProxyWasmConfig config = source.get();
        this.clock = builder.clock();
        this.shared = builder.sharedServices();
        this.scheduler = newScheduler();
        this.workers = newWorkers();
        this.callouts = builder.calloutServices();
        this.retirement = new Retirement(scheduler);
        HostServices services =
                new HostServices(clock, System::nanoTime, scheduler, workers, shared, callouts, config.node());
        this.factory = new GenerationFactory(builder.classLoader(), services);
        tellNotes(config);
        try {
            this.current = factory.first(config);
        } catch (RuntimeException | Error refused) {
            closeServices();
            throw refused;
        }
        this.watches = config.reload().watch();
        try {
            watchIfNeeded();
            this.management = new Management(this);
        } catch (RuntimeException | Error refused) {
            closeUnmanaged();
            throw refused;
        }
    }

    /** From the first generation on that anything of can change by itself. */
    private void watchIfNeeded() {
        if (watches && watch == null && (!current.files().isEmpty() || current.mayChangeElsewhere())) {
            watch = new ChangeWatch(new Watched(), current.config().reload());
            watch.start();
        }
    }

    private static ScheduledExecutorService newScheduler() {
        ScheduledThreadPoolExecutor scheduler =
                new ScheduledThreadPoolExecutor(1, task -> daemon(task, "proxy-wasm-scheduler"));
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    private static ExecutorService newWorkers() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> daemon(task, "proxy-wasm-worker-" + number.incrementAndGet()));
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void tellNotes(ProxyWasmConfig config) {
        for (String note : config.notes()) {
            if (notesTold.add(note)) {
                LOG.warn("{}", note);
            }
        }
    }

    @Override
    public HttpStream newStream(HttpExchange exchange, HeaderMap requestHeaders) {
        while (true) {
            if (closed.get()) {
                throw closedAlready();
            }
            HttpStream stream = current.open(exchange, requestHeaders);
            if (stream != null) {
                return stream;
            }
        }
    }

    private static IllegalStateException closedAlready() {
        return new IllegalStateException("the Proxy-Wasm host is closed");
    }

    @Override
    public ProxyWasmConfig config() {
        return current.config();
    }

    @Override
    public List<PluginStatus> plugins() {
        return current.status();
    }

    @Override
    public List<Metric> metrics() {
        return shared.metrics().metrics();
    }

    @Override
    public List<String> reload() {
        reloading.lock();
        try {
            if (closed.get()) {
                throw closedAlready();
            }
            boolean failedBefore = lastReload.isPresent() && !lastReload.get().succeeded();
            List<String> changed = replaceOrTell();
            if (!changed.isEmpty()) {
                LOG.info("reloaded; plugins that were added, replaced or removed: {}", changed);
            }
            if (!changed.isEmpty() || failedBefore) {
                tell(new ReloadOutcome(clock.instant(), changed, ""));
            }
            return changed;
        } finally {
            reloading.unlock();
        }
    }

    /** A source of the embedder's may throw anything; whatever it is, everything goes on as it was. */
    private List<String> replaceOrTell() {
        try {
            return replace();
        } catch (RuntimeException | Error refused) {
            boolean expected = refused instanceof ProxyWasmException;
            String problem = String.valueOf(expected ? refused.getMessage() : refused);
            tell(new ReloadOutcome(clock.instant(), List.of(), problem));
            throw refused;
        }
    }

    private void tell(ReloadOutcome outcome) {
        lastReload = Optional.of(outcome);
        for (Consumer<ReloadOutcome> listener : listeners) {
            try {
                listener.accept(outcome);
            } catch (RuntimeException refused) {
                LOG.error("{} failed to hear of a reload", listener, refused);
            }
        }
    }

    @Override
    public Optional<ReloadOutcome> lastReload() {
        return lastReload;
    }

    @Override
    public void onReload(Consumer<ReloadOutcome> listener) {
        listeners.add(listener);
    }

    private List<String> replace() {
        Generation old = current;
        ProxyWasmConfig config = configAfter(old);
        tellNotes(config);
        Generation next = factory.after(old, config);
        List<String> changed = old.changesUntil(next);
        if (changed.isEmpty() && config.equals(old.config())) {
            next.close();
        } else {
            current = next;
            retirement.begin(old, config.reload().drainTimeout());
            watchIfNeeded();
        }
        return changed;
    }

    /** Certificates end whatever becomes of the configuration. */
    private ProxyWasmConfig configAfter(Generation old) {
        try {
            return source.get();
        } catch (RuntimeException refused) {
            try {
                factory.renewTls(old);
            } catch (ConfigurationException unusable) {
                refused.addSuppressed(unusable);
            }
            throw refused;
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        management.close();
        closeUnmanaged();
    }

    private void closeUnmanaged() {
        ChangeWatch present = watch;
        if (present != null) {
            present.close();
        }
        reloading.lock();
        try {
            current.close();
            closeServices();
        } finally {
            reloading.unlock();
        }
    }

    private void closeServices() {
        retirement.close();
        callouts.close();
        // What waits to be told that its VM ended is told: no task is dropped, and no other is left.
        scheduler.shutdown();
        workers.shutdown();
        factory.close();
    }

    /** What makes this host reload by itself. */
    private final class Watched implements ChangeWatch.Subject {

        @Override
        public Set<Path> files() {
            return current.files();
        }

        @Override
        public FileState filesWhenRead() {
            return current.filesWhenRead();
        }

        @Override
        public boolean mayChangeElsewhere() {
            return current.mayChangeElsewhere();
        }

        @Override
        public boolean reload() {
            try {
                DefaultProxyWasm.this.reload();
                return true;
            } catch (ProxyWasmException refused) {
                LOG.error("a change cannot be used, and everything goes on as it was: {}", refused.getMessage());
                return false;
            } catch (RuntimeException | Error refused) { // what else changes is to be noticed all the same
                if (closed.get()) {
                    LOG.debug("a reload met the end of the host", refused);
                } else {
                    LOG.error("a change cannot be used, and everything goes on as it was", refused);
                }
                return false;
            }
        }
    }
}
