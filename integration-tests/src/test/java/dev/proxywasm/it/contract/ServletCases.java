package dev.proxywasm.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.Cookie;
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

/** What only servlets do: parameters, forms, cookies, readers, error pages, asynchronous contexts. */
public interface ServletCases extends ContractCases {

    /** What the servlet does from now on. */
    private void servlet(ServletApplication application) {
        site().application(call -> {
            ServletCall servletCall = (ServletCall) call;
            application.handle(servletCall.request(), servletCall.response());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/request-add", "/hold"})
    default void readsAFormAfterTheQuery(String path) throws Exception {
        servlet((request, response) -> {
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
        servlet((request, response) -> response.getWriter()
                .print(Arrays.stream(request.getCookies())
                        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                        .toList()));
        HttpResponse<String> response =
                site().send(site().request("/request-add").header("cookie", "one=1; two=2"));
        assertThat(response.body()).isEqualTo("[one=1, two=2]");
    }

    @Test
    default void readsTheBodyAsText() throws Exception {
        servlet((request, response) -> {
            response.setCharacterEncoding("UTF-8");
            response.getWriter().print(request.getReader().readLine());
        });
        HttpResponse<String> response = site().send(site().request("/hold")
                .header("content-type", "text/plain;charset=UTF-8")
                .POST(BodyPublishers.ofString("\u00fc\u4f60\nsecond line")));
        assertThat(response.body()).isEqualTo("\u00fc\u4f60");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void answersFromAnotherThread(boolean wrapped) throws Exception {
        servlet((request, response) -> {
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
        servlet((request, response) -> {
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
    default void sendsARedirectThroughThePlugins() throws Exception {
        servlet((request, response) -> response.sendRedirect("/app/elsewhere"));
        HttpResponse<String> response = site().get("/response-add");
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(site().uri("")
                        .resolve(response.headers().firstValue("location").orElseThrow()))
                .isEqualTo(site().uri("/elsewhere"));
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
    }

    @Test
    default void sendsAnErrorPageThroughThePlugins() throws Exception {
        servlet((request, response) -> response.sendError(418, "a teapot"));
        HttpResponse<String> response = site().get("/response-replace");
        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
    }

    @Test
    default void keepsEveryCookie() throws Exception {
        servlet((request, response) -> {
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
        servlet((request, response) -> {
            response.setContentType("text/plain");
            response.setCharacterEncoding("UTF-8");
            response.getWriter().print("\u00fc\u4f60");
        });
        HttpResponse<String> response = site().get("/response-add");
        assertThat(response.headers().firstValue("content-type").orElseThrow())
                .isEqualToIgnoringCase("text/plain;charset=UTF-8");
        assertThat(response.body()).isEqualTo("\u00fc\u4f60");
    }

    @Test
    default void forgetsWhatTheApplicationResets() throws Exception {
        servlet((request, response) -> {
            response.setHeader("x-known", "of the application");
            response.getWriter().print("reset");
            response.reset();
            response.getWriter().print("kept");
        });
        HttpResponse<String> response = site().get("/response-add");
        assertThat(response.body()).isEqualTo("kept");
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
    }

    private static void print(HttpServletResponse response, String text) {
        try {
            response.getWriter().print(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
