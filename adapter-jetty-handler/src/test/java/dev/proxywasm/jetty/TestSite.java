package dev.proxywasm.jetty;

import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.ProxyWasmConfigReader;
import dev.proxywasm.spi.Metric;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A running server with plugins above a handler, which is spoken to in memory or over real sockets. */
final class TestSite implements AutoCloseable {

    static {
        // What tests wait for behind an exchange has mostly happened already.
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    }

    final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();
    final QueuedThreadPool threads = new QueuedThreadPool(16);
    final Server server = new Server(threads, null, buffers);
    final ProxyWasmHandler filters;
    final LocalConnector local;
    private final ServerConnector sockets;

    private TestSite(ProxyWasmConfig plugins, Handler application) throws Exception {
        HttpConfiguration http = new HttpConfiguration();
        HTTP2CServerConnectionFactory http2 = new HTTP2CServerConnectionFactory(http);
        // Jetty takes many resets in a short time for an attack.
        http2.setRateControlFactory(new RateControl.Factory() {});
        sockets = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http), http2);
        local = new LocalConnector(server);
        server.addConnector(sockets);
        server.addConnector(local);
        filters = new ProxyWasmHandler(plugins);
        filters.setHandler(application);
    }

    /** One whose plugins are these lines of a YAML list. */
    static TestSite of(Handler application, String... plugins) throws Exception {
        TestSite site = new TestSite(plugins(plugins), application);
        site.server.setHandler(site.filters);
        site.server.start();
        return site;
    }

    /** One with the plugin that acts in one phase; see phases.wat. */
    static TestSite acting(String how, Handler application) throws Exception {
        return of(application, "{name: phases, module: \"classpath:wat/phases.wat\", configuration: \"" + how + "\"}");
    }

    /** A configuration of these lines of a YAML list. */
    static ProxyWasmConfig plugins(String... plugins) {
        String yaml = "proxy-wasm:\n  plugins:\n    - " + String.join("\n    - ", plugins) + "\n";
        return ProxyWasmConfigReader.yaml(
                "test.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), Path.of(""));
    }

    /** A line of a list: one operation on one header; see header-operation.wat. */
    static String header(String operation) {
        return "{name: \"" + operation.replaceAll("[^a-z]", "-")
                + "\", module: \"classpath:wat/header-operation.wat\", configuration: \"" + operation + "\"}";
    }

    /** For connections to come, instead of Jetty's 30 seconds. */
    void idleTimeoutMillis(long timeout) {
        sockets.setIdleTimeout(timeout);
    }

    int port() {
        return sockets.getLocalPort();
    }

    Socket connect() throws IOException {
        Socket socket = new Socket("localhost", port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Answers all that the server sends to that text over HTTP/1.1 in memory; the text should ask for the connection to be closed. */
    String answer(String request) throws Exception {
        return local.getResponse(request);
    }

    /** Answers what the server sends to a GET in memory. */
    String get(String path, String... headers) throws Exception {
        return answer("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + String.join(
                        "",
                        java.util.Arrays.stream(headers).map(h -> h + "\r\n").toList()) + "\r\n");
    }

    /** What the plugin of {@link #acting} has counted. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        for (Metric metric : filters.getHost().metrics()) {
            counts.put(metric.name(), metric.value());
        }
        return counts;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not stop", e);
        }
    }
}
