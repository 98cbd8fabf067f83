package dev.proxywasm.benchmarks.http;

import jakarta.servlet.Filter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;

/** Tomcat, embedded, with its defaults but one: it does not close a connection after a hundred requests, as Jetty does not. */
final class TomcatServer implements Server {

    /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger CHATTER = Logger.getLogger("org.apache");

    /** Warns at each stop that it cannot look for leaks in a JVM without certain flags. */
    private static final Logger LOADER = Logger.getLogger("org.apache.catalina.loader");

    private final Tomcat tomcat = new Tomcat();
    private final Path base = Files.createTempDirectory("proxy-wasm-tomcat-");

    TomcatServer(@Nullable Filter filter) throws IOException, LifecycleException {
        CHATTER.setLevel(Level.WARNING);
        LOADER.setLevel(Level.SEVERE);
        tomcat.setBaseDir(base.toString());
        tomcat.setConnector(connector());
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "hello", new HelloServlet()).addMapping("/*");
        if (filter != null) {
            add(filter, context);
        }
        tomcat.start();
    }

    private static Connector connector() {
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxKeepAliveRequests", "-1");
        return connector;
    }

    private static void add(Filter filter, Context context) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("measured");
        definition.setFilter(filter);
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("measured");
        mapping.addURLPattern("/*");
        context.addFilterMap(mapping);
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
            deleteBase();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat does not stop", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + base, e);
        }
    }

    private void deleteBase() throws IOException {
        List<Path> childrenFirst;
        try (Stream<Path> all = Files.walk(base)) {
            childrenFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : childrenFirst) {
            Files.delete(path);
        }
    }
}
