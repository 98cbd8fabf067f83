package dev.proxywasm.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many clients that wait for a filter, for two seconds at least, on a server of few threads. */
class ManyPausesTest {

    private static final int CLIENTS = 250;

    @Test
    void holdNoThread() throws Exception {
        String pausing = "{name: pausing, module: \"classpath:wat/phases.wat\", configuration: \"hp200\","
                + " instances: 1, match: {paths: [\"/pause\"]}}";
        try (TestSite site = TestSite.of(Applications.saying("application"), pausing)) {
            assertThat(site.threads.getMaxThreads()).isEqualTo(16);
            assertThat(get(site, "/warm-up")).endsWith("application");
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Socket socket = site.connect();
                send(socket, "/pause");
                waiting.add(socket);
            }
            await().until(() -> site.filters.getPausedExchanges() == CLIENTS);
            List<Long> others = new ArrayList<>();
            while (site.filters.getPausedExchanges() > 0) {
                long start = System.nanoTime();
                assertThat(get(site, "/other")).endsWith("application");
                others.add((System.nanoTime() - start) / 1_000_000);
            }
            Collections.sort(others);
            System.out.println("While 250 clients were paused, " + others.size() + " others were answered; 95 % within "
                    + others.get(others.size() * 95 / 100) + " ms, all within " + others.get(others.size() - 1)
                    + " ms");
            assertThat(others).hasSizeGreaterThan(10);
            assertThat(others.get(others.size() * 95 / 100)).isLessThan(100);
            for (Socket socket : waiting) {
                assertThat(answer(socket)).endsWith("application");
            }
        }
    }

    private static String get(TestSite site, String path) throws Exception {
        Socket socket = site.connect();
        send(socket, path);
        return answer(socket);
    }

    private static void send(Socket socket, String path) throws Exception {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    }

    private static String answer(Socket socket) throws Exception {
        try (socket) {
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
