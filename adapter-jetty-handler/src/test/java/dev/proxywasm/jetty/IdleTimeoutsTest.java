package dev.proxywasm.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are idle for longer than Jetty bears, for reasons of a filter, of the client or of the handler below. */
class IdleTimeoutsTest {

    private static final int IDLE_MILLIS = 400;
    private static final String POST =
            "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 3\r\n\r\n";

    private static TestSite acting(String how, Handler application) throws Exception {
        TestSite site = TestSite.acting(how, application);
        // Classes load and code compiles before it is a matter of time.
        site.get("/", "Connection: close");
        site.idleTimeoutMillis(IDLE_MILLIS);
        return site;
    }

    private static String answer(TestSite site, String request) throws Exception {
        try (Socket socket = site.connect()) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    /** From 600 ms to 1.2 s. */
    @ParameterizedTest
    @ValueSource(strings = {"hp060", "bp060", "Hp060", "Bp060"})
    void doNotEndARequestThatAFilterPauses(String how) throws Exception {
        try (TestSite site = acting(how, Applications.echo())) {
            assertThat(answer(site, POST + "abc")).startsWith("HTTP/1.1 200").contains("abc");
        }
    }

    @Test
    void endARequestWhoseClientIsSilent() throws Exception {
        try (TestSite site = acting("bn000", Applications.echo())) {
            assertThat(answer(site, POST + "ab")).startsWith("HTTP/1.1 408");
        }
    }

    /** Also if a filter has paused it before. */
    @ParameterizedTest
    @ValueSource(strings = {"hn000", "hp060"})
    void areLeftToAHandlerBelowThatListens(String how) throws Exception {
        AtomicInteger timeouts = new AtomicInteger();
        Handler listening = Applications.doing((request, response, callback) -> {
            if (request.getMethod().equals("GET")) {
                callback.succeeded();
                return;
            }
            request.addIdleTimeoutListener(timeout -> {
                if (timeouts.incrementAndGet() == 2) {
                    Content.Sink.write(response, true, "late", callback);
                }
                return false;
            });
        });
        try (TestSite site = acting(how, listening)) {
            assertThat(answer(site, POST + "abc")).startsWith("HTTP/1.1 200").endsWith("late");
        }
    }
}
