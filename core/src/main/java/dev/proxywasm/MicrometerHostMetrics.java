package dev.proxywasm;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Shows in a Micrometer registry what a host counts of its plugins: each {@link PluginCounter} as a counter, their VMs, streams, memory and
 * state as gauges, and the time in guests as a timer. All begin with {@code proxywasm.plugin.} and have the tag {@code plugin}.
 *
 * <p>Plugins that a reload adds get meters then; those of one that it removes show that they have no value.
 *
 * <p>{@code new MicrometerHostMetrics(host).bindTo(registry)}. The registry reads the host whenever it is read itself, and does not keep the
 * host from being collected. What plugins measure themselves is shown by {@code MicrometerMetricSink}.
 */
public final class MicrometerHostMetrics implements MeterBinder {

    private static final String PREFIX = "proxywasm.plugin.";

    private final ProxyWasm host;

    /** The meters of a host's plugins. */
    public MicrometerHostMetrics(ProxyWasm host) {
        this.host = host;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bindPlugins(registry);
        host.onReload(outcome -> bindPlugins(registry));
    }

    /** Meters that the registry has already stay as they are. */
    private void bindPlugins(MeterRegistry registry) {
        for (PluginStatus plugin : host.plugins()) {
            bind(plugin.name(), registry);
        }
    }

    private void bind(String plugin, MeterRegistry registry) {
        Tags tags = Tags.of("plugin", plugin);
        for (PluginCounter counter : PluginCounter.values()) {
            FunctionCounter.builder(meter(counter), host, reading(plugin, status -> status.count(counter)))
                    .description(counter.meaning())
                    .tags(tags)
                    .register(registry);
        }
        FunctionTimer.builder(
                        PREFIX + "callback.time",
                        host,
                        running -> (long) reading(plugin, status -> status.count(PluginCounter.ENTRIES))
                                .applyAsDouble(running),
                        reading(plugin, status -> status.callbackTime().toNanos()),
                        TimeUnit.NANOSECONDS)
                .description("time in the guest, an entry at a time, hostcalls included; estimated from a sample")
                .tags(tags)
                .register(registry);
        gauge("up", "1 if the plugin can be asked", plugin, status -> status.state() == PluginState.RUNNING ? 1 : 0)
                .register(registry);
        gauge("instances", "VMs that live", plugin, PluginStatus::instances).register(registry);
        gauge("instances.max", "VMs that the plugin may have", plugin, PluginStatus::maxInstances)
                .register(registry);
        gauge("streams", "exchanges under way", plugin, PluginStatus::streams).register(registry);
        gauge("memory", "linear memory of the VMs together", plugin, PluginStatus::memoryBytes)
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    /** The name of the meter that shows a counter. */
    static String meter(PluginCounter counter) {
        return PREFIX + counter.key().replace('-', '.');
    }

    private Gauge.Builder<ProxyWasm> gauge(
            String name, String meaning, String plugin, ToDoubleFunction<PluginStatus> value) {
        return Gauge.builder(PREFIX + name, host, reading(plugin, value))
                .description(meaning)
                .tag("plugin", plugin);
    }

    /** Not a number for a plugin that a reload has removed. */
    private static ToDoubleFunction<ProxyWasm> reading(String plugin, ToDoubleFunction<PluginStatus> value) {
        return host -> host.plugins().stream()
                .filter(status -> status.name().equals(plugin))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }
}
