package dev.proxywasm.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.http.Outcome;
import jakarta.servlet.http.Cookie;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers, and what requests and responses derive from them, on every server. */
abstract class HeadersContract extends FilterContract {

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
    void ignoresLengthsThatAreNone() throws Exception {
        script().onRequestHeaders(headers -> {
            headers.set("content-length", "many");
            return Outcome.FORWARD;
        });
        script().onResponseHeaders(headers -> {
            headers.set("content-length", "few");
            return Outcome.FORWARD;
        });
        server.application =
                (request, response) -> response.getWriter().print("length " + request.getContentLengthLong());
        assertThat(server.get("/").body()).isEqualTo("length -1");
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
        assertThat(response.body()).contains("nothing here").doesNotContain("dropped");
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
        assertThat(set)
                .hasSize(server.showsSessionCookies() ? 3 : 2)
                .contains("first=1; HttpOnly; Path=/app; SameSite=Lax");
        assertThat(response.headers().allValues("set-cookie")).hasSize(3).containsAll(set);
    }

    @Test
    void appendsTheCharsetThatTheWriterUses() throws Exception {
        server.application = (request, response) -> {
            response.setContentType("text/plain");
            response.getWriter().print("\u00e9");
        };
        HttpResponse<byte[]> response = server.send(server.request("/"), BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("content-type").orElseThrow())
                .isEqualToIgnoringCase("text/plain;charset=ISO-8859-1");
        assertThat(response.body()).containsExactly(0xE9);
    }

    @Test
    void redirectsAsServlet61Does() throws Exception {
        server.application = (request, response) -> {
            response.getWriter().print("kept");
            GuestResponse guest = (GuestResponse) response;
            guest.setCharacterEncoding(StandardCharsets.UTF_8);
            guest.sendRedirect("elsewhere", 307, false);
        };
        HttpResponse<String> response = server.get("/");
        assertThat(response.statusCode()).isEqualTo(307);
        assertThat(response.headers().firstValue("location")).hasValue("elsewhere");
        assertThat(response.body()).isEqualTo("kept");
    }

    @Test
    void letsAnApplicationReadABodyInOneWayOnly() throws Exception {
        script().requestBodies(Script.Bodies.STREAMED, bytes -> bytes);
        server.application = (request, response) -> {
            request.setCharacterEncoding("UTF-16BE");
            response.setCharacterEncoding("UTF-8");
            response.getWriter().print(request.getReader().readLine());
            try {
                request.getInputStream();
            } catch (IllegalStateException e) {
                response.getWriter().print(" " + e.getMessage());
            }
        };
        HttpResponse<String> response = server.send(
                server.request("/").POST(BodyPublishers.ofByteArray("\u00e9".getBytes(StandardCharsets.UTF_16BE))));
        assertThat(response.body()).isEqualTo("\u00e9 getReader() has been called for this request");
    }
}
