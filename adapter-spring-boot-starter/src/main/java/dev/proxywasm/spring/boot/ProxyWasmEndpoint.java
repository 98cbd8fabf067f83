package dev.proxywasm.spring.boot;

import dev.proxywasm.PluginCounter;
import dev.proxywasm.PluginStatus;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmException;
import dev.proxywasm.ReloadOutcome;
import dev.proxywasm.abi.AbiVersion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;

/** The Actuator endpoint {@code proxywasm}: how each plugin is doing, and a reload by hand. Shows no configuration. */
@Endpoint(id = "proxywasm")
public final class ProxyWasmEndpoint {

    private final ProxyWasm host;

    /** An endpoint that tells of that host. */
    public ProxyWasmEndpoint(ProxyWasm host) {
        this.host = host;
    }

    /** All plugins, in the order in which requests meet them. */
    @ReadOperation
    public Plugins plugins() {
        return new Plugins(
                host.plugins().stream().map(Plugin::of).toList(),
                host.lastReload().map(Reload::of).orElse(null));
    }

    /** Reads the configuration and the modules again: {@link ProxyWasm#reload()}. One that fails is told of, and changes nothing. */
    @WriteOperation
    public Reload reload() {
        try {
            return new Reload(Instant.now(), host.reload(), "");
        } catch (ProxyWasmException | BindException | UnboundConfigurationPropertiesException refused) {
            return new Reload(Instant.now(), List.of(), String.valueOf(refused.getMessage()));
        }
    }

    /** One plugin; null, which is 404, if there is none of that name. */
    @ReadOperation
    public @Nullable Plugin plugin(@Selector String name) {
        return host.plugins().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .map(Plugin::of)
                .orElse(null);
    }

    /**
     * What the endpoint answers.
     *
     * @param plugins in the order of the chain
     * @param lastReload the last one that found a change or failed; null before the first
     */
    public record Plugins(List<Plugin> plugins, @Nullable Reload lastReload) {}

    /**
     * How a reload went.
     *
     * @param at when it ended
     * @param changed the plugins that were added, replaced or removed
     * @param problem why the change cannot be used, so that everything goes on as it was; empty if it is in use
     */
    public record Reload(Instant at, List<String> changed, String problem) {

        static Reload of(ReloadOutcome outcome) {
            return new Reload(outcome.at(), outcome.changed(), outcome.problem());
        }
    }

    /**
     * One plugin.
     *
     * @param name of the plugin
     * @param state whether it can be asked
     * @param reason why it cannot; empty if it can
     * @param phase where in the chain it stands
     * @param failurePolicy what becomes of requests that it cannot judge
     * @param module where its module was found, and what it is
     * @param instances its VMs
     * @param streams exchanges under way
     * @param memoryBytes linear memory of its VMs
     * @param callbackMillis time in its guest, estimated
     * @param counters what was counted since the start
     */
    public record Plugin(
            String name,
            String state,
            String reason,
            String phase,
            String failurePolicy,
            Module module,
            Instances instances,
            int streams,
            long memoryBytes,
            long callbackMillis,
            Map<String, Long> counters) {

        static Plugin of(PluginStatus status) {
            return new Plugin(
                    status.name(),
                    text(status.state()),
                    status.reason(),
                    text(status.phase()),
                    text(status.failurePolicy()),
                    new Module(
                            status.module(),
                            status.sha256(),
                            status.abiVersion().map(AbiVersion::toString).orElse("")),
                    new Instances(status.instances(), status.maxInstances()),
                    status.streams(),
                    status.memoryBytes(),
                    status.callbackTime().toMillis(),
                    counters(status));
        }

        private static Map<String, Long> counters(PluginStatus status) {
            Map<String, Long> counters = new LinkedHashMap<>();
            for (PluginCounter counter : PluginCounter.values()) {
                counters.put(counter.key(), status.count(counter));
            }
            return counters;
        }

        private static String text(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A module.
     *
     * @param address where it was found
     * @param sha256 its digest; empty if it was not loaded
     * @param abiVersion what it was built for; likewise
     */
    public record Module(String address, String sha256, String abiVersion) {}

    /**
     * VMs.
     *
     * @param live how many there are
     * @param max how many there may be
     */
    public record Instances(int live, int max) {}
}
