package dev.proxywasm.spring.boot;

import dev.proxywasm.PluginStatus;
import dev.proxywasm.ProxyWasm;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/** The health of each plugin, where the application shows health. */
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
        Map<String, HealthContributor> plugins = new LinkedHashMap<>();
        for (PluginStatus plugin : host.plugins()) {
            // A name with a slash would be a path of the endpoint.
            plugins.put(plugin.name().replace('/', '_'), new PluginHealthIndicator(host, plugin.name()));
        }
        return CompositeHealthContributor.fromMap(plugins);
    }
}
