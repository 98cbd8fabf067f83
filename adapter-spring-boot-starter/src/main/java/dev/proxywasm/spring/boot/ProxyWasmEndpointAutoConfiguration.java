package dev.proxywasm.spring.boot;

import dev.proxywasm.ProxyWasm;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The Actuator endpoint, where the application has Actuator. */
@AutoConfiguration(after = ProxyWasmAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(ProxyWasm.class)
public final class ProxyWasmEndpointAutoConfiguration {

    /** For Spring. */
    public ProxyWasmEndpointAutoConfiguration() {}

    /** Tells how plugins are doing. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    ProxyWasmEndpoint proxyWasmEndpoint(ProxyWasm host) {
        return new ProxyWasmEndpoint(host);
    }

    /** What is different over HTTP. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(ProxyWasmEndpoint.class)
    @ConditionalOnAvailableEndpoint(endpoint = ProxyWasmEndpoint.class, exposure = EndpointExposure.WEB)
    ProxyWasmWebEndpoint proxyWasmWebEndpoint(ProxyWasmEndpoint endpoint) {
        return new ProxyWasmWebEndpoint(endpoint);
    }
}
