package dev.proxywasm.testing;

import dev.proxywasm.NodeConfig;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.ServiceLimits;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.callout.CalloutServices;
import dev.proxywasm.internal.engine.TestEngine;
import dev.proxywasm.internal.engine.WasmEngine;
import dev.proxywasm.internal.hostcall.FakeServices;
import dev.proxywasm.internal.service.SharedServices;
import dev.proxywasm.internal.stream.PluginChain;
import dev.proxywasm.internal.stream.PluginRoute;
import dev.proxywasm.internal.vm.HostServices;
import dev.proxywasm.internal.vm.PluginModule;
import dev.proxywasm.internal.vm.VmPool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/**
 * Plugins on the real engine without a host around them: time stands still ({@link #advance}) unless the host is {@link #live}, and what
 * guests log is kept ({@link #trace}).
 *
 * <p>The module of a plugin is the name of a WAT fixture, or WebAssembly text.
 */
public final class TestHost implements AutoCloseable {

    /** The guest that {@link Script} tells what to do. */
    public static final String RECORDER = "stream/recorder";

    private static final WasmEngine ENGINE = TestEngine.ofThisRun().shared();

    private final ManualScheduler time = new ManualScheduler();
    private final PluginTrace trace = new PluginTrace();
    private final List<VmPool> pools = new ArrayList<>();
    private final ScheduledExecutorService scheduler;
    private final HostServices services;
    private final PluginChain chain;

    private TestHost(boolean live, CalloutServices callouts, PluginModule... modules) {
        scheduler = live ? Executors.newScheduledThreadPool(2) : time;
        SharedServices shared = FakeServices.within(ServiceLimits.DEFAULT);
        services = live
                ? new HostServices(
                        InstantSource.system(),
                        System::nanoTime,
                        scheduler,
                        scheduler,
                        shared,
                        callouts,
                        NodeConfig.DEFAULT)
                : new HostServices(time, time::nanoTime, time, time, shared, callouts, NodeConfig.DEFAULT);
        for (PluginModule module : modules) {
            pools.add(new VmPool(module, services));
            trace.listenTo(module.plugin().name());
        }
        chain = new PluginChain(pools.stream().map(PluginRoute::of).toList(), services);
    }

    /** Starts plugins; time stands still. */
    public static TestHost of(PluginConfig... plugins) {
        return calling(CalloutServices.NONE, plugins);
    }

    /** Starts plugins that can call others; time stands still. */
    public static TestHost calling(CalloutServices callouts, PluginConfig... plugins) {
        return started(new TestHost(false, callouts, compiled(plugins)));
    }

    /** Starts plugins; time goes on, and ticks run on threads of their own. */
    public static TestHost live(PluginConfig... plugins) {
        return started(new TestHost(true, CalloutServices.NONE, compiled(plugins)));
    }

    /** Plugins that have not been started. */
    public static TestHost asleep(PluginConfig... plugins) {
        return new TestHost(false, CalloutServices.NONE, compiled(plugins));
    }

    /** Starts a plugin whose module is these bytes; time stands still. */
    public static TestHost ofBinary(PluginConfig plugin, byte[] module) {
        return started(new TestHost(false, CalloutServices.NONE, PluginModule.compile(ENGINE, plugin, "test", module)));
    }

    private static PluginModule[] compiled(PluginConfig... plugins) {
        return Stream.of(plugins).map(TestHost::compile).toArray(PluginModule[]::new);
    }

    private static TestHost started(TestHost host) {
        try {
            host.start();
            return host;
        } catch (RuntimeException refused) {
            host.close();
            throw refused;
        }
    }

    /** Starts the plugins. */
    public void start() {
        pools.forEach(VmPool::start);
    }

    /** A plugin of the recorder guest with one instance. */
    public static PluginConfig.Builder recorder(String name, String script) {
        return PluginConfig.builder(name, RECORDER).configuration(script).instances(1);
    }

    /** A module as a pool takes it. */
    public static PluginModule compile(PluginConfig plugin) {
        String module = plugin.module();
        byte[] binary = module.startsWith("(") ? Wat.compile(module) : Wat.module(module);
        return PluginModule.compile(ENGINE, plugin, "test", binary);
    }

    /** A GET of {@code /} from {@code test}, with further headers. */
    public TestExchange get(String... headers) {
        return exchange("GET", headers);
    }

    /** A POST to {@code /}, likewise. */
    public TestExchange post(String... headers) {
        return exchange("POST", headers);
    }

    private TestExchange exchange(String method, String... headers) {
        HeaderMap map = HeaderMap.of(":method", method, ":path", "/", ":authority", "test", ":scheme", "http");
        map.addAll(HeaderMap.of(headers));
        return new TestExchange(Objects.requireNonNull(chain.open(TestExchange.FACTS, map)));
    }

    /** The pool of the plugin at that place. */
    public VmPool pool(int index) {
        return pools.get(index);
    }

    /** What VMs share. */
    public HostServices services() {
        return services;
    }

    /** Moves time on. */
    public void advance(Duration duration) {
        time.advance(duration);
    }

    /** Runs what is due without moving time on. */
    public void runDue() {
        time.runDue();
    }

    /** What guests logged: with one plugin the lines alone, with several {@code <plugin>: <line>}. */
    public List<String> trace() {
        List<String> lines = trace.lines();
        return pools.size() > 1
                ? lines
                : lines.stream()
                        .map(line -> line.substring(line.indexOf(": ") + 2))
                        .toList();
    }

    /** Runs an action in the middle of a callback: once, when a guest logs that line. */
    public void when(String line, Runnable action) {
        trace.when(line, action);
    }

    /** What guests logged since this was last called, as one text. */
    public String newTrace() {
        String text = String.join("\n", trace());
        trace.clear();
        return text.isEmpty() ? "" : text + "\n";
    }

    @Override
    public void close() {
        pools.forEach(VmPool::close);
        scheduler.shutdownNow();
        trace.close();
    }
}
