package dev.proxywasm.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that the chain answers while their clients still write, over real sockets. */
class UnwantedBodyTest {

    private static final String POST = "POST / HTTP/1.1\r\nHost: localhost\r\n";
    private static final int PIECES = 20;
    private static final byte[] PIECE = new byte[10_000];

    /** Answers a body without reading it. */
    static final Handler IGNORANT = Applications.doing(
            (request, response, callback) -> Content.Sink.write(response, true, "application", callback));

    /** The plugin that acts in one phase, which lets the application be called as soon as something of the body has come. */
    static TestSite acting(String how, Handler application) throws Exception {
        return TestSite.of(
                application,
                "{name: phases, module: \"classpath:wat/phases.wat\", configuration: \"" + how
                        + "\", limits: {request-body-buffer: 0}}");
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** The answer of the chain, byte by byte: another may follow. */
    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            text.append((char) b);
            if (text.toString().endsWith("\r\n\r\ndenied")) {
                break;
            }
        }
        return text.toString();
    }

    /** In the head of the request, in its body, and in the place of the application's response. */
    @ParameterizedTest
    @CsvSource({"hr000, false", "hr000, true", "br000, false", "br000, true", "Hr000, false", "Hr000, true"})
    void doesNotKeepAClientThatWritesOnFromItsAnswer(String how, boolean chunked) throws Exception {
        String framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + PIECES * PIECE.length;
        try (TestSite site = acting(how, IGNORANT);
                Socket socket = site.connect()) {
            for (int request = 1; request <= 2; request++) {
                send(socket, POST + framing + "\r\n\r\n");
                for (int i = 0; i < PIECES; i++) {
                    send(socket, chunked ? "2710\r\n" : "");
                    socket.getOutputStream().write(PIECE);
                    send(socket, chunked ? "\r\n" : "");
                    long ended = request;
                    await().pollInterval(Duration.ofMillis(1))
                            .until(() -> site.counts().get("delete") == ended);
                }
                send(socket, chunked ? "0\r\n\r\n" : "");
                assertThat(answer(socket)).startsWith("HTTP/1.1 403").doesNotContain("close");
            }
            assertThat(site.filters.getExchanges()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hr000", "Hr000"})
    void answersAtOnceThoughTheRestNeverComes(String how) throws Exception {
        try (TestSite site = acting(how, IGNORANT);
                Socket socket = site.connect()) {
            send(socket, POST + "Content-Length: 100\r\n\r\nabc");
            assertThat(answer(socket)).endsWith("denied");
            await().until(() -> site.counts().get("delete") == 1 && site.filters.getActiveExchanges() == 0);
            assertThat(site.threads.getUtilizedThreads()).isZero();
        }
    }

    @Test
    void endsTheConnectionOfAClientThatFallsSilent() throws Exception {
        try (TestSite site = acting("hr000", IGNORANT)) {
            site.idleTimeoutMillis(100);
            try (Socket socket = site.connect()) {
                send(socket, POST + "Content-Length: 100\r\n\r\nabc");
                assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                        .endsWith("denied");
            }
        }
    }

    @Test
    void asksForNoBodyThatItDoesNotWant() throws Exception {
        try (TestSite site = acting("hr000", IGNORANT);
                Socket socket = site.connect()) {
            send(socket, POST + "Expect: 100-continue\r\nContent-Length: 100\r\n\r\n");
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 403")
                    .contains("Connection: close")
                    .endsWith("denied");
        }
    }

    @Test
    void dropsABodyThatItHasAskedForAndThenNotWanted() throws Exception {
        try (TestSite site = acting("br000", IGNORANT);
                Socket socket = site.connect()) {
            send(socket, POST + "Expect: 100-continue\r\nContent-Length: 6\r\n\r\n");
            assertThat(socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length()))
                    .startsWith("HTTP/1.1 100".getBytes(ISO_8859_1));
            send(socket, "abc");
            assertThat(answer(socket)).startsWith("HTTP/1.1 403").doesNotContain("close");
            send(socket, "def" + POST + "Content-Length: 3\r\n\r\nabc");
            assertThat(answer(socket)).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void saysThatTheConnectionEndsWithABodyThatIsTooLongToDrop() throws Exception {
        try (TestSite site = acting("hr000", IGNORANT);
                Socket socket = site.connect()) {
            send(socket, POST + "Content-Length: 1000000000\r\n\r\n");
            for (int i = 0; i < PIECES; i++) {
                socket.getOutputStream().write(PIECE);
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> site.counts().get("delete") == 1);
            }
            assertThat(answer(socket)).contains("Connection: close").endsWith("denied");
            assertThatThrownBy(() -> writeForEver(socket.getOutputStream())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void doesNotReadForEver() throws Exception {
        try (TestSite site = acting("hr000", IGNORANT);
                Socket socket = site.connect()) {
            send(socket, POST + "Transfer-Encoding: chunked\r\n\r\n3b9aca00\r\n");
            assertThat(answer(socket)).endsWith("denied");
            assertThatThrownBy(() -> writeForEver(socket.getOutputStream())).isInstanceOf(IOException.class);
        }
    }

    /** As far as a socket can be written; fails as a test does if that is too far. */
    private static void writeForEver(OutputStream out) throws IOException {
        for (int i = 0; i < 10_000; i++) {
            out.write(PIECE);
        }
    }

    @Test
    void keepsTheConnectionWhenAnOverruledApplicationFails() throws Exception {
        Handler failing = Applications.doing((request, response, callback) -> {
            response.write(true, Applications.bytes("application"), org.eclipse.jetty.util.Callback.NOOP);
            throw new IllegalStateException("the application fails, as the test wants");
        });
        try (TestSite site = acting("Hr000", failing);
                Socket socket = site.connect()) {
            for (int i = 0; i < 2; i++) {
                send(socket, POST + "Content-Length: 6\r\n\r\nabc");
                assertThat(answer(socket)).startsWith("HTTP/1.1 403").endsWith("denied");
                send(socket, "def");
            }
        }
    }

    @Test
    void leavesAnApplicationThatStillWaitsForTheBodyToJetty() throws Exception {
        Handler waiting = Applications.doing((request, response, callback) -> {
            request.read().release();
            request.demand(() -> {});
            Content.Sink.write(response, true, "application", callback);
        });
        try (TestSite site = acting("Hr000", waiting);
                Socket socket = site.connect()) {
            send(socket, POST + "Content-Length: 100\r\n\r\nabc");
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .endsWith("denied");
            await().until(() -> site.filters.getActiveExchanges() == 0);
        }
    }
}
