package dev.proxywasm.internal.service;

import dev.proxywasm.ServiceLimits;
import dev.proxywasm.abi.MetricType;
import dev.proxywasm.spi.Metric;
import dev.proxywasm.spi.MetricSink;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of all guests of a host, by type and name. The same type and name is the same metric with the same id in every VM.
 *
 * <p>Beyond the limits, a guest gets the metric {@value #OVERFLOW} of its type: its SDK may panic on a refusal, and names that carry
 * labels from requests would let a client stop the plugin. So nothing is lost without a trace: sums stay right, one warning is logged.
 *
 * <p>This object's monitor guards definitions; values need none.
 */
public final class MetricRegistry {

    /** The name under which metrics beyond the limits count together. */
    static final String OVERFLOW = "proxywasm.overflow";

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.metrics");

    private final ServiceLimits limits;
    private final MetricSink sink;
    private final Map<Name, MetricCell> byName = new HashMap<>();
    private final Map<MetricType, MetricCell> overflow = new EnumMap<>(MetricType.class);
    private final Map<Integer, MetricCell> byId = new ConcurrentHashMap<>();
    private final List<Metric> defined = new ArrayList<>();

    /** No metric yet. */
    public MetricRegistry(ServiceLimits limits, MetricSink sink) {
        this.limits = limits;
        this.sink = sink;
    }

    /** Makes or finds a metric. */
    public synchronized MetricCell define(MetricType type, String name) {
        Name key = new Name(type, name);
        MetricCell known = byName.get(key);
        if (known != null) {
            return known;
        }
        if (byName.size() >= limits.metrics() || name.length() > limits.metricNameLength()) {
            return overflow(type, name);
        }
        MetricCell made = make(type, name);
        byName.put(key, made);
        return made;
    }

    /** The metric of that id, or null if there is none. */
    public @Nullable MetricCell find(int id) {
        return byId.get(id);
    }

    /** Gives a value to a metric: a counter adds it, a gauge takes it, a histogram notes it. */
    public void record(MetricCell metric, long value) {
        switch (metric.type()) {
            case COUNTER -> metric.add(value);
            case GAUGE -> metric.set(value);
            case HISTOGRAM -> {
                metric.record(value);
                tell(metric, () -> sink.recorded(metric, value));
            }
        }
    }

    /** All metrics, in the order of their definition; their values live on. */
    public synchronized List<Metric> metrics() {
        return List.copyOf(defined);
    }

    private MetricCell overflow(MetricType type, String name) {
        MetricCell common = overflow.get(type);
        if (common == null) {
            LOG.warn(
                    "a {} with a name of {} characters is beyond the limit of {} metrics with names of {}; it and further ones count as {}",
                    type,
                    name.length(),
                    limits.metrics(),
                    limits.metricNameLength(),
                    OVERFLOW);
            common = make(type, OVERFLOW);
            overflow.put(type, common);
        }
        return common;
    }

    private MetricCell make(MetricType type, String name) {
        MetricCell made = new MetricCell(defined.size() + 1, type, name);
        defined.add(made);
        byId.put(made.id(), made);
        tell(made, () -> sink.defined(made));
        return made;
    }

    /** A sink is the embedder's: its exceptions must not become a guest's. */
    private static void tell(Metric metric, Runnable notice) {
        try {
            notice.run();
        } catch (RuntimeException refused) {
            LOG.warn("the metric sink failed on {}: {}", metric, refused.toString(), refused);
        }
    }

    private record Name(MetricType type, String name) {}
}
