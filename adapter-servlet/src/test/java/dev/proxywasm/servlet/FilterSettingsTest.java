package dev.proxywasm.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.ProxyWasmConfig;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a filter that was given no configuration finds one. */
class FilterSettingsTest {

    private static final String YAML =
            """
            proxy-wasm:
              plugins:
                - {name: from-yaml, module: absent.wasm}
            """;

    @TempDir
    private Path directory;

    private final Tomcat tomcat = new Tomcat();
    private Context context;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(directory.resolve("WEB-INF/classes"));
        tomcat.setBaseDir(directory.toString());
        tomcat.setSilent(true);
        context = tomcat.addContext("", directory.toString());
        context.setParentClassLoader(new URLClassLoader(
                new URL[] {directory.resolve("WEB-INF/classes").toUri().toURL()},
                getClass().getClassLoader()));
    }

    @AfterEach
    void stop() throws Exception {
        System.clearProperty("proxy-wasm.plugins");
        System.clearProperty("proxy-wasm.plugin.a.module");
        System.clearProperty("proxy-wasm.enabled");
        System.clearProperty("proxy-wasm.config");
        System.clearProperty("proxy-wasm.plugnis");
        tomcat.stop();
        tomcat.destroy();
    }

    private ProxyWasmConfig read() throws Exception {
        return read(Map.of());
    }

    private ProxyWasmConfig read(Map<String, String> parameters) throws Exception {
        context.start();
        return new FilterSettings(context.getServletContext())
                .read(new Parameters(context.getServletContext(), parameters));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    @Test
    void readsTheFileThatAnInitParamNames() throws Exception {
        write("WEB-INF/my.yaml", YAML);
        ProxyWasmConfig config = read(Map.of("config", "/WEB-INF/my.yaml"));
        assertThat(config.plugins()).extracting("name").containsExactly("from-yaml");
        assertThat(config.baseDirectory()).isEqualTo(directory.resolve("WEB-INF"));
    }

    @Test
    void readsAFileOfTheFileSystemAndOneOfTheClassPath() throws Exception {
        write("WEB-INF/classes/other.yaml", YAML);
        assertThat(read(Map.of(
                                "config",
                                directory.resolve("WEB-INF/classes/other.yaml").toString()))
                        .plugins())
                .hasSize(1);
        assertThat(read(Map.of("config", "classpath:other.yaml")).plugins()).hasSize(1);
    }

    @Test
    void namesTheFileThatIsNotThere() {
        assertThatThrownBy(() -> read(Map.of("config", "/WEB-INF/absent.yaml")))
                .hasMessageContaining("/WEB-INF/absent.yaml");
        assertThatThrownBy(() -> read(Map.of("config", "classpath:absent.yaml")))
                .hasMessageContaining("classpath:absent.yaml");
    }

    @Test
    void readsOnePluginFromInitParams() throws Exception {
        ProxyWasmConfig config = read(Map.of(
                "module", "/WEB-INF/a.wasm", "failure-policy", "open", "limits.memory", "64MiB", "instances", "2"));
        assertThat(config.plugins()).singleElement().satisfies(plugin -> {
            assertThat(plugin.name()).isEqualTo("the-filter");
            assertThat(plugin.module())
                    .isEqualTo(directory.resolve("WEB-INF/a.wasm").toString());
            assertThat(plugin.instances()).isEqualTo(2);
            assertThat(plugin.limits().memoryBytes()).isEqualTo(64L * 1024 * 1024);
        });
    }

    @Test
    void refusesUnknownInitParamsAndKeysBesideAFile() {
        assertThatThrownBy(() -> read(Map.of("module", "a.wasm", "modul", "b")))
                .hasMessageContainingAll("the-filter", "modul");
        assertThatThrownBy(() -> read(Map.of("config", "a.yaml", "module", "a.wasm")))
                .hasMessageContainingAll("the-filter", "config", "module");
    }

    @Test
    void readsPropertiesWhereThereAreNoInitParams() throws Exception {
        write("WEB-INF/proxy-wasm.yaml", YAML);
        System.setProperty("proxy-wasm.plugins", "a");
        System.setProperty("proxy-wasm.plugin.a.module", "a.wasm");
        assertThat(read().plugins()).extracting("name").containsExactly("a");
    }

    @Test
    void readsTheFileThatAPropertyNames() throws Exception {
        write("WEB-INF/my.yaml", YAML);
        System.setProperty("proxy-wasm.config", "/WEB-INF/my.yaml");
        assertThat(read().plugins()).extracting("name").containsExactly("from-yaml");
    }

    @Test
    void readsMicroProfileConfigsFileWithoutAnImplementation() throws Exception {
        Files.createDirectories(directory.resolve("WEB-INF/classes/META-INF"));
        write(
                "WEB-INF/classes/META-INF/microprofile-config.properties",
                "proxy-wasm.plugins=b\nproxy-wasm.plugin.b.module=b.wasm\n");
        assertThat(read().plugins()).extracting("name").containsExactly("b");
    }

    @Test
    void refusesAMistypedProperty() {
        System.setProperty("proxy-wasm.plugnis", "a");
        assertThatThrownBy(this::read).hasMessageContaining("proxy-wasm.plugnis");
    }

    @Test
    void readsTheDefaultFileOfTheApplicationOrItsClassPath() throws Exception {
        write("WEB-INF/classes/proxy-wasm.yaml", YAML);
        assertThat(read().plugins()).extracting("name").containsExactly("from-yaml");
    }

    @Test
    void saysHowToConfigureWhatIsNot() {
        assertThatThrownBy(this::read).hasMessageContainingAll("config", "module", "proxy-wasm.yaml");
    }

    @Test
    void registersItselfWhereThereIsAConfiguration() throws Exception {
        write("WEB-INF/proxy-wasm.yaml", "proxy-wasm: {plugins: []}");
        assertThat(registrationsAfterStart()).containsOnlyKeys("proxy-wasm");
    }

    @Test
    void registersNothingWithoutAConfigurationOrWhenSwitchedOff() throws Exception {
        assertThat(registrationsAfterStart()).isEmpty();
        context.stop();
        write("WEB-INF/proxy-wasm.yaml", YAML);
        System.setProperty("proxy-wasm.enabled", "false");
        assertThat(registrationsAfterStart()).isEmpty();
    }

    @Test
    void standsDownWhenAnotherFilterIsRegisteredLater() throws Exception {
        write("WEB-INF/proxy-wasm.yaml", YAML);
        ScriptedHost host = new ScriptedHost();
        context.addServletContainerInitializer(new SelfRegistration(), null);
        context.addServletContainerInitializer(
                (classes, servletContext) -> servletContext.addFilter("mine", new ProxyWasmFilter(host)), null);
        context.start();
        assertThat(context.getState().isAvailable()).isTrue();
        assertThat(context.findFilterDefs()).hasSize(2);
    }

    @Test
    void doesNotStartWithAModuleThatIsNotThere() throws Exception {
        write("WEB-INF/proxy-wasm.yaml", YAML);
        context.start();
        ProxyWasmFilter filter = new ProxyWasmFilter();
        assertThatThrownBy(() -> filter.init(new Parameters(context.getServletContext(), Map.of())))
                .isInstanceOf(ServletException.class)
                .hasMessageContainingAll("the-filter", "from-yaml", "absent.wasm");
    }

    @Test
    void isFoundByContainers() {
        assertThat(ServiceLoader.load(ServletContainerInitializer.class))
                .hasAtLeastOneElementOfType(SelfRegistration.class);
    }

    private Map<String, ? extends FilterRegistration> registrationsAfterStart() throws Exception {
        context.addServletContainerInitializer(new SelfRegistration(), null);
        context.addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.CONFIGURE_START_EVENT)) {
                context.setConfigured(true);
            }
        });
        context.start();
        return context.getServletContext().getFilterRegistrations();
    }

    private record Parameters(ServletContext context, Map<String, String> pairs) implements FilterConfig {

        @Override
        public String getFilterName() {
            return "the-filter";
        }

        @Override
        public ServletContext getServletContext() {
            return context;
        }

        @Override
        public String getInitParameter(String name) {
            return pairs.get(name);
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return Collections.enumeration(pairs.keySet());
        }
    }
}
