package dev.proxywasm.spring.boot;

import dev.proxywasm.MicrometerHostMetrics;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.spi.MetricSink;
import dev.proxywasm.spi.MicrometerMetricSink;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Meters of the host, and those that plugins define, where the application has a Micrometer registry. */
@AutoConfiguration(
        after = ProxyWasmAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(ProxyWasm.class)
public final class ProxyWasmMetricsAutoConfiguration {

    /** For Spring. */
    public ProxyWasmMetricsAutoConfiguration() {}

    /** What the host measures of its plugins; Spring Boot binds it to the registry. */
    @Bean
    @ConditionalOnMissingBean
    MicrometerHostMetrics proxyWasmHostMetrics(ProxyWasm host) {
        return new MicrometerHostMetrics(host);
    }

    /** What plugins measure themselves. */
    @Bean
    @ConditionalOnMissingBean(MetricSink.class)
    @ConditionalOnSingleCandidate(MeterRegistry.class)
    MicrometerMetricSink proxyWasmMetricSink(MeterRegistry registry) {
        return new MicrometerMetricSink(registry);
    }
}
