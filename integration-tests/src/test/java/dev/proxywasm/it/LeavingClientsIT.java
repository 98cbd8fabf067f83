package dev.proxywasm.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.it.contract.GuestLog;
import dev.proxywasm.it.contract.Plugins;
import dev.proxywasm.it.contract.Site;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand clients that leave in the middle of an exchange: each is told to the plugins once, and the server goes on. */
@Tag("long")
class LeavingClientsIT {

    private static final int CLIENTS = 1000;

    @ParameterizedTest
    @EnumSource(ServletServer.class)
    void losesNothing(ServletServer server) throws Exception {
        try (Site site = new Site(
                        server.starter(),
                        Plugins.of(
                                """
                proxy-wasm:
                  plugins:
                    - {name: leavers, module: "classpath:wat/witness.wat", instances: 2}
                    - {name: pause, module: "classpath:wat/pause.wat", configuration: "never", limits: {pause-timeout: 200ms}, match: {paths: ["/app/pause/*"]}}
                """));
                GuestLog log = new GuestLog("leavers")) {
            site.application(call -> {
                call.body().readAllBytes();
                for (int i = 0; i < 1000; i++) {
                    call.write(new byte[64 * 1024]);
                    call.flush();
                }
            });
            for (int i = 0; i < CLIENTS; i++) {
                leave(site, i % 3, log, i + 1);
            }
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(count(log.messages(), "delete"))
                    .isEqualTo(count(log.messages(), "begin"))
                    .isEqualTo(CLIENTS));
            assertThat(count(log.messages(), "done")).isEqualTo(CLIENTS);
            assertThat(count(log.messages(), "log")).isEqualTo(CLIENTS);
            site.application(call -> call.print("still there"));
            assertThat(site.get("/any").body()).isEqualTo("still there");
        }
    }

    private static int count(List<String> messages, String message) {
        return Collections.frequency(messages, message);
    }

    /** In one of three phases: a pause, the request's body, the response's body. */
    private static void leave(Site site, int phase, GuestLog log, int number) throws IOException {
        String path = phase == 0 ? "/pause" : "/other";
        int length = phase == 1 ? 1_000_000 : 3;
        try (Socket socket = site.connect()) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write(("POST /app" + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length
                                    + "\r\n\r\nabc")
                            .getBytes(ISO_8859_1));
            if (phase == 2) {
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            } else {
                await().pollInterval(Duration.ofMillis(2)).until(() -> count(log.messages(), "begin") == number);
            }
        }
    }
}
