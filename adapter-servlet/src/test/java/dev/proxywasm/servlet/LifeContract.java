package dev.proxywasm.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.http.Outcome;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of an exchange: answers, pauses, failures, dispatches, on every server. */
abstract class LifeContract extends FilterContract {

    @Test
    void passesARequestThatNoFilterTouches() throws Exception {
        server.application = (request, response) -> response.getWriter().print("hello");
        HttpResponse<String> response = server.get("/a?b=c");
        assertThat(response.body()).isEqualTo("hello");
        assertThat(response.headers().firstValue("content-length")).hasValue("5");
        assertThat(events()).containsExactly("requestHeaders(end)", "responseHeaders", "close");
    }

    @Test
    void letsARequestGoByThatNoFilterIsFor() throws Exception {
        script().hasFilters = false;
        AtomicReference<Boolean> wrapped = new AtomicReference<>();
        server.application = (request, response) -> {
            wrapped.set(request instanceof GuestRequest || response instanceof GuestResponse);
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.startAsync().dispatch();
            } else {
                response.sendError(TestServer.STATUS_WITH_PAGE);
            }
        };
        HttpResponse<String> response = server.get("/a?b=c");
        assertThat(response.statusCode()).isEqualTo(TestServer.STATUS_WITH_PAGE);
        assertThat(wrapped).hasValue(false);
        assertThat(events()).containsExactly("close");
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
        await().untilAsserted(
                        () -> assertThat(server.applicationFailure.get()).isInstanceOf(AnsweredByChainException.class));
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
        if (server.keepsHeadersOnExceptions()) {
            assertThat(response.headers().firstValue("x-some-extra-header")).hasValue("value");
        }
    }

    @ParameterizedTest
    @EnumSource(Script.Bodies.class)
    void releasesAnAsynchronousResponseBeforeItCompletes(Script.Bodies bodies) throws Exception {
        script().responseBodies(bodies, FilterContract::upperCase);
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
        server.application = (request, response) -> request.startAsync().setTimeout(100);
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
    void cutsTheConnectionWhenItAbortsAResponseThatHasBegun() throws Exception {
        script().responseBodies(Script.Bodies.STREAMED, bytes -> bytes)
                .onResponseChunk(chunk -> chunk[0] == '!' ? new Outcome.Abort("scripted") : Outcome.FORWARD);
        server.application = (request, response) -> {
            response.getOutputStream().print("begun");
            response.flushBuffer();
            response.getOutputStream().print("!");
            response.flushBuffer();
        };
        if (server.cutsConnectionsOnExceptions()) {
            assertThatThrownBy(() -> server.get("/")).isInstanceOf(IOException.class);
        } else {
            assertThat(server.get("/").body()).isEqualTo("begun");
        }
        await().untilAsserted(
                        () -> assertThat(server.applicationFailure.get()).isInstanceOf(ExchangeAbortedException.class));
    }

    @ParameterizedTest
    @EnumSource(Script.Bodies.class)
    void servesListenersOfAnAsynchronousRequest(Script.Bodies bodies) throws Exception {
        script().requestBodies(bodies, bytes -> bytes).responseBodies(bodies, FilterContract::upperCase);
        server.application = (request, response) -> {
            AsyncContext context = request.startAsync();
            ServletInputStream in = request.getInputStream();
            in.setReadListener(new EchoListener(context, in));
        };
        HttpResponse<String> response =
                server.send(server.request("/").POST(BodyPublishers.ofString("a".repeat(50_000))));
        assertThat(response.body()).isEqualTo((bodies == Script.Bodies.UNSEEN ? "a" : "A").repeat(50_000));
    }

    /** Reads all, then writes all, without ever blocking. */
    private static final class EchoListener implements ReadListener {
        private final AsyncContext context;
        private final ServletInputStream in;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        EchoListener(AsyncContext context, ServletInputStream in) {
            this.context = context;
            this.in = in;
        }

        @Override
        public void onDataAvailable() throws IOException {
            byte[] buffer = new byte[1000];
            while (in.isReady() && !in.isFinished()) {
                int count = in.read(buffer);
                body.write(buffer, 0, Math.max(count, 0));
            }
        }

        @Override
        public void onAllDataRead() throws IOException {
            ServletOutputStream out = context.getResponse().getOutputStream();
            out.setWriteListener(new WriteListener() {
                @Override
                public void onWritePossible() throws IOException {
                    if (out.isReady()) {
                        out.write(body.toByteArray());
                        context.complete();
                    }
                }

                @Override
                public void onError(Throwable thrown) {
                    context.complete();
                }
            });
        }

        @Override
        public void onError(Throwable thrown) {
            context.complete();
        }
    }
}
