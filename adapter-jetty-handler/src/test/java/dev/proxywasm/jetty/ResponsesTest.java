package dev.proxywasm.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** What becomes of a handler's responses on their way through the chain, in memory. */
class ResponsesTest {

    private static final String ADDS = TestSite.header("2+x-added: of a filter");

    private static String answerOf(Applications.Action action, String... plugins) throws Exception {
        try (TestSite site = TestSite.of(Applications.doing(action), plugins)) {
            return site.get("/");
        }
    }

    @Test
    void completesAResponseThatTheHandlerDidNotWrite() throws Exception {
        String response = answerOf((q, p, callback) -> callback.succeeded(), ADDS);
        assertThat(response).startsWith("HTTP/1.1 200").contains("x-added: of a filter");
    }

    @Test
    void completesAResponseThatTheHandlerDidNotEnd() throws Exception {
        String response = answerOf(
                (q, p, callback) -> p.write(false, Applications.bytes("part"), Callback.from(callback::succeeded)),
                ADDS);
        assertThat(response).startsWith("HTTP/1.1 200").contains("part").endsWith("0\r\n\r\n");
    }

    @Test
    void takesASecondEmptyLastWrite() throws Exception {
        String response = answerOf(
                (q, p, callback) ->
                        p.write(true, Applications.bytes("all"), Callback.from(() -> p.write(true, null, callback))),
                ADDS);
        assertThat(response).contains("Content-Length: 3").endsWith("all");
    }

    @Test
    void refusesASecondWriteWhileOneIsUnderWay() throws Exception {
        String response = answerOf(
                (q, p, callback) -> {
                    p.write(false, ByteBuffer.allocate(10_000_000), Callback.NOOP);
                    p.write(false, Applications.bytes("more"), Callback.from(() -> {}, callback::failed));
                },
                "{name: hold, module: \"classpath:wat/phases.wat\", configuration: \"Hp010\"}");
        assertThat(response).startsWith("HTTP/1.1 500").contains("WritePending");
    }

    @Test
    void sendsTheErrorOfAHandlerThatThrowsThroughTheChain() throws Exception {
        String response = answerOf(
                (q, p, callback) -> {
                    throw new IllegalStateException("the handler fails, as the test wants");
                },
                ADDS);
        assertThat(response).startsWith("HTTP/1.1 500").contains("x-added: of a filter", "the handler fails");
    }

    @Test
    void sendsTheErrorOfAHandlerThatFailsThroughTheChain() throws Exception {
        String response =
                answerOf((q, p, callback) -> callback.failed(new IllegalStateException("fails, as wanted")), ADDS);
        assertThat(response).startsWith("HTTP/1.1 500").contains("x-added: of a filter");
    }

    /** The page is the answer: for the handlers above, the request has not failed. */
    @Test
    void succeedsWithTheErrorPageOfAHandlerThatFails() throws Exception {
        CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();
        Handler failing =
                Applications.doing((q, p, callback) -> callback.failed(new IllegalStateException("as the test wants")));
        try (TestSite site = TestSite.of(failing, ADDS)) {
            site.server.stop();
            site.server.setHandler(new Handler.Wrapper(site.filters) {
                @Override
                public boolean handle(Request request, Response response, Callback callback) throws Exception {
                    Callback seen = Callback.from(
                            () -> end.complete(Optional.empty()), cause -> end.complete(Optional.of(cause)));
                    return super.handle(request, response, Callback.combine(seen, callback));
                }
            });
            site.server.start();
            assertThat(site.get("/")).startsWith("HTTP/1.1 500").contains("x-added: of a filter");
        }
        assertThat(end.get(20, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void sendsAnErrorPageOfTheHandlerThroughTheChain() throws Exception {
        String response = answerOf((q, p, callback) -> Response.writeError(q, p, callback, 418, "a teapot"), ADDS);
        assertThat(response).startsWith("HTTP/1.1 418").contains("x-added: of a filter", "a teapot");
    }

    @Test
    void cutsAResponseWhoseHandlerFailsTooLate() throws Exception {
        String response = answerOf(
                (q, p, callback) -> p.write(
                        false,
                        Applications.bytes("part"),
                        Callback.from(() -> callback.failed(new IllegalStateException("fails, as wanted")))),
                ADDS);
        assertThat(response).startsWith("HTTP/1.1 200").doesNotEndWith("0\r\n\r\n");
    }

    @Test
    void leavesARequestToTheNextHandlerThatItsOwnDoesNotAccept() throws Exception {
        Handler accepting = Applications.saying("next");
        Handler refusing = new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                return false;
            }
        };
        try (TestSite site = TestSite.of(refusing, ADDS)) {
            site.server.stop();
            site.server.setHandler(new Handler.Sequence(site.filters, accepting));
            site.server.start();
            assertThat(site.get("/", "Connection: close")).endsWith("next").doesNotContain("x-added");
        }
    }

    @Test
    void removesWhatJettyItselfHasAdded() throws Exception {
        String response = answerOf(
                (q, p, callback) -> Content.Sink.write(p, true, "application", callback),
                TestSite.header("2-server"),
                TestSite.header("2-date"));
        assertThat(response).doesNotContain("Server:").doesNotContain("Date:");
    }

    @Test
    void keepsCookiesAndRepeatedHeaders() throws Exception {
        String response = answerOf(
                (q, p, callback) -> {
                    Response.addCookie(p, HttpCookie.build("one", "1").build());
                    Response.addCookie(p, HttpCookie.build("two", "2").build());
                    p.getHeaders().add("X-Two", "a").add("X-Two", "b");
                    callback.succeeded();
                },
                ADDS);
        assertThat(response).contains("Set-Cookie: one=1", "Set-Cookie: two=2", "X-Two: a\r\nX-Two: b");
    }

    @Test
    void passesEarlyHints() throws Exception {
        Handler hinting = Applications.doing((q, p, callback) -> {
            p.writeInterim(103, HttpFields.from(new HttpField("Link", "</a.css>")))
                    .get(5, TimeUnit.SECONDS);
            Content.Sink.write(p, true, "application", callback);
        });
        try (TestSite site = TestSite.of(hinting, ADDS);
                Socket socket = site.connect()) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 103")
                    .contains("Link: </a.css>", "HTTP/1.1 200", "x-added: of a filter")
                    .endsWith("application");
        }
    }

    @Test
    void forgetsWhatTheHandlerResets() throws Exception {
        String response = answerOf(
                (q, p, callback) -> {
                    p.setStatus(418);
                    p.getHeaders().put("X-Gone", "1");
                    p.reset();
                    Content.Sink.write(p, true, "kept", callback);
                },
                ADDS);
        assertThat(response).startsWith("HTTP/1.1 200").doesNotContain("X-Gone").endsWith("kept");
    }

    @Test
    void sendsNoBodyWithAStatusOfAFilterThatHasNone() throws Exception {
        String response = answerOf(
                (q, p, callback) -> Content.Sink.write(p, true, "application", callback),
                TestSite.header("2=:status: 204"));
        assertThat(response).startsWith("HTTP/1.1 204").endsWith("\r\n\r\n").doesNotContain("Content-Length");
    }

    @Test
    void keepsWhatHandlersAboveHaveSetWhenTheChainAnswers() throws Exception {
        Handler below = Applications.doing((q, p, callback) -> {
            p.getHeaders().put("X-Secret", "of the application");
            Content.Sink.write(p, true, "application", callback);
        });
        try (TestSite site = TestSite.acting("Hr000", below)) {
            site.server.stop();
            site.server.setHandler(new Handler.Wrapper(site.filters) {
                @Override
                public boolean handle(Request request, Response response, Callback callback) throws Exception {
                    response.getHeaders().put(HttpHeader.VARY, "of a handler above");
                    return super.handle(request, response, callback);
                }
            });
            site.server.start();
            assertThat(site.get("/", "Connection: close"))
                    .startsWith("HTTP/1.1 403")
                    .contains("Vary: of a handler above", "Server:", "Content-Length: 6")
                    .doesNotContain("X-Secret")
                    .endsWith("denied");
        }
    }
}
