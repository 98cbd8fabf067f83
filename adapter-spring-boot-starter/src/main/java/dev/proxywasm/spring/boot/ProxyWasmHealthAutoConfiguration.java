package dev.proxywasm.spring.boot;

import dev.proxywasm.ProxyWasm;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of each plugin, and how the last reload went, where the application shows health. */
@AutoConfiguration(after = ProxyWasmAutoConfiguration.class)
@ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(ProxyWasm.class)
@ConditionalOnEnabledHealthIndicator("proxywasm")
public final class ProxyWasmHealthAutoConfiguration {

    /** For Spring. */
    public ProxyWasmHealthAutoConfiguration() {}

    /** One component a plugin, below {@code proxyWasm}. */
    @Bean
    @ConditionalOnMissingBean(name = "proxyWasmHealthContributor")
    CompositeHealthContributor proxyWasmHealthContributor(ProxyWasm host) {
        return new PluginsHealth(host);
    }

    /** The component {@code proxyWasmReload}. */
    @Bean
    @ConditionalOnMissingBean(name = "proxyWasmReloadHealthIndicator")
    HealthIndicator proxyWasmReloadHealthIndicator(ProxyWasm host) {
        return new ReloadHealthIndicator(host);
    }
}
