package dev.proxywasm.it.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.Part;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only servlets do with requests and responses: parameters, forms, parts, cookies, readers, redirects. */
public interface ServletCases extends DispatchCases, UnchangedCases, ListenerCases {

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/request-add", "/hold"})
    default void readsAFormAfterTheQuery(String path) throws Exception {
        site().servlet((request, response) -> {
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
        site().servlet((request, response) -> response.getWriter()
                .print(Arrays.stream(request.getCookies())
                        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                        .toList()));
        HttpResponse<String> response =
                site().send(site().request("/request-add").header("cookie", "one=1; two=2"));
        assertThat(response.body()).isEqualTo("[one=1, two=2]");
    }

    @Test
    default void readsTheBodyAsText() throws Exception {
        site().servlet((request, response) -> {
            response.setCharacterEncoding("UTF-8");
            response.getWriter().print(request.getReader().readLine());
        });
        HttpResponse<String> response = site().send(site().request("/hold")
                .header("content-type", "text/plain;charset=UTF-8")
                .POST(BodyPublishers.ofString("\u00fc\u4f60\nsecond line")));
        assertThat(response.body()).isEqualTo("\u00fc\u4f60");
    }

    @Test
    default void sendsARedirectThroughThePlugins() throws Exception {
        site().servlet((request, response) -> response.sendRedirect("/app/elsewhere"));
        HttpResponse<String> response = site().get("/response-add");
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(site().uri("")
                        .resolve(response.headers().firstValue("location").orElseThrow()))
                .isEqualTo(site().uri("/elsewhere"));
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
    }

    @Test
    default void keepsEveryCookie() throws Exception {
        site().servlet((request, response) -> {
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
        site().servlet((request, response) -> {
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
        site().servlet((request, response) -> {
            response.setHeader("x-known", "of the application");
            response.getWriter().print("reset");
            response.reset();
            response.getWriter().print("kept");
        });
        HttpResponse<String> response = site().get("/response-add");
        assertThat(response.body()).isEqualTo("kept");
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
    }

    @Test
    default void readsAFormThatAPluginHasReplaced() throws Exception {
        site().servlet((request, response) -> response.getWriter()
                .print(request.getParameterMap().keySet() + " " + request.getParameter("replaced") + "."));
        assertThat(site().send(form("/replace-request", "a=2")).body()).isEqualTo("[replaced] .");
    }

    @Test
    default void readsTheParametersOfARewrittenQuery() throws Exception {
        site().servlet((request, response) -> response.getWriter().print(request.getParameter("q")));
        assertThat(site().get("/request-path?q=old").body()).isEqualTo("new");
    }

    @Test
    default void seesARewrittenPathInAllItsParts() throws Exception {
        site().servlet((request, response) -> response.getWriter()
                .print(request.getContextPath() + " " + request.getServletPath() + " " + request.getPathInfo() + " "
                        + request.getRequestURL().toString().replaceFirst(":\\d+/", "/")));
        assertThat(site().get("/request-path").body()).isEqualTo("/app  /rewritten http://localhost/app/rewritten");
    }

    @Test
    default void readsThePartsOfAFormThatNoPluginLooksAt() throws Exception {
        site().servlet((request, response) -> {
            Part part = request.getPart("file");
            response.getWriter().print(part.getSubmittedFileName() + " " + Payload.fingerprint(part.getInputStream()));
        });
        byte[] file = Payload.ofSize(100_000);
        assertThat(site().send(multipart("/request-add", file)).body()).isEqualTo("a.bin " + Payload.fingerprint(file));
    }

    @Test
    default void saysWhyPartsAreNotThereWhereAPluginLooksAtBodies() throws Exception {
        site().servlet((request, response) -> {
            try {
                response.getWriter().print(request.getParts());
            } catch (ServletException e) {
                response.getWriter().print(e.getMessage());
            }
        });
        assertThat(site().send(multipart("/pass", new byte[10])).body())
                .contains(differs(Difference.PARTS_PASS_PLUGINS) ? "file" : "with its 'match'");
    }

    private HttpRequest.Builder multipart(String path, byte[] file) {
        String head =
                """
                --limit
                Content-Disposition: form-data; name="file"; filename="a.bin"
                Content-Type: application/octet-stream

                """
                        .replace("\n", "\r\n");
        return site().request(path)
                .header("content-type", "multipart/form-data; boundary=limit")
                .POST(BodyPublishers.ofByteArrays(
                        List.of(head.getBytes(US_ASCII), file, "\r\n--limit--\r\n".getBytes(US_ASCII))));
    }

    @Test
    default void letsAPluginRemoveTheCookieOfASession() throws Exception {
        site().servlet((request, response) ->
                response.getWriter().print(request.getSession().isNew()));
        List<String> cookies = site().get("/remove-cookies").headers().allValues("set-cookie");
        assertThat(cookies).hasSize(differs(Difference.SESSION_COOKIE_COMES_LATE) ? 1 : 0);
    }

    @Test
    default void answersHeadByTheServletsOwnMeans() throws Exception {
        site().servlet((request, response) -> {
            response.setContentLengthLong(4);
            response.getWriter().print(request.getMethod());
        });
        HttpResponse<String> response = site().send(site().request("/pass").method("HEAD", BodyPublishers.noBody()));
        assertThat(response.headers().allValues("content-length")).containsExactly("4");
    }

    @Test
    default void redirectsToARelativeAddress() throws Exception {
        site().servlet((request, response) -> response.sendRedirect("there"));
        HttpResponse<String> response = site().get("/pass/here");
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(site().uri("/pass/here")
                        .resolve(response.headers().firstValue("location").orElseThrow()))
                .isEqualTo(site().uri("/pass/there"));
    }
}
