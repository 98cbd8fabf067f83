package dev.proxywasm.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.http.Outcome;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.Cookie;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the filter does on every server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class ProxyWasmFilterContract {

    private static final int MEBIBYTE = 1024 * 1024;

    private TestServer server;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        server = newServer(directory);
    }

    /** Starts the server, with nothing behind the filter yet. */
    abstract TestServer newServer(Path directory) throws Exception;

    @AfterAll
    void stop() throws Exception {
        server.stop();
    }

    @BeforeEach
    void beginAnew() {
        server.host.streams.clear();
        server.host.script = new Script();
        server.applicationFailure.set(null);
    }

    @AfterEach
    void everyStreamWasUsedAsThePortSaysAndClosedOnce() {
        await().untilAsserted(() -> assertThat(server.host.streams)
                .allSatisfy(stream -> assertThat(stream.closes).hasValue(1)));
        assertThat(server.host.streams)
                .allSatisfy(stream -> assertThat(stream.violations).isEmpty());
    }

    private Script script() {
        return server.host.script;
    }

    private List<String> events() {
        ScriptedStream stream = server.host.stream();
        await().until(() -> stream.closes.get() > 0);
        return stream.events;
    }

    @Test
    void passesARequestThatNoFilterTouches() throws Exception {
        server.application = (request, response) -> response.getWriter().print("hello");
        HttpResponse<String> response = server.get("/a?b=c");
        assertThat(response.body()).isEqualTo("hello");
        assertThat(response.headers().firstValue("content-length")).hasValue("5");
        assertThat(events()).containsExactly("requestHeaders(end)", "responseHeaders", "close");
    }

    @Test
    void showsTheChainPseudoHeadersFirstAndNoHost() throws Exception {
        List<String> seen = new ArrayList<>();
        script().onRequestHeaders(headers -> {
            headers.forEach((name, value) -> seen.add(name + "=" + value));
            return Outcome.FORWARD;
        });
        server.get("/a%20b?q=%41");
        assertThat(seen.subList(0, 4))
                .containsExactly(
                        ":authority=localhost:" + server.port(),
                        ":path=/app/a%20b?q=%41",
                        ":method=GET",
                        ":scheme=http");
        assertThat(seen).noneMatch(pair -> pair.startsWith("host="));
    }

    @Test
    void changesHeadersBothWays() throws Exception {
        script().onRequestHeaders(headers -> {
            headers.add("x-added", "1");
            headers.add("x-added", "2");
            headers.remove("user-agent");
            return Outcome.FORWARD;
        });
        script().onResponseHeaders(headers -> {
            headers.add("x-some-extra-header", "value");
            headers.remove("x-secret");
            headers.set(":status", "202");
            return Outcome.FORWARD;
        });
        server.application = (request, response) -> {
            response.setHeader("X-Secret", "s");
            response.setHeader("X-Seen", String.join(",", Collections.list(request.getHeaders("X-Added"))));
            response.setHeader("X-Agent", String.valueOf(request.getHeader("User-Agent")));
            response.setHeader("X-Host", request.getHeader("Host"));
        };
        HttpResponse<String> response = server.get("/");
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("x-some-extra-header")).hasValue("value");
        assertThat(response.headers().firstValue("x-secret")).isEmpty();
        assertThat(response.headers().firstValue("x-seen")).hasValue("1,2");
        assertThat(response.headers().firstValue("x-agent")).hasValue("null");
        assertThat(response.headers().firstValue("x-host")).hasValue("localhost:" + server.port());
    }

    @Test
    void answersInsteadOfTheApplication() throws Exception {
        script().onRequestHeaders(headers -> Script.reply(403, "no key"));
        script().responseBodies(Script.Bodies.STREAMED, bytes -> bytes);
        server.application = (request, response) -> {
            throw new AssertionError("the application ran");
        };
        HttpResponse<String> response = server.get("/private");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("no key");
        assertThat(events()).containsExactly("requestHeaders(end)", "responseHeaders", "responseBody(end)", "close");
    }

    @Test
    void answersInsteadOfTheApplicationsResponse() throws Exception {
        AtomicReference<Boolean> first = new AtomicReference<>(true);
        script().onResponseHeaders(headers -> first.getAndSet(false) ? Script.reply(418, "teapot") : Outcome.FORWARD);
        server.application = (request, response) -> {
            response.setHeader("x-application", "yes");
            response.getWriter().print("secret");
        };
        HttpResponse<String> response = server.get("/");
        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.body()).isEqualTo("teapot");
        assertThat(response.headers().firstValue("x-application")).isEmpty();
    }

    @Test
    void answersWhileTheApplicationReads() throws Exception {
        script().requestBodies(Script.Bodies.STREAMED, bytes -> bytes).requestBodyBuffer = 1000;
        byte[] body = new byte[100_000];
        body[99_999] = 'x';
        script().requestChunk =
                chunk -> chunk[chunk.length - 1] == 'x' ? Script.reply(400, "no x please") : Outcome.FORWARD;
        server.application = (request, response) -> {
            response.getWriter().print(request.getInputStream().readAllBytes().length);
        };
        HttpResponse<String> response = server.send(server.request("/").POST(BodyPublishers.ofByteArray(body)));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("no x please");
        assertThat(server.applicationFailure.get()).isInstanceOf(AnsweredByChainException.class);
    }

    @Test
    void waitsUntilAFilterResumes() throws Exception {
        ManualWait wait = new ManualWait();
        script().onRequestHeaders(headers -> wait);
        server.application = (request, response) -> response.getWriter().print("resumed");
        Thread resumer = new Thread(() -> wait.resume(Outcome.FORWARD));
        wait.onAwait = resumer::start;
        assertThat(server.get("/").body()).isEqualTo("resumed");
        resumer.join();
    }

    @Test
    void refusesWhenTheThreadIsInterruptedWhileItWaits() throws Exception {
        ManualWait wait = new ManualWait();
        wait.onAwait = () -> Thread.currentThread().interrupt();
        script().onRequestHeaders(headers -> wait);
        assertThat(server.get("/").statusCode()).isEqualTo(503);
    }

    @Test
    void abortsWith503BeforeTheResponseBegan() throws Exception {
        script().onResponseHeaders(headers -> new Outcome.Abort("scripted"));
        server.application = (request, response) -> response.getWriter().print("never seen");
        HttpResponse<String> response = server.get("/");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, UNSEEN",
        "1, UNSEEN",
        "1048576, UNSEEN",
        "20971520, UNSEEN",
        "0, STREAMED",
        "1, STREAMED",
        "1048575, STREAMED",
        "1048576, STREAMED",
        "20971520, STREAMED",
        "0, HELD",
        "1, HELD",
        "1048576, HELD"
    })
    void carriesBodiesOfAnySizeBothWays(int size, Script.Bodies bodies) throws Exception {
        script().requestBodies(bodies, bytes -> bytes).responseBodies(bodies, bytes -> bytes);
        byte[] body = new byte[size];
        new Random(size).nextBytes(body);
        server.application = (request, response) -> {
            response.setHeader("x-length", Long.toString(request.getContentLengthLong()));
            // Not at once: this client answers nothing to a server that answers before it has read the request.
            byte[] all = request.getInputStream().readAllBytes();
            for (int at = 0; at < all.length; at += 10_000) {
                response.getOutputStream().write(all, at, Math.min(10_000, all.length - at));
            }
        };
        HttpResponse<byte[]> response =
                server.send(server.request("/").POST(BodyPublishers.ofByteArray(body)), BodyHandlers.ofByteArray());
        assertThat(response.body()).isEqualTo(body);
        if (size <= MEBIBYTE) {
            assertThat(response.headers().firstValue("x-length")).hasValue(Integer.toString(size));
        }
    }

    @Test
    void replacesBodiesBothWays() throws Exception {
        script().requestBodies(Script.Bodies.HELD, bytes -> "replaced request".getBytes(StandardCharsets.UTF_8));
        script().responseBodies(Script.Bodies.HELD, bytes -> upperCase(bytes));
        server.application = (request, response) -> {
            response.setHeader("x-length", Long.toString(request.getContentLengthLong()));
            response.getWriter().print(request.getReader().readLine());
        };
        HttpResponse<String> response = server.send(server.request("/").POST(BodyPublishers.ofString("x")));
        assertThat(response.body()).isEqualTo("REPLACED REQUEST");
        assertThat(response.headers().firstValue("content-length")).hasValue("16");
        assertThat(response.headers().firstValue("x-length")).hasValue("16");
    }

    private static byte[] upperCase(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8)
                .toUpperCase(Locale.ROOT)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void sendsNoBodyToHeadButItsLength() throws Exception {
        script().responseBodies(Script.Bodies.STREAMED, bytes -> bytes);
        server.application = (request, response) -> response.getOutputStream().print("12345");
        HttpResponse<String> response = server.send(server.request("/").method("HEAD", BodyPublishers.noBody()));
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("content-length")).hasValue("5");
        assertThat(events()).containsExactly("requestHeaders(end)", "responseHeaders(end)", "close");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 205, 304})
    void sendsNoBodyWithStatusesThatHaveNone(int status) throws Exception {
        script().responseBodies(Script.Bodies.STREAMED, bytes -> bytes);
        server.application = (request, response) -> {
            response.setStatus(status);
            response.getOutputStream().print("dropped");
        };
        HttpResponse<String> response = server.get("/");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEmpty();
        assertThat(events()).contains("responseHeaders(end)").doesNotContain("responseBody(end)");
    }

    @Test
    void showsTheChainARedirect() throws Exception {
        AtomicReference<String> status = new AtomicReference<>();
        script().onResponseHeaders(headers -> {
            status.set(headers.get(":status"));
            headers.add("x-seen", headers.get("location"));
            return Outcome.FORWARD;
        });
        server.application = (request, response) -> response.sendRedirect("/elsewhere");
        HttpResponse<String> response = server.get("/");
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(status).hasValue("302");
        assertThat(response.headers().firstValue("location")).hasValue("/elsewhere");
        assertThat(response.headers().firstValue("x-seen")).hasValue("/elsewhere");
    }

    @Test
    void showsTheChainAnErrorAndSendsItsHeadersWithTheContainersPage() throws Exception {
        AtomicReference<String> status = new AtomicReference<>();
        script().onResponseHeaders(headers -> {
            status.set(headers.get(":status"));
            headers.add("x-some-extra-header", "value");
            return Outcome.FORWARD;
        });
        server.application = (request, response) -> {
            response.getWriter().print("dropped");
            response.sendError(404, "nothing here");
        };
        HttpResponse<String> response = server.get("/");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(status).hasValue("404");
        assertThat(response.headers().firstValue("x-some-extra-header")).hasValue("value");
        assertThat(response.body()).contains("404").doesNotContain("dropped");
    }

    @Test
    void rethrowsTheApplicationsExceptionAfterTheChainSawTheFailure() throws Exception {
        AtomicReference<String> status = new AtomicReference<>();
        script().onResponseHeaders(headers -> {
            status.set(headers.get(":status"));
            headers.add("x-some-extra-header", "value");
            return Outcome.FORWARD;
        });
        server.application = (request, response) -> {
            throw new IllegalStateException("application failed");
        };
        HttpResponse<String> response = server.get("/");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(status).hasValue("500");
        assertThat(response.headers().firstValue("x-some-extra-header")).hasValue("value");
    }

    @ParameterizedTest
    @EnumSource(Script.Bodies.class)
    void readsAFormWhoeverConsumedIt(Script.Bodies bodies) throws Exception {
        script().requestBodies(bodies, bytes -> bytes);
        server.application = (request, response) -> {
            response.setCharacterEncoding("UTF-8");
            response.getWriter()
                    .print(String.join("|", request.getParameterValues("a"))
                            + " "
                            + Collections.list(request.getParameterNames())
                            + request.getInputStream().read());
        };
        HttpResponse<String> response = server.send(server.request("/?a=query&b=%C3%A9")
                .header("content-type", "application/x-www-form-urlencoded;charset=UTF-8")
                .POST(BodyPublishers.ofString("a=%C3%A4+b&c=&%")));
        assertThat(response.body()).startsWith("query|ä b [a, b, c").endsWith("]-1");
    }

    @Test
    void readsTheParametersOfAChangedQuery() throws Exception {
        script().onRequestHeaders(headers -> {
            headers.set(":path", "/app/x?b=new");
            return Outcome.FORWARD;
        });
        server.application = (request, response) -> response.getWriter()
                .print(request.getQueryString() + " " + request.getParameter("a") + request.getParameter("b"));
        assertThat(server.get("/x?a=old").body()).isEqualTo("b=new nullnew");
    }

    @Test
    void forwardsToAChangedPathAndShowsMethodAndAuthority() throws Exception {
        script().onRequestHeaders(headers -> {
            headers.set(":path", "/app/new/place?b=2");
            headers.set(":method", "PUT");
            headers.set(":authority", "other.example:8443");
            headers.set(":scheme", "https");
            return Outcome.FORWARD;
        });
        server.application = (request, response) -> response.getWriter()
                .print(String.join(
                        " ",
                        request.getDispatcherType().name(),
                        request.getMethod(),
                        request.getRequestURI(),
                        request.getPathInfo(),
                        request.getQueryString(),
                        request.getParameter("b"),
                        request.getServerName(),
                        Integer.toString(request.getServerPort()),
                        Boolean.toString(request.isSecure()),
                        request.getRequestURL()));
        assertThat(server.get("/old?a=1").body())
                .isEqualTo("FORWARD PUT /app/new/place /new/place b=2 2 other.example 8443 true "
                        + "https://other.example:8443/app/new/place");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/app/WEB-INF/web.xml", "/app/%57eb-inf;x/a", "/app//WEB-INF/a", "/app/a/../WEB-INF/x", "/other"
            })
    void forwardsToNothingThatAClientMustNotSee(String path) throws Exception {
        script().onRequestHeaders(headers -> {
            headers.set(":path", path);
            return Outcome.FORWARD;
        });
        server.application = (request, response) -> response.getWriter().print("leaked");
        assertThat(server.get("/x").statusCode()).isEqualTo(404);
    }

    @Test
    void showsTheChainCookiesAndTheApplicationTheChangedOnes() throws Exception {
        List<String> set = new ArrayList<>();
        script().onRequestHeaders(headers -> {
            headers.set("cookie", headers.get("cookie") + "; added=2");
            return Outcome.FORWARD;
        });
        script().onResponseHeaders(headers -> {
            set.addAll(headers.getAll("set-cookie"));
            return Outcome.FORWARD;
        });
        server.application = (request, response) -> {
            for (Cookie cookie : request.getCookies()) {
                Cookie back = new Cookie(cookie.getName(), cookie.getValue());
                back.setPath("/app");
                back.setHttpOnly(true);
                back.setAttribute("SameSite", "Lax");
                response.addCookie(back);
            }
            request.getSession();
        };
        HttpResponse<String> response = server.send(server.request("/").header("cookie", "first=1"));
        assertThat(set).hasSize(3).contains("first=1; HttpOnly; Path=/app; SameSite=Lax");
        assertThat(response.headers().allValues("set-cookie")).containsExactlyInAnyOrderElementsOf(set);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNSEEN", "STREAMED"})
    void sendsEachFlushedPartBeforeTheNextIsWritten(Script.Bodies bodies) throws Exception {
        script().responseBodies(bodies, bytes -> bytes);
        CountDownLatch received = new CountDownLatch(1);
        server.application = (request, response) -> {
            response.setContentType("text/event-stream");
            response.getWriter().print("data: 1\n\n");
            response.flushBuffer();
            awaitLatch(received);
            response.getWriter().print("data: 2\n\n");
            response.getWriter().flush();
        };
        HttpResponse<InputStream> response = server.send(server.request("/"), BodyHandlers.ofInputStream());
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(reader.readLine()).isEqualTo("data: 1");
            received.countDown();
            assertThat(reader.lines().toList()).containsExactly("", "data: 2", "");
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void appendsTheCharsetThatTheWriterUses() throws Exception {
        server.application = (request, response) -> {
            response.setContentType("text/plain");
            response.getWriter().print("\u00e9");
        };
        HttpResponse<byte[]> response = server.send(server.request("/"), BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("content-type")).hasValue("text/plain;charset=ISO-8859-1");
        assertThat(response.body()).containsExactly(0xE9);
    }

    @Test
    void resetsEverythingUntilTheResponseIsCommitted() throws Exception {
        server.application = (request, response) -> {
            response.setStatus(500);
            response.setHeader("x-dropped", "1");
            response.getWriter().print("dropped");
            response.reset();
            response.getOutputStream().print("kept");
            response.flushBuffer();
            assertThat(response.isCommitted()).isTrue();
            try {
                response.reset();
            } catch (IllegalStateException e) {
                response.getOutputStream().print("!");
            }
        };
        HttpResponse<String> response = server.get("/");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("kept!");
        assertThat(response.headers().firstValue("x-dropped")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Script.Bodies.class)
    void releasesAnAsynchronousResponseBeforeItCompletes(Script.Bodies bodies) throws Exception {
        script().responseBodies(bodies, ProxyWasmFilterContract::upperCase);
        server.application = (request, response) -> {
            AsyncContext context = request.startAsync();
            context.start(() -> writeAndComplete(context));
        };
        String expected = bodies == Script.Bodies.UNSEEN ? "later" : "LATER";
        assertThat(server.get("/").body()).isEqualTo(expected);
    }

    private static void writeAndComplete(AsyncContext context) {
        try {
            context.getResponse().getWriter().print("later");
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
        context.complete();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnAfterAnAsynchronousDispatch(boolean withPair) throws Exception {
        server.application = (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                response.getWriter().print("dispatched " + request.getHeader("x-added"));
                return;
            }
            AsyncContext context = withPair ? request.startAsync(request, response) : request.startAsync();
            context.start(() -> context.dispatch("/again"));
        };
        script().onRequestHeaders(headers -> {
            headers.add("x-added", "1");
            return Outcome.FORWARD;
        });
        assertThat(server.get("/").body()).isEqualTo("dispatched 1");
        assertThat(events()).containsExactly("requestHeaders(end)", "responseHeaders", "close");
    }

    @Test
    void closesTheStreamOfAnAsynchronousRequestThatTimesOut() throws Exception {
        server.application = (request, response) -> request.startAsync().setTimeout(1);
        assertThat(server.get("/").statusCode()).isEqualTo(500);
        assertThat(events()).containsOnlyOnce("close");
    }

    @Test
    void runsTheChainOncePerRequestHoweverItIsForwarded() throws Exception {
        server.application = (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.FORWARD) {
                response.getWriter().print("forwarded");
            } else {
                request.getRequestDispatcher("/inner").forward(request, response);
            }
        };
        assertThat(server.get("/").body()).isEqualTo("forwarded");
        assertThat(events()).containsExactly("requestHeaders(end)", "responseHeaders", "close");
    }

    @Test
    void sendsTheBytesOfAReplyThatIsNoText() throws Exception {
        byte[] bytes = {0, (byte) 0xFF, 13, 10};
        LocalResponse reply = new LocalResponse(
                dev.proxywasm.http.HeaderMap.of(":status", "200", "content-length", "4", "x-many", "1", "x-many", "2"),
                bytes,
                "");
        script().onRequestHeaders(headers -> new Outcome.Reply(reply));
        HttpResponse<byte[]> response = server.send(server.request("/"), BodyHandlers.ofByteArray());
        assertThat(response.body()).isEqualTo(bytes);
        assertThat(response.headers().allValues("x-many")).containsExactly("1", "2");
    }

    /** A pause that a test ends. */
    private static final class ManualWait implements Outcome.Wait {
        private final CountDownLatch resumed = new CountDownLatch(1);
        private volatile Outcome outcome = Outcome.FORWARD;
        private volatile Runnable onAwait = () -> {};

        void resume(Outcome next) {
            outcome = next;
            resumed.countDown();
        }

        @Override
        public Outcome await() throws InterruptedException {
            onAwait.run();
            resumed.await();
            return outcome;
        }

        @Override
        public void whenResumed(Consumer<Outcome> continuation) {
            throw new UnsupportedOperationException("the servlet adapter blocks");
        }
    }
}
