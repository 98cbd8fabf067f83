package dev.proxywasm;

import dev.proxywasm.internal.callout.Upstreams;
import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.WasmEngine;
import dev.proxywasm.internal.engine.choice.Engines;
import dev.proxywasm.internal.module.LoadedModule;
import dev.proxywasm.internal.module.ModuleLoader;
import dev.proxywasm.internal.reload.FileState;
import dev.proxywasm.internal.stream.PluginRoute;
import dev.proxywasm.internal.stream.PluginRoute.OverrideRoute;
import dev.proxywasm.internal.tls.UpstreamTlsStore;
import dev.proxywasm.internal.vm.HostServices;
import dev.proxywasm.internal.vm.PluginModule;
import dev.proxywasm.internal.vm.Tally;
import dev.proxywasm.internal.vm.VmPool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads and starts the plugins of a configuration, and takes over those of the generation before that have not changed. One thread at a time. */
final class GenerationFactory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm");

    private final ClassLoader classLoader;
    private final HostServices services;
    private final Engines engines = new Engines();
    private final UpstreamTlsStore tls;
    private @Nullable Fetching fetching;
    private @Nullable ModuleLoader loader;

    /**
     * For a host.
     *
     * @param services those of the host; whom guests call and what the host calls itself comes from the configuration
     */
    GenerationFactory(ClassLoader classLoader, HostServices services) {
        this.classLoader = classLoader;
        this.services = services;
        this.tls = new UpstreamTlsStore(classLoader);
    }

    /**
     * The first plugins of a host.
     *
     * @throws ConfigurationException if the TLS of an upstream cannot be used
     * @throws PluginLoadException if a module cannot be used and its plugin's policy is closed
     * @throws PluginStartException if a plugin does not start and its policy is closed
     */
    Generation first(ProxyWasmConfig config) {
        return make(config, null);
    }

    /**
     * The plugins after {@code before}, with a share in those that go on. Nothing is left behind if it throws, but that TLS of upstreams has
     * been read again where it could.
     *
     * @throws ConfigurationException if the TLS of an upstream cannot be used
     * @throws PluginLoadException also where the policy is open, if a plugin that is in use would be lost
     * @throws PluginStartException likewise
     */
    Generation after(Generation before, ProxyWasmConfig config) {
        return make(config, before);
    }

    /**
     * Reads the files of TLS again for a generation that goes on.
     *
     * @throws ConfigurationException if some cannot be used: what they had before still holds
     */
    void renewTls(Generation present) {
        tls.read(present.config());
    }

    /** Those of before if what they depend on is the same. */
    private HostServices servicesOf(ProxyWasmConfig config, @Nullable Generation before) {
        Map<String, UpstreamConfig> secured = tls.read(config);
        if (before != null && haveSameServices(config, before.config())) {
            return before.services();
        }
        Upstreams upstreams = new Upstreams(secured, config.allowDirectCallouts());
        return services.with(services.callouts().withUpstreams(upstreams), config.node());
    }

    private static boolean haveSameServices(ProxyWasmConfig config, ProxyWasmConfig known) {
        return config.enabled() == known.enabled()
                && config.upstreams().equals(known.upstreams())
                && config.baseDirectory().equals(known.baseDirectory())
                && config.allowDirectCallouts() == known.allowDirectCallouts()
                && config.node().equals(known.node());
    }

    private Generation make(ProxyWasmConfig config, @Nullable Generation before) {
        ModuleLoader loader = loader(config);
        Set<Path> files = files(config, loader);
        FileState filesWhenRead = FileState.of(files);
        HostServices present = servicesOf(config, before);
        List<HostedPlugin> plugins = new ArrayList<>();
        try {
            for (PluginConfig plugin : config.enabled() ? config.plugins() : List.<PluginConfig>of()) {
                Optional<HostedPlugin> known = before == null ? Optional.empty() : before.plugin(plugin.name());
                boolean sameServices = before != null && before.services().equals(present);
                plugins.add(new Hosting(plugin, loader, present, known).hosted(sameServices));
            }
            boolean mayChangeElsewhere = plugins.stream()
                    .anyMatch(plugin -> plugin instanceof HostedPlugin.LeftOut || loader.isMoving(plugin.config()));
            tls.keepOnly(config);
            return new Generation(config, present, plugins, files, filesWhenRead, mayChangeElsewhere);
        } catch (RuntimeException | Error refused) {
            endAll(plugins, HostedPlugin::release, refused);
            throw refused;
        }
    }

    /** Ends all that was made until something was thrown, whatever the end of one throws. */
    private static <T> void endAll(List<T> made, Consumer<T> end, Throwable because) {
        for (T one : made) {
            try {
                end.accept(one);
            } catch (RuntimeException | Error further) {
                because.addSuppressed(further);
            }
        }
    }

    /** One for all generations that fetch modules in the same way, since it keeps connections. */
    private ModuleLoader loader(ProxyWasmConfig config) {
        Fetching wanted = new Fetching(config.modules(), config.baseDirectory());
        if (!wanted.equals(fetching)) {
            fetching = wanted;
            loader = new ModuleLoader(wanted.modules(), wanted.baseDirectory(), classLoader);
        }
        return Objects.requireNonNull(loader, "loader");
    }

    /** What a loader depends on. */
    private record Fetching(ModulesConfig modules, Path baseDirectory) {
        /** Where compiled code is kept, or null. */
        @Nullable
        Path codeCache() {
            CacheConfig cache = modules.cache();
            return cache.keepsCompiledCode() ? baseDirectory.resolve(cache.directory()) : null;
        }
    }

    private Set<Path> files(ProxyWasmConfig config, ModuleLoader loader) {
        Set<Path> files = new LinkedHashSet<>(config.files());
        files.addAll(tls.files(config));
        config.plugins().forEach(plugin -> loader.fileOf(plugin).ifPresent(files::add));
        return Collections.unmodifiableSet(files);
    }

    /** One plugin on its way into a generation. */
    private final class Hosting {

        private final PluginConfig plugin;
        private final ModuleLoader loader;
        private final HostServices present;
        private final Optional<HostedPlugin> known;
        private final Optional<HostedPlugin.Loaded> before;

        Hosting(PluginConfig plugin, ModuleLoader loader, HostServices present, Optional<HostedPlugin> known) {
            this.plugin = plugin;
            this.loader = loader;
            this.present = present;
            this.known = known;
            this.before = known.filter(HostedPlugin.Loaded.class::isInstance).map(HostedPlugin.Loaded.class::cast);
        }

        /** The one of before if it is still right, or another one. */
        HostedPlugin hosted(boolean sameServices) {
            try {
                LoadedModule module = loader.load(plugin);
                Optional<HostedPlugin.Loaded> unchanged = before.filter(known -> sameServices
                        && known.config().equals(plugin)
                        && known.module().sha256().equals(module.sha256()));
                unchanged.ifPresent(HostedPlugin::retain);
                return unchanged.isPresent() ? unchanged.get() : start(module);
            } catch (PluginLoadException refused) {
                tolerate(refused);
                HostedPlugin.LeftOut leftOut = new HostedPlugin.LeftOut(plugin, String.valueOf(refused.getMessage()));
                return known.filter(leftOut::isSameAs).orElse(leftOut);
            }
        }

        /** A plugin whose policy is open keeps no host from starting. But it is not lost in a reload for one that cannot be used. */
        private void tolerate(ProxyWasmException refused) {
            if (plugin.failurePolicy() == FailurePolicy.CLOSED || before.isPresent()) {
                throw refused;
            }
            LOG.error("{} Requests pass without it, as its failure-policy says.", refused.getMessage());
        }

        private HostedPlugin start(LoadedModule module) {
            Tally tally = before.map(known -> known.pool().tally()).orElseGet(Tally::new);
            PluginModule compiled = PluginModule.compile(engine(plugin), plugin, module.address(), module.binary());
            List<VmPool> pools = new ArrayList<>();
            try {
                VmPool pool = add(compiled, tally, pools);
                List<OverrideRoute> overrides = new ArrayList<>();
                for (PluginOverride override : plugin.overrides()) {
                    overrides.add(new OverrideRoute(
                            override.match(),
                            override.configuration()
                                    .map(text -> add(compiled.configured(text), tally, pools))
                                    .orElse(null)));
                }
                pools.forEach(this::start);
                LOG.info(
                        "plugin '{}' is in use: {} (sha256 {}), on {}",
                        plugin.name(),
                        module.address(),
                        module.sha256(),
                        compiled.code().engine());
                return new HostedPlugin.Loaded(
                        new HostedPlugin.Module(module.address(), module.sha256()), new PluginRoute(pool, overrides));
            } catch (RuntimeException | Error refused) {
                endAll(pools, VmPool::close, refused);
                throw refused;
            }
        }

        /** A pool that does not start, and may stay, tries again when a request needs it. */
        private void start(VmPool pool) {
            try {
                pool.start();
            } catch (PluginStartException refused) {
                tolerate(refused);
            }
        }

        /** A pool that has taken the module over, or nobody has. */
        private VmPool add(PluginModule module, Tally tally, List<VmPool> pools) {
            boolean added = false;
            try {
                VmPool pool = new VmPool(module, present, tally);
                pools.add(pool);
                added = true;
                return pool;
            } finally {
                if (!added) {
                    module.close();
                }
            }
        }
    }

    private WasmEngine engine(PluginConfig plugin) {
        try {
            return engines.of(plugin.engine(), fetching == null ? null : fetching.codeCache());
        } catch (EngineException unavailable) {
            throw new PluginLoadException(
                    "plugin '%s': %s".formatted(plugin.name(), unavailable.getMessage()), unavailable);
        }
    }

    /** Releases the engines; every generation has been closed before. */
    @Override
    public void close() {
        engines.close();
    }
}
