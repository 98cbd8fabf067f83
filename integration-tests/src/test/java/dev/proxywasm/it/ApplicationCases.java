package dev.proxywasm.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What applications do with requests: parameters, forms, cookies, readers, asynchronous work. */
interface ApplicationCases extends ContractCases {

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/request-add", "/hold"})
    default void readsAFormAfterTheQuery(String path) throws Exception {
        site().application((request, response) -> {
            response.setCharacterEncoding("UTF-8");
            response.getWriter()
                    .print(Arrays.toString(request.getParameterValues("a")) + " " + request.getParameter("b") + " "
                            + request.getParameterMap().keySet().stream()
                                    .sorted()
                                    .toList());
        });
        HttpResponse<String> response = site().send(form(path + "?a=1", "a=2&b=caf%C3%A9+au+lait"));
        assertThat(response.body()).isEqualTo("[1, 2] caf\u00e9 au lait [a, b]");
    }

    private HttpRequest.Builder form(String path, String body) {
        return site().request(path)
                .header("content-type", "application/x-www-form-urlencoded;charset=UTF-8")
                .POST(BodyPublishers.ofString(body));
    }

    @Test
    default void readsCookies() throws Exception {
        site().application((request, response) -> response.getWriter()
                .print(Arrays.stream(request.getCookies())
                        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                        .toList()));
        HttpResponse<String> response =
                site().send(site().request("/request-add").header("cookie", "one=1; two=2"));
        assertThat(response.body()).isEqualTo("[one=1, two=2]");
    }

    @Test
    default void readsTheBodyAsText() throws Exception {
        site().application((request, response) -> {
            response.setCharacterEncoding("UTF-8");
            response.getWriter().print(request.getReader().readLine());
        });
        HttpResponse<String> response = site().send(site().request("/hold")
                .header("content-type", "text/plain;charset=UTF-8")
                .POST(BodyPublishers.ofString("\u00fc\u4f60\nsecond line")));
        assertThat(response.body()).isEqualTo("\u00fc\u4f60");
    }

    @Test
    default void leavesABodyUnreadThatTheApplicationDoesNotWant() throws Exception {
        site().application((request, response) -> response.getWriter().print("not read"));
        assertThat(site().post("/pass", new byte[100_000]).body()).isEqualTo("not read");
        assertThat(site().post("/none", new byte[100_000]).body()).isEqualTo("not read");
    }

    @Test
    default void seesThePathAndTheQueryAsTheyWereSent() throws Exception {
        site().application((request, response) ->
                response.getWriter().print(request.getRequestURI() + " " + request.getQueryString()));
        assertThat(site().get("/request-add/a%20b/%C3%BC?x=%26&y").body())
                .isEqualTo("/app/request-add/a%20b/%C3%BC x=%26&y");
    }

    @Test
    default void listsTheHeaderNamesOfAFilter() throws Exception {
        site().application((request, response) -> response.getWriter()
                .print(Collections.list(request.getHeaderNames()).stream().anyMatch("x-added"::equalsIgnoreCase)));
        assertThat(site().get("/request-add").body()).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void answersFromAnotherThread(boolean wrapped) throws Exception {
        site().application((request, response) -> {
            AsyncContext async = wrapped ? request.startAsync(request, response) : request.startAsync();
            async.start(() -> {
                print((HttpServletResponse) async.getResponse(), "asynchronous");
                async.complete();
            });
        });
        HttpResponse<String> response = site().get("/response-add");
        assertThat(response.body()).isEqualTo("asynchronous");
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
    }

    @Test
    default void runsThePluginsOnceThoughTheRequestIsDispatchedTwice() throws Exception {
        site().application((request, response) -> {
            if (request.getAttribute("seen") == null) {
                request.setAttribute("seen", true);
                request.startAsync(request, response).dispatch();
            } else {
                response.getWriter().print(Collections.list(request.getHeaders("x-order")));
            }
        });
        HttpResponse<String> response = site().get("/chain");
        assertThat(response.body()).isEqualTo("[first, second]");
        assertThat(response.headers().allValues("x-order")).containsExactly("second", "first");
    }

    @Test
    default void holdsTheBodyOfAnAsynchronousAnswer() throws Exception {
        site().application((request, response) -> {
            AsyncContext async = request.startAsync(request, response);
            async.start(() -> {
                print((HttpServletResponse) async.getResponse(), "asynchronous");
                async.complete();
            });
        });
        HttpResponse<String> response = site().get("/replace-response");
        assertThat(response.body()).isEqualTo("replaced");
        assertThat(response.headers().allValues("content-length")).containsExactly("8");
    }

    private static void print(HttpServletResponse response, String text) {
        try {
            response.getWriter().print(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
