package dev.proxywasm.spring.boot;

import dev.proxywasm.ProxyWasmConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Reads properties as an application does, without starting one. */
final class Properties {

    private static final ApplicationContextRunner APPLICATION =
            new ApplicationContextRunner().withUserConfiguration(Bound.class);

    private Properties() {}

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ProxyWasmProperties.class)
    @ImportAutoConfiguration(SslAutoConfiguration.class)
    static class Bound {}

    /** The configuration that an {@code application.yaml} makes, with command line arguments that win over it. */
    static ProxyWasmConfig read(String yaml, String... overrides) {
        return read(APPLICATION
                .withPropertyValues(overrides)
                .withInitializer(context -> add(context.getEnvironment(), yaml)));
    }

    /** The configuration that variables of the environment make. */
    static ProxyWasmConfig fromEnvironment(Map<String, Object> variables) {
        return read(APPLICATION.withInitializer(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables))));
    }

    private static ProxyWasmConfig read(ApplicationContextRunner application) {
        AtomicReference<ProxyWasmConfig> config = new AtomicReference<>();
        application.run(started -> {
            ConfigurableApplicationContext context =
                    started.getSourceApplicationContext(ConfigurableApplicationContext.class);
            config.set(new ConfigSource(context.getEnvironment(), context, context.getBean(SslBundles.class)).get());
        });
        return config.get();
    }

    private static void add(ConfigurableEnvironment environment, String yaml) {
        ByteArrayResource resource = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8));
        try {
            new YamlPropertySourceLoader()
                    .load("application.yaml", resource)
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
