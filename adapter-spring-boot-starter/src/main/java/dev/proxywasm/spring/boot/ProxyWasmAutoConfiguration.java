package dev.proxywasm.spring.boot;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmBuilder;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.servlet.ProxyWasmFilter;
import dev.proxywasm.spi.DnsResolver;
import dev.proxywasm.spi.ForeignFunction;
import dev.proxywasm.spi.GrpcCallClient;
import dev.proxywasm.spi.HttpCallClient;
import dev.proxywasm.spi.MetricSink;
import dev.proxywasm.spi.SharedData;
import dev.proxywasm.spi.SharedQueues;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ResourceLoader;

/**
 * Starts a host with the plugins of the properties and puts its filter in front of the application.
 *
 * <p>Every bean steps back for one of the application: the configuration, the host, the filter. Beans of the interfaces of
 * {@code dev.proxywasm.spi} take the place of the host's own services; a {@link ForeignFunction} is known to plugins by the name of its bean.
 * The host is closed with the context.
 */
@AutoConfiguration
@ConditionalOnClass({ProxyWasmFilter.class, Filter.class, FilterRegistrationBean.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "proxy-wasm.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ProxyWasmProperties.class)
public final class ProxyWasmAutoConfiguration {

    /** For Spring. */
    public ProxyWasmAutoConfiguration() {}

    /** The host, started: with the configuration of the application, or with the one that the properties make, which it follows. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    ProxyWasm proxyWasm(
            ObjectProvider<ProxyWasmConfig> config,
            ConfigurableEnvironment environment,
            ResourceLoader resources,
            ObjectProvider<SslBundles> bundles,
            ListableBeanFactory beans,
            ObjectProvider<ProxyWasmCustomizer> customizers) {
        SslBundles known = bundles.getIfAvailable(DefaultSslBundleRegistry::new);
        ProxyWasmBuilder builder = ProxyWasm.builder().config(new ConfigSource(environment, resources, known));
        config.ifAvailable(builder::config);
        ClassLoader classLoader = resources.getClassLoader();
        if (classLoader != null) {
            builder.classLoader(classLoader);
        }
        beans.getBeanProvider(SharedData.class).ifUnique(builder::sharedData);
        beans.getBeanProvider(SharedQueues.class).ifUnique(builder::sharedQueues);
        beans.getBeanProvider(MetricSink.class).ifUnique(builder::metrics);
        beans.getBeanProvider(HttpCallClient.class).ifUnique(builder::httpCallClient);
        beans.getBeanProvider(GrpcCallClient.class).ifUnique(builder::grpcCallClient);
        beans.getBeanProvider(DnsResolver.class).ifUnique(builder::dnsResolver);
        beans.getBeansOfType(ForeignFunction.class).forEach(builder::foreignFunction);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.start();
    }

    /** The filter, for the dispatches that it has a part in. */
    @Bean
    @ConditionalOnMissingFilterBean
    FilterRegistrationBean<ProxyWasmFilter> proxyWasmFilterRegistration(
            ProxyWasm host, ProxyWasmProperties properties) {
        FilterRegistrationBean<ProxyWasmFilter> registration = new FilterRegistrationBean<>(new ProxyWasmFilter(host));
        registration.setName("proxyWasmFilter");
        registration.setUrlPatterns(properties.filter().urlPatterns());
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        registration.setAsyncSupported(true);
        Integer configured = properties.filter().order();
        registration.setOrder(configured == null ? FilterOrder.of(host.config()) : configured);
        if (configured == null) {
            FilterOrder.warnIfItChanges(host);
        }
        boolean mayGetPlugins = !host.config().files().isEmpty();
        registration.setEnabled(!host.config().plugins().isEmpty() || mayGetPlugins);
        return registration;
    }
}
