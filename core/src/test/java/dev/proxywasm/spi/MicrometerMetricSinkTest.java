package dev.proxywasm.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.ServiceLimits;
import dev.proxywasm.abi.MetricType;
import dev.proxywasm.internal.service.MetricCell;
import dev.proxywasm.internal.service.MetricRegistry;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MicrometerMetricSinkTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MetricRegistry metrics = new MetricRegistry(ServiceLimits.DEFAULT, new MicrometerMetricSink(meters));

    @Test
    void showsCountersWithTheirLabels() {
        metrics.define(MetricType.COUNTER, "code=.=200;.;hits").add(5);

        assertThat(meters.get("hits").tag("code", "200").functionCounter().count())
                .isEqualTo(5);
    }

    @Test
    void showsCountersBeyondTheSignedRange() {
        metrics.define(MetricType.COUNTER, "hits").add(-1);

        assertThat(meters.get("hits").functionCounter().count()).isEqualTo(0x1p64);
    }

    @Test
    void showsGauges() {
        MetricCell gauge = metrics.define(MetricType.GAUGE, "level");
        gauge.set(7);
        gauge.add(-9);

        assertThat(meters.get("level").gauge().value()).isEqualTo(-2);
    }

    @Test
    void showsEachValueOfAHistogram() {
        MetricCell histogram = metrics.define(MetricType.HISTOGRAM, "duration");
        metrics.record(histogram, 3);
        metrics.record(histogram, 5);

        DistributionSummary summary = meters.get("duration").summary();
        assertThat(summary.count()).isEqualTo(2);
        assertThat(summary.max()).isEqualTo(5);
        assertThat(summary.totalAmount()).isEqualTo(8);
    }

    @Test
    void keepsTheFaultsOfASinkFromGuests() {
        MetricRegistry registry = new MetricRegistry(ServiceLimits.DEFAULT, metric -> {
            throw new IllegalStateException("the registry is full");
        });

        assertThat(registry.define(MetricType.COUNTER, "hits").value()).isZero();
        assertThat(registry.metrics()).hasSize(1);
    }
}
