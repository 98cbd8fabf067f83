package dev.proxywasm.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Web applications that configure the filter by their web.xml, by a file that registers it, or by MicroProfile Config. */
@Tag("tomcat")
class DeploymentIT {

    private static final String FILTER =
            """
              <filter>
                <filter-name>proxy-wasm</filter-name>
                <filter-class>dev.proxywasm.servlet.ProxyWasmFilter</filter-class>
                <async-supported>true</async-supported>
                %s
              </filter>
              <filter-mapping>
                <filter-name>proxy-wasm</filter-name>
                <url-pattern>/*</url-pattern>
              </filter-mapping>
            """;

    private static final String YAML =
            """
            proxy-wasm:
              plugins:
                - {name: add, module: "classpath:wat/header-operation.wat", configuration: "2+x-added: of a file"}
            """;

    @TempDir
    Path directory;

    private final Tomcat tomcat = new Tomcat();
    private Path application;

    @BeforeEach
    void createApplication() throws IOException {
        application = directory.resolve("application");
        Files.createDirectories(application.resolve("WEB-INF"));
        Files.writeString(application.resolve("index.txt"), "static file");
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        tomcat.setAddDefaultWebXmlToWebapp(false);
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void readsTheFileThatAnInitParamNames() throws Exception {
        write("WEB-INF/filters.yaml", YAML);
        writeWebXml(initParam("config", "/WEB-INF/filters.yaml"));
        deploy();
        assertThat(added()).containsExactly("of a file");
    }

    @Test
    void readsOnePluginFromInitParams() throws Exception {
        writeWebXml(initParam("module", "classpath:wat/header-operation.wat")
                + initParam("configuration", "2+x-added: of an init-param"));
        deploy();
        assertThat(added()).containsExactly("of an init-param");
    }

    @Test
    void registersItselfWhereThereIsAFile() throws Exception {
        write("WEB-INF/proxy-wasm.yaml", YAML);
        deploy();
        assertThat(added()).containsExactly("of a file");
    }

    @Test
    void staysAwayWhereNothingIsConfigured() throws Exception {
        deploy();
        assertThat(added()).isEmpty();
    }

    @Test
    void registersItselfWhereMicroProfileConfigNamesPlugins() throws Exception {
        System.setProperty("proxy-wasm.plugins", "add");
        System.setProperty("proxy-wasm.plugin.add.module", "classpath:wat/header-operation.wat");
        System.setProperty("proxy-wasm.plugin.add.configuration", "2+x-added: of MicroProfile Config");
        try {
            deploy();
            assertThat(added()).containsExactly("of MicroProfile Config");
        } finally {
            List.of("plugins", "plugin.add.module", "plugin.add.configuration")
                    .forEach(name -> System.clearProperty("proxy-wasm." + name));
        }
    }

    private void deploy() throws Exception {
        Context context = tomcat.addWebapp("/app", application.toString());
        Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet")
                .addMapping("/");
        tomcat.start();
        assertThat(context.getState()).isEqualTo(LifecycleState.STARTED);
    }

    private List<String> added() throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + "/app/index.txt");
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("static file");
        return response.headers().allValues("x-added");
    }

    private void writeWebXml(String initParams) throws IOException {
        write(
                "WEB-INF/web.xml",
                """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                %s</web-app>
                """
                        .formatted(FILTER.formatted(initParams)));
    }

    private static String initParam(String name, String value) {
        return "<init-param><param-name>%s</param-name><param-value>%s</param-value></init-param>"
                .formatted(name, value);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(application.resolve(file), text);
    }
}
