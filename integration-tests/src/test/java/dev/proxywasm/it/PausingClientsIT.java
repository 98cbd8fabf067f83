package dev.proxywasm.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.it.contract.Plugins;
import dev.proxywasm.it.contract.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Many clients that wait in a plugin, and go on all at once, hold nobody else back where the container has virtual threads. */
class PausingClientsIT {

    private static final int CLIENTS = 250;
    private static final int PAUSE_SECONDS = 2;

    private final CountDownLatch arriving = new CountDownLatch(CLIENTS);
    private final Queue<HttpExchange> held = new ConcurrentLinkedQueue<>();

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads come with Java 21")
    void holdNobodyBack() throws Exception {
        HttpServer upstream = holdingUpstream();
        try (Site site = new Site(
                TomcatServer::onVirtualThreads, plugins(upstream.getAddress().getPort()))) {
            site.application(call -> call.print(call.header("x-resumed-by")));
            for (int i = 0; i < 200; i++) {
                site.get("/other");
            }
            CompletableFuture<List<String>> paused = pause(site);
            assertThat(arriving.await(20, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> answered = CompletableFuture.runAsync(
                    this::answerAll, CompletableFuture.delayedExecutor(PAUSE_SECONDS, TimeUnit.SECONDS));
            List<Long> others = new ArrayList<>();
            while (!paused.isDone()) {
                long start = System.nanoTime();
                assertThat(site.get("/other").body()).isEqualTo("null");
                others.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            }
            answered.join();
            assertThat(paused.join()).hasSize(CLIENTS).containsOnly("callout");
            checkTimes(others);
        } finally {
            upstream.stop(0);
        }
    }

    /** In milliseconds. */
    private static void checkTimes(List<Long> others) {
        Collections.sort(others);
        long most = others.get(others.size() * 95 / 100);
        long slowest = others.get(others.size() - 1);
        System.out.println("While " + CLIENTS + " clients were paused, " + others.size()
                + " others were answered; 95 % within " + most + " ms, all within " + slowest + " ms");
        assertThat(others).hasSizeGreaterThan(20);
        assertThat(most).isLessThan(100);
        assertThat(slowest).isLessThan(1000);
    }

    private static ProxyWasmConfig plugins(int port) {
        return Plugins.of(
                """
                proxy-wasm:
                  upstreams: {upstream: {uri: "http://localhost:%d"}}
                  plugins:
                    - {name: callout, module: "classpath:wat/callout.wat", match: {paths: ["/app/callout/*"]}}
                """
                        .formatted(port));
    }

    /** Answers nobody before {@link #answerAll}. */
    private HttpServer holdingUpstream() throws IOException {
        HttpServer upstream = HttpServer.create(new InetSocketAddress("localhost", 0), CLIENTS);
        upstream.createContext("/", exchange -> {
            held.add(exchange);
            arriving.countDown();
        });
        upstream.start();
        return upstream;
    }

    private void answerAll() {
        for (HttpExchange exchange : held) {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static CompletableFuture<List<String>> pause(Site site) {
        HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
        List<CompletableFuture<String>> paused = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            paused.add(client.sendAsync(site.request("/callout").build(), BodyHandlers.ofString())
                    .thenApply(HttpResponse::body));
        }
        return CompletableFuture.allOf(paused.toArray(CompletableFuture[]::new))
                .thenApply(all -> paused.stream().map(CompletableFuture::join).toList());
    }
}
