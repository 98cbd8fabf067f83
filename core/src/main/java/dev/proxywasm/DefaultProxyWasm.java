package dev.proxywasm;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.internal.callout.CalloutServices;
import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.WasmEngine;
import dev.proxywasm.internal.engine.wasmtime.WasmtimeEngine;
import dev.proxywasm.internal.module.LoadedModule;
import dev.proxywasm.internal.module.ModuleLoader;
import dev.proxywasm.internal.service.SharedServices;
import dev.proxywasm.internal.stream.PluginChain;
import dev.proxywasm.internal.vm.HostServices;
import dev.proxywasm.internal.vm.PluginModule;
import dev.proxywasm.internal.vm.VmPool;
import dev.proxywasm.spi.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host: an engine, a scheduler, and one pool of VMs a plugin. */
final class DefaultProxyWasm implements ProxyWasm {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm");
    private static final int SCHEDULER_THREADS = 2;

    private final ProxyWasmConfig config;
    private @Nullable WasmEngine engine;
    private final SharedServices shared;
    private final ScheduledExecutorService scheduler;
    private final CalloutServices callouts;
    private final List<VmPool> pools = new ArrayList<>();
    private final List<HostedPlugin> plugins = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final PluginChain chain;

    DefaultProxyWasm(ProxyWasmBuilder builder) {
        this.config = builder.config();
        this.shared = builder.sharedServices();
        this.scheduler = newScheduler();
        this.callouts = builder.calloutServices();
        HostServices services =
                new HostServices(builder.clock(), System::nanoTime, scheduler, shared, callouts, config.node());
        try {
            ModuleLoader loader = new ModuleLoader(config.baseDirectory(), builder.classLoader());
            for (PluginConfig plugin : config.enabled() ? config.plugins() : List.<PluginConfig>of()) {
                load(plugin, loader, services);
            }
        } catch (RuntimeException refused) {
            close();
            throw refused;
        }
        this.chain = new PluginChain(pools, services);
        plugins.sort(Comparator.comparing(HostedPlugin::config, PluginChain.ORDER));
    }

    /** A host without plugins needs no engine, so it also runs where there is none. */
    private WasmEngine engine() {
        WasmEngine running = engine;
        if (running == null) {
            try {
                running = new WasmtimeEngine(WasmtimeEngine.Options.DEFAULT);
            } catch (EngineException unavailable) {
                throw new PluginLoadException(String.valueOf(unavailable.getMessage()), unavailable);
            }
            engine = running;
        }
        return running;
    }

    /** A plugin whose policy is open does not keep the host from starting: requests pass without it, and the log says so. */
    private void load(PluginConfig plugin, ModuleLoader loader, HostServices services) {
        try {
            LoadedModule module = loader.load(plugin);
            VmPool pool =
                    new VmPool(PluginModule.compile(engine(), plugin, module.address(), module.binary()), services);
            pools.add(pool);
            plugins.add(HostedPlugin.loaded(module, pool));
            pool.start();
            LOG.info("plugin '{}' is ready: {} (sha256 {})", plugin.name(), module.address(), module.sha256());
        } catch (PluginLoadException | PluginStartException refused) {
            if (plugin.failurePolicy() == FailurePolicy.CLOSED) {
                throw refused;
            }
            LOG.error("{} Requests pass without it, as its failure-policy says.", refused.getMessage());
            if (refused instanceof PluginLoadException) {
                plugins.add(HostedPlugin.leftOut(plugin, String.valueOf(refused.getMessage())));
            }
        }
    }

    private static ScheduledExecutorService newScheduler() {
        AtomicInteger number = new AtomicInteger();
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(SCHEDULER_THREADS, task -> {
            Thread thread = new Thread(task, "proxy-wasm-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    @Override
    public HttpStream newStream(HttpExchange exchange, HeaderMap requestHeaders) {
        if (closed.get()) {
            throw new IllegalStateException("the Proxy-Wasm host is closed");
        }
        return chain.open(exchange, requestHeaders);
    }

    @Override
    public ProxyWasmConfig config() {
        return config;
    }

    @Override
    public List<PluginStatus> plugins() {
        return plugins.stream().map(HostedPlugin::status).toList();
    }

    @Override
    public List<Metric> metrics() {
        return shared.metrics().metrics();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            pools.forEach(VmPool::close);
            callouts.close();
            // What waits to be told that its VM ended is told: no task is dropped, and no other is left.
            scheduler.shutdown();
            if (engine != null) {
                engine.close();
            }
        }
    }
}
