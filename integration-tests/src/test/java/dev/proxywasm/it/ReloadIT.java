package dev.proxywasm.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxywasm.PluginCounter;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfigReader;
import dev.proxywasm.it.contract.TestServer;
import dev.proxywasm.servlet.ProxyWasmFilter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A filter that is replaced again and again while clients ask: by another configuration, and now and then by another module. How often: the
 * property {@code proxywasm.reloads}.
 */
class ReloadIT {

    private static final int RELOADS = Integer.getInteger("proxywasm.reloads", 40);
    private static final int CLIENTS = 32;
    private static final int RELOADS_OF_A_MODULE = 10;
    private static final Path MODULE = Path.of("../samples/filters/wat/add-header.wat");
    private static final Logger LOG = LoggerFactory.getLogger(ReloadIT.class);

    /** Each VM holds several mappings of memory: what is left of old ones shows here. */
    private static final Path MAPPINGS = Path.of("/proc/self/maps");

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();
    private ProxyWasm host;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        configure(0);
        Path file = directory.resolve("proxy-wasm.yaml");
        host = ProxyWasm.builder()
                .config(() -> ProxyWasmConfigReader.yaml(file))
                .start();
        server = new JettyServer(new ProxyWasmFilter(host), call -> call.print("hello"));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        host.close();
    }

    private void configure(int version) throws IOException {
        if (version % RELOADS_OF_A_MODULE == 0) {
            replace("filter.wat", module(version));
        }
        replace(
                "proxy-wasm.yaml",
                "proxy-wasm:\n  reload: {watch: false}\n  plugins:\n    - {name: versioned, instances: 2, module: filter.wat,"
                        + " configuration: 'x-version: " + version + "'}\n");
    }

    /** With a function more that nobody calls, so that its code is another. */
    private static String module(int version) throws IOException {
        String text = Files.readString(MODULE).stripTrailing();
        return text.substring(0, text.length() - 1) + "(func (drop (i32.const " + version + "))))";
    }

    private void replace(String name, String text) throws IOException {
        Path written = Files.writeString(directory.resolve("next"), text);
        Files.move(written, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private int ask() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + server.port() + TestServer.CONTEXT + "/"))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hello");
        return Integer.parseInt(response.headers().firstValue("x-version").orElse("-1"));
    }

    @Test
    void failsNoRequestAndLeavesNothingBehind() throws Exception {
        reload(1);
        assumeTrue(Files.exists(MAPPINGS), "what is left behind is counted on Linux only");
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> running = startClients(clients);
            await().until(() -> answered.get() > CLIENTS);
            long mappings = lines(MAPPINGS);
            long descriptors = entries(DESCRIPTORS);
            for (int version = 2; version <= RELOADS; version++) {
                reload(version);
            }
            over.set(true);
            for (Future<?> one : running) {
                one.get(60, TimeUnit.SECONDS);
            }
            LOG.info("{} reloads, {} requests, none failed", RELOADS, answered);
            LOG.info(
                    "mappings {}, then {}; descriptors {}, then {}",
                    mappings,
                    lines(MAPPINGS),
                    descriptors,
                    entries(DESCRIPTORS));
            await().untilAsserted(() -> {
                assertThat(lines(MAPPINGS)).isLessThan(mappings + 200);
                assertThat(entries(DESCRIPTORS)).isLessThan(descriptors + 50);
            });
        } finally {
            over.set(true);
            clients.shutdownNow();
        }
        assertThat(host.plugins()).singleElement().satisfies(plugin -> {
            assertThat(plugin.instances()).isBetween(1, 2);
            assertThat(plugin.streams()).isZero();
            assertThat(plugin.count(PluginCounter.REFUSED)).isZero();
            assertThat(plugin.count(PluginCounter.TRAPS)).isZero();
        });
    }

    private void reload(int version) throws Exception {
        configure(version);
        assertThat(host.reload()).containsExactly("versioned");
        assertThat(ask()).isEqualTo(version);
    }

    /** Each sees versions in order: none comes back. */
    private List<Future<?>> startClients(ExecutorService clients) {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            running.add(clients.submit(() -> {
                for (int seen = 0; !over.get(); answered.incrementAndGet()) {
                    int version = ask();
                    assertThat(version).isGreaterThanOrEqualTo(seen);
                    seen = version;
                }
                return null;
            }));
        }
        return running;
    }

    private static long lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }
}
