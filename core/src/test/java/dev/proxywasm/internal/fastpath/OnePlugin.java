package dev.proxywasm.internal.fastpath;

import dev.proxywasm.NodeConfig;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.ServiceLimits;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.internal.callout.CalloutServices;
import dev.proxywasm.internal.hostcall.FakeServices;
import dev.proxywasm.internal.stream.PluginChain;
import dev.proxywasm.internal.stream.PluginRoute;
import dev.proxywasm.internal.vm.HostServices;
import dev.proxywasm.internal.vm.PluginModule;
import dev.proxywasm.internal.vm.VmPool;
import dev.proxywasm.spi.Metric;
import dev.proxywasm.testing.TestExchange;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A chain of one plugin with one instance on an {@link ObservedEngine}. */
final class OnePlugin implements AutoCloseable {

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final HostServices services;
    private final VmPool pool;
    private final PluginChain chain;

    OnePlugin(ObservedEngine engine, PluginConfig plugin, byte[] module, InstantSource clock) {
        services = new HostServices(
                clock,
                System::nanoTime,
                scheduler,
                scheduler,
                FakeServices.within(ServiceLimits.DEFAULT),
                CalloutServices.NONE,
                NodeConfig.DEFAULT);
        pool = new VmPool(PluginModule.compile(engine, plugin, "test", module), services);
        chain = new PluginChain(List.of(PluginRoute.of(pool)), services);
        pool.start();
    }

    HttpStream open(HeaderMap requestHeaders) {
        return Objects.requireNonNull(chain.open(TestExchange.FACTS, requestHeaders));
    }

    /** What guests have counted. */
    List<Metric> metrics() {
        return services.shared().metrics().metrics();
    }

    @Override
    public void close() {
        pool.close();
        scheduler.shutdownNow();
    }
}
