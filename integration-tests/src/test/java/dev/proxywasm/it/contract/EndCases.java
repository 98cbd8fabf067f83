package dev.proxywasm.it.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How exchanges end: well, with a client that leaves, with many others at the same time. */
public interface EndCases extends ContractCases {

    /** What a plugin logs at the end of an exchange. */
    List<String> END = List.of("done", "log", "delete");

    @Test
    default void tellsPluginsThatAnExchangeEndedOnce() throws Exception {
        try (GuestLog log = new GuestLog("witness")) {
            site().application(call -> call.print("application"));
            assertThat(site().get("/witness").body()).isEqualTo("application");
            await().untilAsserted(() -> assertThat(log.messages()).isEqualTo(END));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/witness/pause", "/witness/upload", "/witness/download"})
    default void tellsPluginsThatAnExchangeEndedWhoseClientLeft(String path) throws Exception {
        site().application(call -> {
            call.body().readAllBytes();
            byte[] chunk = new byte[64 * 1024];
            for (int i = 0; i < 1000; i++) {
                call.write(chunk);
                call.flush();
            }
        });
        try (GuestLog log = new GuestLog("witness")) {
            try (Socket socket = site().connect()) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream().write(leaving(path).getBytes(ISO_8859_1));
                if (path.endsWith("download")) {
                    assertThat(socket.getInputStream().read()).isEqualTo('H');
                } else {
                    await().until(() -> log.hasSeen("begin"));
                }
            }
            await().untilAsserted(() -> assertThat(log.messages()).endsWith("done", "log", "delete"));
            assertThat(log.messages()).containsOnlyOnce("done", "log", "delete");
        }
    }

    private static String leaving(String path) {
        int length = path.endsWith("upload") ? 1_000_000 : 3;
        return "POST /app" + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\nabc";
    }

    @Test
    default void cutsAResponseShortWhoseApplicationFails() throws Exception {
        site().application(call -> {
            call.print("begun");
            call.flush();
            throw new IllegalStateException("the application fails, as the test wants");
        });
        if (differs(Difference.FAILED_RESPONSE_ENDS_WELL)) {
            try {
                assertThat(site().get("/pass").body()).isEqualTo("begun");
            } catch (
                    IOException reset) { // Tomcat resets a stream of HTTP/2 behind its end, and the client may see that
                // first
                assertThat(reset).hasMessageContaining("RST_STREAM");
            }
        } else {
            assertThatThrownBy(() -> site().get("/pass")).isInstanceOf(IOException.class);
        }
    }

    @Test
    default void neverMixesUpTwoOf64Clients() throws Exception {
        site().application(call -> call.print(call.header("x-id")));
        ExecutorService clients = Executors.newFixedThreadPool(64);
        try {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int i = 0; i < 256; i++) {
                String id = "request-" + i;
                running.add(CompletableFuture.runAsync(() -> ask(id), clients));
            }
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).get();
        } finally {
            clients.shutdownNow();
        }
        assertThat(site().calls()).isEqualTo(256);
    }

    private void ask(String id) {
        try {
            HttpResponse<String> response =
                    site().send(site().request("/echo").header("x-id", id), BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(id);
            assertThat(response.headers().allValues("x-echo")).containsExactly(id);
            assertThat(response.headers().allValues("x-remembered")).containsExactly(id);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
