package dev.proxywasm.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.MicrometerHostMetrics;
import dev.proxywasm.PluginState;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmBuilder;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.servlet.ProxyWasmFilter;
import dev.proxywasm.spi.Callout;
import dev.proxywasm.spi.DnsResolver;
import dev.proxywasm.spi.ForeignFunction;
import dev.proxywasm.spi.GrpcCallClient;
import dev.proxywasm.spi.GrpcStream;
import dev.proxywasm.spi.HttpCallClient;
import dev.proxywasm.spi.MetricSink;
import dev.proxywasm.spi.SharedData;
import dev.proxywasm.spi.SharedQueues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.DispatcherType;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
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
import org.springframework.core.Ordered;

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

    /** The guest uses each of them when it is configured; without a bean for gRPC or for the function it would not start. */
    @Test
    void everyServiceMayBeABean() {
        Set<Class<?>> asked = ConcurrentHashMap.newKeySet();
        runner.withPropertyValues(
                        "proxy-wasm.plugins[0].name=all",
                        "proxy-wasm.plugins[0].module=classpath:wat/uses-every-service.wat",
                        "proxy-wasm.upstreams.auth.uri=http://auth.example")
                .withBean(SharedData.class, () -> asking(SharedData.class, SharedData.Stored.DONE, asked))
                .withBean(SharedQueues.class, () -> asking(SharedQueues.class, OptionalInt.of(1), asked))
                .withBean(MetricSink.class, () -> asking(MetricSink.class, null, asked))
                .withBean(HttpCallClient.class, () -> asking(HttpCallClient.class, (Callout) () -> {}, asked))
                .withBean(GrpcCallClient.class, () -> asking(GrpcCallClient.class, new NoStream(), asked))
                .withBean(DnsResolver.class, () -> asking(DnsResolver.class, (Callout) () -> {}, asked))
                .withBean("greet", ForeignFunction.class, () -> asking(ForeignFunction.class, new byte[0], asked))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(asked)
                            .containsExactlyInAnyOrder(
                                    SharedData.class,
                                    SharedQueues.class,
                                    MetricSink.class,
                                    HttpCallClient.class,
                                    GrpcCallClient.class,
                                    DnsResolver.class,
                                    ForeignFunction.class);
                });
    }

    /** A service that answers its first call, whatever it is, and notes it. */
    private static <T> T asking(Class<T> service, @Nullable Object answer, Set<Class<?>> asked) {
        return service.cast(Proxy.newProxyInstance(
                service.getClassLoader(), new Class<?>[] {service}, (proxy, method, arguments) -> {
                    if (method.getReturnType() == boolean.class) {
                        return true;
                    }
                    asked.add(service);
                    return method.getReturnType() == void.class ? null : answer;
                }));
    }

    private static final class NoStream implements GrpcStream {
        @Override
        public void send(ByteBuffer message) {}

        @Override
        public void halfClose() {}

        @Override
        public void request() {}

        @Override
        public void cancel() {}
    }

    @Test
    void customizersChangeTheHostLastAndInOrder() {
        List<String> called = new ArrayList<>();
        withPlugin
                .withBean("late", ProxyWasmCustomizer.class, () -> new Named("late", 2, called))
                .withBean("early", ProxyWasmCustomizer.class, () -> new Named("early", 1, called))
                .run(context -> {
                    assertThat(called).containsExactly("early", "late");
                    assertThat(context.getBean(ProxyWasm.class).plugins()).isEmpty();
                });
    }

    /** Takes the configuration of the properties away. */
    private record Named(String name, int getOrder, List<String> called) implements ProxyWasmCustomizer, Ordered {
        @Override
        public int getOrder() {
            return getOrder;
        }

        @Override
        public void customize(ProxyWasmBuilder builder) {
            called.add(name);
            builder.config(new ProxyWasmConfig(true, List.of(), Path.of("")));
        }
    }

    @Test
    void theRecipeOfTheDocumentIsACustomizer() {
        withPlugin.withUserConfiguration(SpringBootRecipes.class).run(context -> assertThat(context)
                .hasNotFailed()
                .hasSingleBean(ProxyWasmCustomizer.class)
                .hasSingleBean(ProxyWasm.class));
    }

    @Test
    void takesAConfigurationOfTheApplication() {
        ProxyWasmConfig own = new ProxyWasmConfig(true, List.of(), Path.of(""));
        withPlugin.withBean(ProxyWasmConfig.class, () -> own).run(context -> assertThat(
                        context.getBean(ProxyWasm.class).config())
                .isSameAs(own));
    }
}
