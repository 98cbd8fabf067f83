package dev.proxywasm.spring.boot;

import dev.proxywasm.PluginCounter;
import dev.proxywasm.PluginStatus;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.abi.AbiVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** The Actuator endpoint {@code proxywasm}: how each plugin is doing. Shows no configuration. */
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
        return new Plugins(host.plugins().stream().map(Plugin::of).toList());
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
     */
    public record Plugins(List<Plugin> plugins) {}

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
