package dev.proxywasm.internal.module;

import static dev.proxywasm.internal.module.http.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpHandler;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.internal.module.http.ScriptedServer;
import dev.proxywasm.internal.module.source.Sha256;
import dev.proxywasm.testing.ForkedJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One cache and several processes, some of which are killed. */
class SharedCacheTest {

    private static final byte[] MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final String FETCHED = "fetched " + Sha256.of(MODULE);

    private final ScriptedServer server = new ScriptedServer();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        server.close();
    }

    private Path cache() {
        return directory.resolve("cache");
    }

    private Process process(String what) throws IOException {
        return ForkedJvm.shortLived(PullScenario.class)
                .start(
                        directory,
                        what,
                        cache().toString(),
                        server.uri("/x.wasm").toString());
    }

    private static BufferedReader begun(Process process) throws IOException {
        BufferedReader output = process.inputReader(UTF_8);
        assertThat(output.readLine()).isEqualTo("begin");
        return output;
    }

    @Test
    void twoProcessesThatStartTogetherFetchOnce() throws Exception {
        CountDownLatch bothRun = new CountDownLatch(1);
        server.on("/x.wasm", exchange -> {
            reached(bothRun);
            answer(200, MODULE).handle(exchange);
        });
        Process one = process(PullScenario.FETCH);
        Process other = process(PullScenario.FETCH);
        try (BufferedReader first = begun(one);
                BufferedReader second = begun(other)) {
            bothRun.countDown();
            assertThat(first.lines()).endsWith(FETCHED);
            assertThat(second.lines()).endsWith(FETCHED);
        }
        assertThat(server.requests()).containsExactly("GET /x.wasm");
    }

    private static void reached(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void aProcessThatIsKilledWhileItFetchesLeavesNothingWrong() throws Exception {
        CountDownLatch underWay = new CountDownLatch(1);
        HttpHandler stalling = server.stalling(MODULE);
        server.on(
                "/x.wasm",
                exchange -> {
                    underWay.countDown();
                    stalling.handle(exchange);
                },
                answer(200, MODULE));
        Process process = process(PullScenario.FETCH);
        reached(underWay);
        process.destroyForcibly().waitFor();
        assertThat(files("modules")).isEmpty();
        PluginConfig plugin =
                PluginConfig.builder("p", server.uri("/x.wasm").toString()).build();
        assertThat(PullScenario.loader(cache()).load(plugin).binary()).isEqualTo(MODULE);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aProcessThatIsKilledWhileItWritesLeavesNothingWrong() throws Exception {
        for (int kill = 0; kill < 3; kill++) {
            int before = files("modules").size();
            Process process = process(PullScenario.WRITE);
            begun(process);
            int wanted = before + 2 + kill;
            await().pollInterval(Duration.ofMillis(1 + kill))
                    .until(() -> files("modules").size() >= wanted);
            process.destroyForcibly().waitFor();
        }
        for (Path file : files("modules")) {
            String name = file.getFileName().toString();
            assertThat(name.endsWith(".tmp") || name.equals(Sha256.of(Files.readAllBytes(file))))
                    .as(name)
                    .isTrue();
        }
        server.on("/x.wasm", answer(200, MODULE));
        PluginConfig plugin =
                PluginConfig.builder("p", server.uri("/x.wasm").toString()).build();
        assertThat(PullScenario.loader(cache()).load(plugin).binary()).isEqualTo(MODULE);
    }

    private List<Path> files(String name) throws IOException {
        Path folder = cache().resolve(name);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
