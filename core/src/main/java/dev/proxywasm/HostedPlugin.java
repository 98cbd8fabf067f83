package dev.proxywasm;

import dev.proxywasm.internal.stream.PluginRoute;
import dev.proxywasm.internal.vm.PoolStatus;
import dev.proxywasm.internal.vm.VmPool;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A configured plugin and what became of it. */
abstract sealed class HostedPlugin {

    /** How it was configured. */
    abstract PluginConfig config();

    /** How it is doing. */
    abstract PluginStatus status();

    /** Its place in the chain, if it has one. */
    abstract Optional<PluginRoute> route();

    /** Takes a share in it for one more generation. */
    abstract void retain();

    /** Gives a share up; it is closed with the last one. */
    abstract void release();

    /**
     * Which module it was that was loaded.
     *
     * @param address where it was found
     * @param sha256 its digest
     */
    record Module(String address, String sha256) {}

    /** One whose module was loaded. */
    static final class Loaded extends HostedPlugin {

        private final Module module;
        private final PluginRoute route;
        private final AtomicInteger shares = new AtomicInteger(1);

        /**
         * With one share.
         *
         * @param module what was loaded
         * @param route its VMs, which belong to this plugin
         */
        Loaded(Module module, PluginRoute route) {
            this.module = module;
            this.route = route;
        }

        @Override
        PluginConfig config() {
            return route.pool().plugin();
        }

        /** What was loaded. */
        Module module() {
            return module;
        }

        /** The VMs of its own configuration. */
        VmPool pool() {
            return route.pool();
        }

        @Override
        Optional<PluginRoute> route() {
            return Optional.of(route);
        }

        /** Of its VMs together, those of overrides included; it is as well as the worst of them. */
        @Override
        PluginStatus status() {
            PoolStatus now =
                    pools().map(VmPool::status).reduce(PoolStatus::with).orElseThrow();
            return new PluginStatus(
                    config().name(),
                    config().phase(),
                    config().failurePolicy(),
                    module.address(),
                    module.sha256(),
                    Optional.of(pool().exports().version()),
                    now.state(),
                    now.reason(),
                    now.instances(),
                    config().allInstances(),
                    now.streams(),
                    now.memoryBytes(),
                    pool().tally().callbackTime(),
                    pool().tally().counters());
        }

        private Stream<VmPool> pools() {
            return Stream.concat(
                    Stream.of(route.pool()),
                    route.overrides().stream()
                            .map(PluginRoute.OverrideRoute::pool)
                            .filter(Objects::nonNull));
        }

        @Override
        void retain() {
            shares.incrementAndGet();
        }

        @Override
        void release() {
            if (shares.decrementAndGet() == 0) {
                pools().forEach(VmPool::close);
            }
        }
    }

    /** One whose module could not be loaded, and whose policy is to let requests pass. */
    static final class LeftOut extends HostedPlugin {

        private final PluginConfig config;
        private final String reason;

        /** For that reason. */
        LeftOut(PluginConfig config, String reason) {
            this.config = config;
            this.reason = reason;
        }

        /** Whether another one is the same plugin, left out for the same reason. */
        boolean isSameAs(HostedPlugin other) {
            return other instanceof LeftOut leftOut && leftOut.config.equals(config) && leftOut.reason.equals(reason);
        }

        @Override
        PluginConfig config() {
            return config;
        }

        @Override
        PluginStatus status() {
            return new PluginStatus(
                    config.name(),
                    config.phase(),
                    config.failurePolicy(),
                    config.displayedModule(),
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
        }

        @Override
        Optional<PluginRoute> route() {
            return Optional.empty();
        }

        @Override
        void retain() {
            // There is nothing to share.
        }

        @Override
        void release() {
            // There is nothing to close.
        }
    }
}
