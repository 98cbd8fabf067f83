package dev.proxywasm.spi;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Shows metrics of guests in a Micrometer registry: counters, gauges and distribution summaries, their names taken apart by
 * {@link MetricLabels} and the labels as tags.
 *
 * <p>{@code ProxyWasm.builder().metrics(new MicrometerMetricSink(registry))}. It, and {@code MicrometerHostMetrics}, are all of this library that needs Micrometer.
 */
public final class MicrometerMetricSink implements MetricSink {

    private final MeterRegistry registry;
    private final Map<Metric, DistributionSummary> summaries = new ConcurrentHashMap<>();

    /** A sink that registers meters in that registry. */
    public MicrometerMetricSink(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void defined(Metric metric) {
        MetricLabels labels = MetricLabels.of(metric.name());
        List<Tag> tags = labels.labels().entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList();
        switch (metric.type()) {
            case COUNTER ->
                FunctionCounter.builder(labels.name(), metric, MicrometerMetricSink::unsigned)
                        .tags(tags)
                        .register(registry);
            case GAUGE ->
                Gauge.builder(labels.name(), metric, Metric::value)
                        .tags(tags)
                        .strongReference(true)
                        .register(registry);
            case HISTOGRAM ->
                summaries.put(
                        metric,
                        DistributionSummary.builder(labels.name()).tags(tags).register(registry));
        }
    }

    @Override
    public void recorded(Metric histogram, long value) {
        DistributionSummary summary = summaries.get(histogram);
        if (summary != null) {
            summary.record(unsigned(value));
        }
    }

    private static double unsigned(Metric counter) {
        return unsigned(counter.value());
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : (value >>> 1) * 2.0 + (value & 1);
    }
}
