package dev.proxywasm.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.MicrometerHostMetrics;
import dev.proxywasm.PluginState;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.servlet.ProxyWasmFilter;
import dev.proxywasm.spi.Callout;
import dev.proxywasm.spi.ForeignFunction;
import dev.proxywasm.spi.HttpCall;
import dev.proxywasm.spi.HttpCallClient;
import dev.proxywasm.spi.HttpCallResult;
import dev.proxywasm.spi.MetricSink;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which beans there are, and when they step back. */
class AutoConfigurationTest {

    private static final AutoConfigurations ALL = AutoConfigurations.of(
            ProxyWasmAutoConfiguration.class,
            ProxyWasmEndpointAutoConfiguration.class,
            ProxyWasmHealthAutoConfiguration.class,
            ProxyWasmMetricsAutoConfiguration.class);

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(ALL)
            .withPropertyValues("management.endpoints.web.exposure.include=*");

    private final WebApplicationContextRunner withPlugin = runner.withPropertyValues(
            "proxy-wasm.plugins[0].name=add-header",
            "proxy-wasm.plugins[0].module=classpath:filters/add-header.wat",
            "proxy-wasm.plugins[0].configuration=x-a: b");

    @Test
    void startsThePluginsAndRegistersTheFilterForEveryDispatchThatItHasAPartIn() {
        withPlugin.run(context -> {
            assertThat(context.getBean(ProxyWasm.class).plugins())
                    .singleElement()
                    .satisfies(plugin -> assertThat(plugin.state()).isEqualTo(PluginState.RUNNING));
            FilterRegistrationBean<?> filter = context.getBean(FilterRegistrationBean.class);
            assertThat(filter.getFilter()).isInstanceOf(ProxyWasmFilter.class);
            assertThat(filter.determineDispatcherTypes())
                    .isEqualTo(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
            assertThat(filter.isAsyncSupported()).isTrue();
            assertThat(filter.isEnabled()).isTrue();
            assertThat(filter.getUrlPatterns()).containsExactly("/*");
        });
    }

    @Test
    void closesTheHostWithTheContext() {
        AtomicReference<ProxyWasm> host = new AtomicReference<>();
        withPlugin.run(context -> host.set(context.getBean(ProxyWasm.class)));
        assertThat(host.get().plugins().get(0).state()).isEqualTo(PluginState.CLOSED);
    }

    @Test
    void registersNoFilterWithoutPlugins() {
        runner.run(context -> assertThat(
                        context.getBean(FilterRegistrationBean.class).isEnabled())
                .isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "authn,       " + FilterOrder.BEFORE_SECURITY,
        "authz,       " + FilterOrder.BEHIND_SECURITY,
        "unspecified, " + FilterOrder.BEHIND_SECURITY
    })
    void theEarliestPhaseDecidesTheOrder(String phase, int order) {
        withPlugin
                .withPropertyValues(
                        "proxy-wasm.plugins[1].name=second",
                        "proxy-wasm.plugins[1].module=classpath:filters/api-key.wat",
                        "proxy-wasm.plugins[1].phase=" + phase)
                .run(context -> assertThat(
                                context.getBean(FilterRegistrationBean.class).getOrder())
                        .isEqualTo(order));
    }

    @Test
    void aPropertyMayDecideOrderAndPatterns() {
        withPlugin
                .withPropertyValues("proxy-wasm.filter.order=7", "proxy-wasm.filter.url-patterns=/api/*")
                .run(context -> {
                    FilterRegistrationBean<?> filter = context.getBean(FilterRegistrationBean.class);
                    assertThat(filter.getOrder()).isEqualTo(7);
                    assertThat(filter.getUrlPatterns()).containsExactly("/api/*");
                });
    }

    @Test
    void isNotThereWhenItIsDisabled() {
        withPlugin.withPropertyValues("proxy-wasm.enabled=false").run(context -> assertThat(context)
                .doesNotHaveBean(ProxyWasm.class)
                .doesNotHaveBean(FilterRegistrationBean.class)
                .doesNotHaveBean(ProxyWasmEndpoint.class));
    }

    @Test
    void isNotThereWithoutServlets() {
        new ApplicationContextRunner()
                .withConfiguration(ALL)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ProxyWasm.class));
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(ALL)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ProxyWasm.class));
        withPlugin
                .withClassLoader(new FilteredClassLoader(ProxyWasmFilter.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ProxyWasm.class));
    }

    @Test
    void doesNotNeedActuatorHealthOrMicrometer() {
        withPlugin
                .withClassLoader(new FilteredClassLoader(Endpoint.class, HealthContributor.class, MeterRegistry.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(ProxyWasm.class)
                        .doesNotHaveBean(ProxyWasmEndpoint.class)
                        .doesNotHaveBean("proxyWasmHealthContributor")
                        .doesNotHaveBean("proxyWasmHostMetrics"));
    }

    @Test
    void hasAnEndpointOnlyIfItIsExposed() {
        withPlugin.run(context -> assertThat(context).hasSingleBean(ProxyWasmEndpoint.class));
        withPlugin
                .withPropertyValues("management.endpoints.web.exposure.include=health")
                .run(context -> assertThat(context).doesNotHaveBean(ProxyWasmEndpoint.class));
    }

    @Test
    void hasNoHealthIfThatIsSwitchedOff() {
        withPlugin
                .withPropertyValues("management.health.proxywasm.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("proxyWasmHealthContributor"));
    }

    @Test
    void showsMetersOnlyWhereThereIsARegistry() {
        withPlugin.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MetricSink.class));
        withPlugin.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> assertThat(context)
                .hasSingleBean(MetricSink.class)
                .hasSingleBean(MicrometerHostMetrics.class));
    }

    @Test
    void stepsBackForAHostOfTheApplication() {
        ProxyWasm own = ProxyWasm.start(
                new ProxyWasmConfig(true, List.of(), Path.of("")), getClass().getClassLoader());
        withPlugin.withBean(ProxyWasm.class, () -> own).run(context -> {
            assertThat(context.getBean(ProxyWasm.class)).isSameAs(own);
            assertThat(context.getBean(FilterRegistrationBean.class).isEnabled())
                    .isFalse();
        });
    }

    @Test
    void stepsBackForAFilterOfTheApplication() {
        withPlugin.withUserConfiguration(OwnFilter.class).run(context -> assertThat(context)
                .hasSingleBean(FilterRegistrationBean.class)
                .getBean(FilterRegistrationBean.class)
                .satisfies(filter -> assertThat(filter.getOrder()).isEqualTo(42)));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnFilter {
        @Bean
        FilterRegistrationBean<ProxyWasmFilter> ownFilter(ProxyWasm host) {
            FilterRegistrationBean<ProxyWasmFilter> registration =
                    new FilterRegistrationBean<>(new ProxyWasmFilter(host));
            registration.setOrder(42);
            return registration;
        }
    }

    @Test
    void takesServicesAndCustomizersFromBeans() {
        AtomicReference<String> seen = new AtomicReference<>();
        withPlugin
                .withBean(HttpCallClient.class, NoCalls::new)
                .withBean(MetricSink.class, () -> MetricSink.NONE)
                .withBean("greet", ForeignFunction.class, () -> call -> new byte[0])
                .withBean(ProxyWasmCustomizer.class, () -> builder -> seen.set("customized"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(seen).hasValue("customized");
                });
    }

    private static final class NoCalls implements HttpCallClient {
        @Override
        public Callout start(HttpCall call, Consumer<HttpCallResult> whenDone) {
            throw new UnsupportedOperationException("no plugin of this test calls out");
        }

        @Override
        public void close() {}
    }
}
