package dev.proxywasm.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.Outcome;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Error pages of the application's own, and chains that never stop to answer, on every server. */
abstract class ErrorsContract extends FilterContract {

    private static Outcome addHeader(HeaderMap headers) {
        headers.add("x-some-extra-header", "value");
        return Outcome.FORWARD;
    }

    /** Answers every request with an error, and the container's dispatch for it with a page. */
    private static void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            response.setContentType("text/x-page");
            response.getWriter().print("page");
        } else {
            response.getWriter().print("dropped");
            response.sendError(TestServer.STATUS_WITH_PAGE);
        }
    }

    @Test
    void showsTheChainTheBodyOfAnErrorPage() throws Exception {
        script().onResponseHeaders(ErrorsContract::addHeader);
        script().responseBodies(Script.Bodies.STREAMED, FilterContract::upperCase);
        server.application = ErrorsContract::page;
        HttpResponse<String> response = server.get("/");
        assertThat(response.statusCode()).isEqualTo(410);
        assertThat(response.body()).isEqualTo("PAGE");
        assertThat(response.headers().allValues("content-length")).containsExactly("4");
        assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith("text/x-page");
        assertThat(response.headers().allValues("x-some-extra-header")).containsExactly("value");
        assertThat(events()).containsExactly("requestHeaders(end)", "responseHeaders", "responseBody(end)", "close");
    }

    @Test
    void sendsThePageThatNoFilterLooksAtWithTheHeadersOfTheChain() throws Exception {
        script().onResponseHeaders(ErrorsContract::addHeader);
        server.application = ErrorsContract::page;
        HttpResponse<String> response = server.get("/");
        assertThat(response.statusCode()).isEqualTo(410);
        assertThat(response.body()).isEqualTo("page");
        assertThat(response.headers().allValues("x-some-extra-header")).containsExactly("value");
        assertThat(events()).containsExactly("requestHeaders(end)", "responseHeaders(end)", "close");
    }

    @Test
    void showsTheChainTheBodyOfAnErrorPageOfAnAsynchronousRequest() throws Exception {
        script().responseBodies(Script.Bodies.STREAMED, FilterContract::upperCase);
        server.application = (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.startAsync(request, response).dispatch();
            } else {
                page(request, response);
            }
        };
        HttpResponse<String> response = server.get("/");
        assertThat(response.statusCode()).isEqualTo(410);
        assertThat(response.body()).isEqualTo("PAGE");
        assertThat(events()).endsWith("responseBody(end)", "close").containsOnlyOnce("close");
    }

    /** Not so soon that it races with the thread that began it: under load, such an answer of Undertow was once seen to take a minute. */
    @Test
    void showsTheChainTheEndOfAPageThatIsARedirect() throws Exception {
        script().responseBodies(Script.Bodies.STREAMED, FilterContract::upperCase);
        server.application = (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                page(request, response);
            } else {
                response.sendRedirect("/elsewhere");
            }
        };
        assertThat(server.get("/").statusCode()).isEqualTo(302);
        assertThat(events()).endsWith("responseBody(end)", "close");
    }

    @Test
    void showsTheChainTheFailureOfAnAsynchronousRequestThatTimesOut() throws Exception {
        script().onResponseHeaders(ErrorsContract::addHeader);
        server.application = (request, response) -> request.startAsync().setTimeout(100);
        assertThat(server.get("/").statusCode()).isEqualTo(500);
        assertThat(events()).containsOnlyOnce("close");
    }

    @Test
    void closesTheStreamOfAnErrorWithoutAPage() throws Exception {
        script().responseBodies(Script.Bodies.STREAMED, FilterContract::upperCase);
        server.application = (request, response) -> response.sendError(418);
        assertThat(server.get("/").statusCode()).isEqualTo(418);
        assertThat(events()).containsExactly("requestHeaders(end)", "responseHeaders", "close");
    }

    @Test
    void abortsWhereFiltersAnswerEachOthersAnswersForEver() throws Exception {
        script().onResponseHeaders(headers -> Script.reply(403, "never enough"));
        assertThat(server.get("/").statusCode()).isEqualTo(503);
        assertThat(events()).endsWith("close");
    }
}
