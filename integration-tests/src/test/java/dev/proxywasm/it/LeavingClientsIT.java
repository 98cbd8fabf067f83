package dev.proxywasm.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.it.contract.GuestLog;
import dev.proxywasm.it.contract.Plugins;
import dev.proxywasm.it.contract.Site;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that leave in the middle of an exchange: each is told to the plugins once, and nothing of it is left behind. */
class LeavingClientsIT {

    private static final ProxyWasmConfig PLUGINS = Plugins.of(
            """
            proxy-wasm:
              plugins:
                - {name: leavers, module: "classpath:wat/witness.wat", instances: 1}
                - {name: request, module: "classpath:wat/pause.wat", configuration: "never", instances: 1, limits: {pause-timeout: 500ms}, match: {paths: ["/app/request/*"]}}
                - {name: response, module: "classpath:wat/pause.wat", configuration: "response", instances: 1, match: {paths: ["/app/response/*"]}}
            """);

    private static final List<String> PHASES = List.of("/request", "/response", "/upload", "/download");

    private final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();

    @ParameterizedTest
    @EnumSource
    void leaveNothingBehind(HostedServer server) throws Exception {
        leave(server, 40);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void leaveNothingBehindByTheThousand(HostedServer server) throws Exception {
        leave(server, 1000);
    }

    private void leave(HostedServer server, int clients) throws Exception {
        try (ProxyWasm host = ProxyWasm.start(PLUGINS, getClass().getClassLoader());
                Site site = new Site((plugins, application) -> server.start(host, buffers, application), PLUGINS)) {
            site.application(call -> {
                call.body().readAllBytes();
                for (int i = 0; i < 1000; i++) {
                    call.write(new byte[64 * 1024]);
                    call.flush();
                }
            });
            countOne(site, host, server == HostedServer.JETTY_HANDLER ? 0 : 1);
            awaitNothingUnderWay(host);
            leave(site, clients);
            Leftovers first = awaitNothingUnderWay(host);
            leave(site, clients);
            Leftovers second = awaitNothingUnderWay(host);
            assertThat(second.instances()).isEqualTo(first.instances());
            assertThat(second.guestBytes()).isEqualTo(first.guestBytes());
            // Servers have threads and buffers of their own, of which there is one more at times, but never one for
            // each client.
            assertThat(second.threads()).isLessThan(first.threads() + clients / PHASES.size());
            assertThat(second.directBytes()).isLessThan(first.directBytes() + 1024 * 1024);
            site.application(call -> call.print("still there"));
            assertThat(site.get("/any").body()).isEqualTo("still there");
        }
        await().untilAsserted(() -> assertThat(buffers.getLeaks()).isEmpty());
    }

    /** That a client which waits for a plugin is counted: otherwise the numbers would prove nothing. */
    private static void countOne(Site site, ProxyWasm host, int heldThreads) throws IOException {
        try (Socket socket = site.connect()) {
            socket.getOutputStream().write(request("/request", 3));
            await().pollInterval(Duration.ofMillis(10)).untilAsserted(() -> {
                Leftovers now = Leftovers.of(host);
                assertThat(now.streams()).isEqualTo(2);
                assertThat(now.busyThreads()).isEqualTo(heldThreads);
            });
        }
    }

    private static Leftovers awaitNothingUnderWay(ProxyWasm host) {
        await().untilAsserted(() -> {
            Leftovers now = Leftovers.of(host);
            assertThat(now.streams()).isZero();
            assertThat(now.busyThreads()).isZero();
        });
        return Leftovers.of(host);
    }

    private static void leave(Site site, int clients) throws IOException {
        try (GuestLog log = new GuestLog("leavers")) {
            for (int i = 0; i < clients; i++) {
                leave(site, PHASES.get(i % PHASES.size()), log, i + 1);
            }
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                for (String end : List.of("begin", "done", "log", "delete")) {
                    assertThat(count(log.messages(), end)).as(end).isEqualTo(clients);
                }
            });
        }
    }

    private static int count(List<String> messages, String message) {
        return Collections.frequency(messages, message);
    }

    /** While a plugin pauses the request or the response, while the request's body comes, or while that of the response goes. */
    private static void leave(Site site, String path, GuestLog log, int number) throws IOException {
        int length = path.equals("/upload") ? 1_000_000 : 3;
        try (Socket socket = site.connect()) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(request(path, length));
            if (path.equals("/download")) {
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            } else {
                await().pollInterval(Duration.ofMillis(2)).until(() -> count(log.messages(), "begin") == number);
            }
        }
    }

    /** The head of a request, and three bytes of its body. */
    private static byte[] request(String path, int length) {
        return ("POST /app" + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\nabc")
                .getBytes(ISO_8859_1);
    }
}
