package dev.proxywasm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.ProxyWasmConfigReader;
import dev.proxywasm.testing.DocumentText;
import dev.proxywasm.testing.Wat;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/SERVLET.md shows is deployed on real servers, and does what it says. */
class ServletDocumentTest {

    private static final Path FILTERS = Path.of("..", "samples", "filters", "wat");

    private final DocumentText document = document("SERVLET.md");

    @TempDir
    Path application;

    private Path classes;

    private static DocumentText document(String name) {
        return DocumentText.all().stream()
                .filter(text -> text.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String block(DocumentText document, String language, Predicate<String> wanted) {
        List<String> found = document.blocks(language).stream().filter(wanted).toList();
        assertThat(found).as("blocks of %s in %s", language, document).hasSize(1);
        return found.get(0);
    }

    @BeforeEach
    void putTheModulesWhereTheDocumentSays() throws IOException {
        classes = application.resolve("WEB-INF/classes");
        Path modules = Files.createDirectories(classes.resolve("filters"));
        for (String name : List.of("add-header", "api-key")) {
            String text = Files.readString(FILTERS.resolve(name + ".wat"));
            Files.write(modules.resolve(name + ".wasm"), Wat.compile(text));
        }
    }

    private String yaml() {
        return block(document, "yaml", text -> true);
    }

    private void writeYaml() throws IOException {
        Files.writeString(application.resolve("WEB-INF/proxy-wasm.yaml"), yaml());
    }

    /** Of a file that the servlet container does not find. */
    private ProxyWasmConfig config(String yaml) throws IOException {
        Path file = application.resolve("WEB-INF/other.yaml");
        return ProxyWasmConfigReader.yaml(Files.writeString(file, yaml));
    }

    @Test
    void registersItselfWhereThereIsAFile() throws Exception {
        writeYaml();
        assertThatBothPluginsRun(this::deployed);
    }

    @Test
    void registersTheFilterOfTheWebXml() throws Exception {
        writeYaml();
        String filter = block(document, "xml", text -> text.contains("<filter>"));
        Files.writeString(
                application.resolve("WEB-INF/web.xml"),
                "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.0'>" + filter + "</web-app>");
        assertThatBothPluginsRun(this::deployed);
    }

    @Test
    void registersTheFilterByCode() throws Exception {
        ProxyWasmConfig config = config(yaml());
        assertThatBothPluginsRun(tomcat -> {
            Context context = deployed(tomcat);
            context.addServletContainerInitializer(
                    (types, servletContext) -> ServletRecipes.code(servletContext, config), Set.of());
            return context;
        });
    }

    @Test
    void putsTheFilterIntoAnEmbeddedJetty() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            context.setClassLoader(loader);
            ServletRecipes.embeddedJetty(context, config(yaml()));
            assertThatBothPluginsRun(context);
        }
    }

    @Test
    void takesAHostWithServicesOfTheApplications() throws Exception {
        ProxyWasmConfig config = config(yaml().replace("classpath:", "classes/"));
        ServletContextHandler context = new ServletContextHandler("/");
        try (ProxyWasm host = ServletRecipes.services(
                config,
                InstantSource.system(),
                filter -> context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST)))) {
            assertThatBothPluginsRun(context);
            assertThat(host.plugins()).hasSize(2);
        }
    }

    @Test
    void isWhatTheReadmeShows() {
        assertThat(document("README.md").blocks("yaml")).containsExactly(yaml());
        assertThat(document("README.md").blocks("xml"))
                .contains(block(document, "xml", text -> text.contains("<dependency>")));
    }

    private interface Deployment {
        Context on(Tomcat tomcat) throws Exception;
    }

    private Context deployed(Tomcat tomcat) {
        Context context = tomcat.addWebapp("", application.toString());
        Tomcat.addServlet(context, "greeting", new Greeting()).addMapping("/*");
        return context;
    }

    private void assertThatBothPluginsRun(Deployment deployment) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createDirectory(application.resolve("tomcat")).toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        tomcat.setAddDefaultWebXmlToWebapp(false);
        try {
            Context context = deployment.on(tomcat);
            tomcat.getConnector();
            tomcat.start();
            assertThat(context.getState()).isEqualTo(LifecycleState.STARTED);
            assertThatBothPluginsRunOn(tomcat.getConnector().getLocalPort());
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private static void assertThatBothPluginsRun(ServletContextHandler context) throws Exception {
        context.addServlet(new Greeting(), "/*");
        Server jetty = new Server(0);
        jetty.setHandler(context);
        try {
            jetty.start();
            assertThatBothPluginsRunOn(jetty.getURI().getPort());
        } finally {
            jetty.stop();
        }
    }

    private static void assertThatBothPluginsRunOn(int port) throws Exception {
        HttpResponse<String> open = get(port, "/open");
        assertThat(open.body()).isEqualTo("/open");
        assertThat(open.headers().allValues("x-some-extra-header")).containsExactly("value");
        assertThat(get(port, "/private/any").statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static final class Greeting extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getRequestURI());
        }
    }
}
