package dev.proxywasm.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses of special forms: without a body, redirects, errors, cookies, streams. */
interface ResponseCases extends ContractCases {

    @Test
    default void answersHeadWithTheLengthOfTheBody() throws Exception {
        site().application((request, response) -> {
            response.setContentLength(11);
            response.getOutputStream().print("application");
        });
        String response = site().raw("HEAD /app/response-add HTTP/1.1");
        assertThat(response).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
        assertThat(response).containsIgnoringCase("\r\nContent-Length: 11\r\n");
        assertThat(response).containsIgnoringCase("\r\nx-known: of a filter\r\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    default void sendsNoBodyWithAStatusThatHasNone(int status) throws Exception {
        site().application((request, response) -> response.setStatus(status));
        String response = site().raw("GET /app/response-add HTTP/1.1");
        assertThat(response).startsWith("HTTP/1.1 " + status).endsWith("\r\n\r\n");
        assertThat(response).containsIgnoringCase("\r\nx-known: of a filter\r\n");
        assertThat(response).doesNotContainIgnoringCase("transfer-encoding");
    }

    @Test
    default void sendsARedirectThroughThePlugins() throws Exception {
        site().application((request, response) -> response.sendRedirect("/app/elsewhere"));
        HttpResponse<String> response = site().get("/response-add");
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(site().uri("")
                        .resolve(response.headers().firstValue("location").orElseThrow()))
                .isEqualTo(site().uri("/elsewhere"));
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
    }

    @Test
    default void sendsAnErrorPageThroughThePlugins() throws Exception {
        site().application((request, response) -> response.sendError(418, "a teapot"));
        HttpResponse<String> response = site().get("/response-replace");
        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
    }

    @Test
    default void sendsTheErrorOfAnExceptionThroughThePlugins() throws Exception {
        site().application((request, response) -> {
            response.getWriter().print("thrown away");
            throw new IllegalStateException("the application fails, as the test wants");
        });
        HttpResponse<String> response = site().get("/response-replace");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("thrown away");
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
    }

    @Test
    default void keepsEveryCookie() throws Exception {
        site().application((request, response) -> {
            response.addCookie(new Cookie("one", "1"));
            response.addCookie(new Cookie("two", "2"));
        });
        assertThat(site().get("/response-add").headers().allValues("set-cookie"))
                .hasSize(2)
                .anySatisfy(cookie -> assertThat(cookie).startsWith("one=1"))
                .anySatisfy(cookie -> assertThat(cookie).startsWith("two=2"));
    }

    @Test
    default void keepsACharsetOfTheWriter() throws Exception {
        site().application((request, response) -> {
            response.setContentType("text/plain");
            response.setCharacterEncoding("UTF-8");
            response.getWriter().print("\u00fc\u4f60");
        });
        HttpResponse<String> response = site().get("/response-add");
        assertThat(response.headers().firstValue("content-type").orElseThrow())
                .isEqualToIgnoringCase("text/plain;charset=UTF-8");
        assertThat(response.body()).isEqualTo("\u00fc\u4f60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/response-add", "/pass"})
    default void sendsWhatIsFlushedBeforeTheApplicationEnds(String path) throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        site().application((request, response) -> {
            response.setContentType("text/event-stream");
            response.getOutputStream().print("data: first\n\n");
            response.flushBuffer();
            response.getOutputStream().print(await(arrived) ? "data: second\n\n" : "data: the first never arrived\n\n");
        });
        try (Socket socket = site().connect()) {
            socket.getOutputStream()
                    .write(("GET /app" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            assertThat(in.lines().anyMatch("data: first"::equals)).isTrue();
            arrived.countDown();
            assertThat(in.lines().anyMatch("data: second"::equals)).isTrue();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    default void forgetsWhatTheApplicationResets() throws Exception {
        site().application((request, response) -> {
            response.setHeader("x-known", "of the application");
            response.getWriter().print("reset");
            response.reset();
            response.getWriter().print("kept");
        });
        HttpResponse<String> response = site().get("/response-add");
        assertThat(response.body()).isEqualTo("kept");
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
    }
}
