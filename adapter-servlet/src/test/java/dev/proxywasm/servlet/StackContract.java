package dev.proxywasm.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An application that leaves too little of its stack for filters, on every server: it is told so before anything has changed. That it is asked
 * about wherever the application may cause a push, {@link ScriptedStream} sees to in all tests.
 */
abstract class StackContract extends FilterContract {

    /** What of a response's methods makes for a push. */
    enum Use {
        FLUSH(response -> response.getOutputStream().flush()),
        FLUSH_BUFFER(HttpServletResponse::flushBuffer),
        WRITE(response -> response.getOutputStream().write(new byte[MEBIBYTE])),
        CLOSE(response -> response.getOutputStream().close()),
        SEND_ERROR(response -> response.sendError(500)),
        SEND_REDIRECT(response -> response.sendRedirect("/elsewhere"));

        @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
        private final Call call;

        Use(Call call) {
            this.call = call;
        }

        private interface Call {
            void of(HttpServletResponse response) throws IOException;
        }
    }

    private interface Task {
        void run() throws IOException, ServletException;
    }

    private void runOutOfStack(Task task) {
        script().stackUsedUp = true;
        try {
            assertThatExceptionOfType(StackOverflowError.class).isThrownBy(task::run);
        } finally {
            script().stackUsedUp = false;
        }
    }

    @Test
    void isNotAskedWhereTheApplicationHasReturned() throws Exception {
        script().requestBodies(Script.Bodies.STREAMED, bytes -> bytes);
        script().responseBodies(Script.Bodies.STREAMED, FilterContract::upperCase);
        server.application = (request, response) -> response.getWriter().print("hello");
        assertThat(server.send(server.request("/").POST(BodyPublishers.ofString("abc")))
                        .body())
                .isEqualTo("HELLO");
        assertThat(events()).contains("requestBody(end)", "responseBody(end)");
        assertThat(server.host.stream().claims).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void leavesAResponseAsItWas(Use use) throws Exception {
        script().responseBodies(Script.Bodies.STREAMED, FilterContract::upperCase);
        server.application = (request, response) -> {
            response.getOutputStream().print("hel");
            runOutOfStack(() -> use.call.of(response));
            assertThat(response.isCommitted()).isFalse();
            response.setHeader("x-later", "yes");
            response.getOutputStream().print("lo");
        };
        HttpResponse<String> response = server.get("/");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-later")).hasValue("yes");
        assertThat(response.body()).isEqualTo("HELLO");
        assertThat(events()).containsExactly("requestHeaders(end)", "responseHeaders", "responseBody(end)", "close");
    }

    @Test
    void losesNothingOfARequest() throws Exception {
        script().requestBodies(Script.Bodies.STREAMED, bytes -> bytes).requestBodyBuffer = 1;
        server.application = (request, response) -> {
            ServletInputStream in = request.getInputStream();
            byte[] first = in.readNBytes(in.available());
            runOutOfStack(in::read);
            byte[] rest = in.readAllBytes();
            response.getWriter().print(first.length + rest.length);
        };
        HttpResponse<String> response =
                server.send(server.request("/").POST(BodyPublishers.ofByteArray(new byte[MEBIBYTE])));
        assertThat(response.body()).isEqualTo(Integer.toString(MEBIBYTE));
    }

    @Test
    void completesAnAsynchronousRequestLater() throws Exception {
        server.application = (request, response) -> {
            AsyncContext context = request.startAsync();
            response.getWriter().print("hello");
            runOutOfStack(context::complete);
            context.complete();
        };
        assertThat(server.get("/").body()).isEqualTo("hello");
        assertThat(events()).containsExactly("requestHeaders(end)", "responseHeaders", "close");
    }

    @Test
    void leavesTheFailureToTheApplication() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        server.application = (request, response) -> {
            script().stackUsedUp = true;
            try {
                response.flushBuffer();
            } catch (StackOverflowError failure) {
                thrown.set(failure);
                throw failure;
            } finally {
                script().stackUsedUp = false;
            }
        };
        assertThat(server.get("/").statusCode()).isEqualTo(500);
        assertThat(thrown.get()).isInstanceOf(StackOverflowError.class);
    }
}
