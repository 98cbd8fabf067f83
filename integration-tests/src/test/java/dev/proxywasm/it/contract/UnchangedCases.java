package dev.proxywasm.it.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What applications rely on in their container, and keep with plugins in front: {@code /none} is the container alone. */
public interface UnchangedCases extends ContractCases {

    @ParameterizedTest
    @CsvSource({"/pass, text/html", "/response-add, text/html", "/response-add, application/json", "/pass, text/plain"})
    default void writesInTheCharsetOfTheContainer(String path, String type) throws Exception {
        site().servlet((request, response) -> {
            response.setContentType(type);
            response.getWriter().print("\u00fc\u4f60");
        });
        HttpResponse<byte[]> alone = site().send(site().request("/none"), BodyHandlers.ofByteArray());
        HttpResponse<byte[]> filtered = site().send(site().request(path), BodyHandlers.ofByteArray());
        assertThat(filtered.body()).isEqualTo(alone.body());
        assertThat(filtered.headers().firstValue("content-type").orElseThrow())
                .isEqualToIgnoringCase(
                        alone.headers().firstValue("content-type").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/response-add", "/pass", "/hold"})
    default void includesWithinAForward(String path) throws Exception {
        site().servlet((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.getRequestDispatcher("/outer").forward(request, response);
            } else if (request.getDispatcherType() == DispatcherType.FORWARD) {
                response.getWriter().print("[");
                request.getRequestDispatcher("/inner").include(request, response);
                response.getWriter().print("]");
            } else {
                response.getWriter().print("included");
            }
        });
        assertThat(site().get(path).body()).isEqualTo("[included]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/response-add", "/pass"})
    default void ignoresWhatAnIncludedPartSetsOfTheHead(String path) throws Exception {
        site().servlet((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.INCLUDE) {
                response.setStatus(500);
                response.setHeader("x-included", "yes");
                response.setContentType("text/included");
                response.getWriter().print("included");
            } else {
                response.setContentType("text/plain");
                request.getServletContext().getRequestDispatcher("/inner").include(request, response);
            }
        });
        HttpResponse<String> response = site().get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("included");
        assertThat(response.headers().map()).doesNotContainKey("x-included");
        assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain");
    }

    @ParameterizedTest
    @CsvSource({"/none, true", "/pass, true", "/pass, false", "/hold, true", "/hold, false"})
    default void addsTheQueryOfAForwardToAForm(String path, boolean readBefore) throws Exception {
        site().servlet((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.FORWARD) {
                response.getWriter()
                        .print(Arrays.toString(request.getParameterValues("a")) + " " + request.getParameter("b") + " "
                                + request.getParameter("c"));
            } else {
                response.setHeader("x-before", readBefore ? request.getParameter("a") : "");
                request.getRequestDispatcher("/inner?a=new&c=3").forward(request, response);
            }
        });
        HttpResponse<String> response = site().send(form(path + "?a=1", "b=2"));
        assertThat(response.body()).isEqualTo("[new, 1] 2 3");
        assertThat(response.headers().firstValue("x-before").orElseThrow()).isEqualTo(readBefore ? "1" : "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/request-add", "/pass", "/hold"})
    default void showsTheFormToThePageOfAnError(String path) throws Exception {
        site().servlet((request, response) -> {
            String b = request.getParameter("b");
            if (request.getDispatcherType() == DispatcherType.ERROR) {
                response.getWriter().print(b);
            } else {
                response.sendError(TestServer.STATUS_WITH_PAGE);
            }
        });
        assertThat(site().send(form(path, "b=2")).body()).isEqualTo("2");
    }

    private HttpRequest.Builder form(String path, String body) {
        return site().request(path)
                .header("content-type", "application/x-www-form-urlencoded;charset=UTF-8")
                .POST(BodyPublishers.ofString(body));
    }

    @Test
    default void showsTheHeadersOfAPluginToThePageOfAnError() throws Exception {
        site().servlet((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ERROR) {
                response.getWriter().print(request.getHeader("x-added"));
            } else {
                response.sendError(TestServer.STATUS_WITH_PAGE);
            }
        });
        assertThat(site().get("/request-add").body()).isEqualTo("of a filter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/response-add", "/pass", "/hold"})
    default void redirectsFromThePageOfAnError(String path) throws Exception {
        site().servlet((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ERROR) {
                response.sendRedirect("/elsewhere");
            } else {
                response.sendError(TestServer.STATUS_WITH_PAGE);
            }
        });
        HttpResponse<String> response = site().get(path);
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("location").orElseThrow()).endsWith("/elsewhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/response-add", "/pass", "/hold"})
    default void sendsTheErrorOfAPageOfAnError(String path) throws Exception {
        site().servlet((request, response) -> response.sendError(isError(request) ? 404 : TestServer.STATUS_WITH_PAGE));
        assertThat(site().get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/response-add", "/pass", "/hold"})
    default void sendsThePageOfAnErrorOfADispatchedRequest(String path) throws Exception {
        site().servlet((request, response) -> {
            if (isError(request)) {
                response.getWriter().print("page");
            } else if (request.getDispatcherType() == DispatcherType.ASYNC) {
                response.sendError(TestServer.STATUS_WITH_PAGE);
            } else {
                request.startAsync().dispatch();
            }
        });
        HttpResponse<String> response = site().get(path);
        assertThat(response.statusCode()).isEqualTo(TestServer.STATUS_WITH_PAGE);
        assertThat(response.body()).isEqualTo("page");
    }

    private static boolean isError(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ERROR;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/response-add", "/pass", "/hold"})
    default void writesBehindACompletionUntilItReturns(String path) throws Exception {
        site().servlet((request, response) -> {
            response.getWriter().print("before");
            request.startAsync(request, response).complete();
            response.getWriter().print(", behind");
        });
        assertThat(site().get(path).body()).isEqualTo("before, behind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/response-add", "/pass"})
    default void replacesTheCookieOfASession(String path) throws Exception {
        site().servlet((request, response) -> {
            request.getSession();
            response.setHeader("Set-Cookie", response.getHeader("Set-Cookie") + "; SameSite=Strict");
        });
        List<String> cookies = site().get(path).headers().allValues("set-cookie");
        assertThat(cookies).hasSize(differs(Difference.SESSION_COOKIE_COMES_LATE) ? 2 : 1);
        assertThat(cookies).anySatisfy(cookie -> assertThat(cookie).contains("SameSite=Strict"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/response-add", "/pass", "/hold"})
    default void doesNotSayThatALargeBodyIsEmptyToHead(String path) throws Exception {
        site().servlet((request, response) -> response.getOutputStream().write(new byte[100_000]));
        assertThat(site().exchange("HEAD /app" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .doesNotContainIgnoringCase("content-length: 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/pass", "/hold"})
    default void knowsTheQueryOfAMultipartRequest(String path) throws Exception {
        site().servlet((request, response) -> response.getWriter().print(request.getParameter("a")));
        String response = site().raw(
                        "POST /app" + path + "?a=1 HTTP/1.1",
                        "Content-Type: multipart/form-data; boundary=limit",
                        "Content-Length: 11",
                        "",
                        "--limit--");
        assertThat(response.getBytes(ISO_8859_1)).asString(ISO_8859_1).endsWith("1");
    }
}
