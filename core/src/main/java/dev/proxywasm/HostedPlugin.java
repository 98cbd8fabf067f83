package dev.proxywasm;

import dev.proxywasm.internal.module.LoadedModule;
import dev.proxywasm.internal.vm.PoolStatus;
import dev.proxywasm.internal.vm.VmPool;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A configured plugin and what became of it: loaded, or left out. */
final class HostedPlugin {

    private final PluginConfig config;
    private final Supplier<PluginStatus> status;

    private HostedPlugin(PluginConfig config, Supplier<PluginStatus> status) {
        this.config = config;
        this.status = status;
    }

    /** One whose module was loaded. */
    static HostedPlugin loaded(LoadedModule module, VmPool pool) {
        String address = module.address();
        String sha256 = module.sha256();
        return new HostedPlugin(pool.plugin(), () -> loaded(pool, address, sha256));
    }

    /** One whose module could not be loaded, and whose policy is to let requests pass. */
    static HostedPlugin leftOut(PluginConfig config, String reason) {
        PluginStatus always = new PluginStatus(
                config.name(),
                config.phase(),
                config.failurePolicy(),
                config.module(),
                "",
                Optional.empty(),
                PluginState.LEFT_OUT,
                reason,
                0,
                config.instances(),
                0,
                0,
                Duration.ZERO,
                Map.of());
        return new HostedPlugin(config, () -> always);
    }

    private static PluginStatus loaded(VmPool pool, String address, String sha256) {
        PluginConfig config = pool.plugin();
        PoolStatus now = pool.status();
        return new PluginStatus(
                config.name(),
                config.phase(),
                config.failurePolicy(),
                address,
                sha256,
                Optional.of(pool.exports().version()),
                now.state(),
                now.reason(),
                now.instances(),
                config.instances(),
                now.streams(),
                now.memoryBytes(),
                pool.tally().callbackTime(),
                pool.tally().counters());
    }

    /** How it was configured. */
    PluginConfig config() {
        return config;
    }

    /** How it is doing. */
    PluginStatus status() {
        return status.get();
    }
}
