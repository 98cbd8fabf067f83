package dev.proxywasm;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that a host is configured with; every door (builder, YAML, web.xml, MicroProfile Config) ends here.
 *
 * @param enabled whether anything is loaded at all
 * @param plugins in the order in which they were declared
 * @param upstreams the servers that plugins may call, by the name that they call them by, in the order in which they were declared
 * @param allowDirectCallouts whether plugins may also call servers that are not among the upstreams, by {@code host:port} or URL: any
 *     server that this process can reach
 * @param node what this server calls itself
 * @param modules how modules are fetched from other servers
 * @param baseDirectory what relative paths of modules and files of TLS are relative to
 * @param reload how the host follows changes
 * @param files the files and directories that it was read from, which are watched; modules and files of TLS are watched besides
 * @param notes what was read and has no meaning in this host; goes to the log once
 */
public record ProxyWasmConfig(
        boolean enabled,
        List<PluginConfig> plugins,
        Map<String, UpstreamConfig> upstreams,
        boolean allowDirectCallouts,
        NodeConfig node,
        ModulesConfig modules,
        Path baseDirectory,
        ReloadConfig reload,
        List<Path> files,
        List<String> notes) {

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException if two plugins have one name
     */
    public ProxyWasmConfig {
        plugins = List.copyOf(plugins);
        files = List.copyOf(files);
        notes = List.copyOf(notes);
        upstreams = Collections.unmodifiableMap(new LinkedHashMap<>(upstreams));
        Set<String> names = new HashSet<>();
        for (PluginConfig plugin : plugins) {
            if (!names.add(plugin.name())) {
                throw new IllegalArgumentException(
                        "two plugins are named '" + plugin.name() + "'; names must be unique");
            }
        }
    }

    /** A configuration of a server that has no name for itself and whose plugins call nobody. */
    public ProxyWasmConfig(boolean enabled, List<PluginConfig> plugins, Path baseDirectory) {
        this(
                enabled,
                plugins,
                Map.of(),
                false,
                NodeConfig.DEFAULT,
                ModulesConfig.DEFAULT,
                baseDirectory,
                ReloadConfig.DEFAULT,
                List.of(),
                List.of());
    }

    /** The same configuration with these plugins in place of its own. */
    public ProxyWasmConfig withPlugins(List<PluginConfig> others) {
        return new ProxyWasmConfig(
                enabled, others, upstreams, allowDirectCallouts, node, modules, baseDirectory, reload, files, notes);
    }

    /** The same configuration with these upstreams in place of its own. */
    public ProxyWasmConfig withUpstreams(Map<String, UpstreamConfig> others) {
        return new ProxyWasmConfig(
                enabled, plugins, others, allowDirectCallouts, node, modules, baseDirectory, reload, files, notes);
    }

    /** A builder that begins with no plugin and the defaults of everything else. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link ProxyWasmConfig}. */
    public static final class Builder {
        private boolean enabled = true;
        private List<PluginConfig> plugins = List.of();
        private Map<String, UpstreamConfig> upstreams = Map.of();
        private boolean allowDirectCallouts;
        private NodeConfig node = NodeConfig.DEFAULT;
        private ModulesConfig modules = ModulesConfig.DEFAULT;
        private Path baseDirectory = Path.of("");
        private ReloadConfig reload = ReloadConfig.DEFAULT;
        private List<Path> files = List.of();
        private List<String> notes = List.of();

        private Builder() {}

        /** Whether anything is loaded at all; default true. */
        public Builder enabled(boolean value) {
            enabled = value;
            return this;
        }

        /** The plugins, in the order in which they are declared; default none. */
        public Builder plugins(List<PluginConfig> value) {
            plugins = value;
            return this;
        }

        /** The servers that plugins may call, by the name that they call them by; default none. */
        public Builder upstreams(Map<String, UpstreamConfig> value) {
            upstreams = value;
            return this;
        }

        /** Whether plugins may also call servers that are not among the upstreams; default false. */
        public Builder allowDirectCallouts(boolean value) {
            allowDirectCallouts = value;
            return this;
        }

        /** What this server calls itself; default nothing. */
        public Builder node(NodeConfig value) {
            node = value;
            return this;
        }

        /** How modules are fetched from other servers; default {@link ModulesConfig#DEFAULT}. */
        public Builder modules(ModulesConfig value) {
            modules = value;
            return this;
        }

        /** What relative module paths are relative to; default the working directory. */
        public Builder baseDirectory(Path value) {
            baseDirectory = value;
            return this;
        }

        /** How the host follows changes. */
        public Builder reload(ReloadConfig value) {
            reload = value;
            return this;
        }

        /** The files and directories that it was read from; default none. */
        public Builder files(List<Path> value) {
            files = value;
            return this;
        }

        /** What was read and has no meaning in this host; default nothing. */
        public Builder notes(List<String> value) {
            notes = value;
            return this;
        }

        /**
         * The configuration.
         *
         * @throws IllegalArgumentException if two plugins have one name
         */
        public ProxyWasmConfig build() {
            return new ProxyWasmConfig(
                    enabled,
                    plugins,
                    upstreams,
                    allowDirectCallouts,
                    node,
                    modules,
                    baseDirectory,
                    reload,
                    files,
                    notes);
        }
    }
}
