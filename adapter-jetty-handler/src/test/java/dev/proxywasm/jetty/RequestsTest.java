package dev.proxywasm.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;

/** What a handler sees of requests that have passed the chain, in memory. */
class RequestsTest {

    private static final String POST = "POST / HTTP/1.1\r\nHost: localhost\r\n";

    private static final Handler DESCRIBING = Applications.doing((request, response, callback) -> Content.Sink.write(
            response,
            true,
            request.getMethod() + " " + request.getHttpURI().asString() + " " + Request.getServerName(request) + " "
                    + request.isSecure() + " " + request.getHeaders().get("host"),
            callback));

    private static String seenThrough(String operation) throws Exception {
        try (TestSite site = TestSite.of(DESCRIBING, TestSite.header(operation))) {
            return site.get("/path?q=1", "Connection: close");
        }
    }

    @Test
    void isAsItWasIfNoFilterChangesIt() throws Exception {
        assertThat(seenThrough("0+x-other: 1")).endsWith("GET http://localhost/path?q=1 localhost false localhost");
    }

    @Test
    void goesWhereAFilterSendsIt() throws Exception {
        assertThat(seenThrough("0=:path: /else%20where?x=2"))
                .endsWith("GET http://localhost/else%20where?x=2 localhost false localhost");
    }

    @Test
    void hasTheAuthorityOfAFilter() throws Exception {
        assertThat(seenThrough("0=:authority: elsewhere.example:8443"))
                .endsWith("GET http://elsewhere.example:8443/path?q=1 elsewhere.example false elsewhere.example:8443");
    }

    @Test
    void hasTheSchemeAndMethodOfAFilter() throws Exception {
        assertThat(seenThrough("0=:scheme: https")).endsWith("GET https://localhost/path?q=1 localhost true localhost");
        assertThat(seenThrough("0=:method: PUT")).endsWith("PUT http://localhost/path?q=1 localhost false localhost");
    }

    @Test
    void goesNowhereThatAClientMayNotAskFor() throws Exception {
        for (String path : new String[] {"/../up", "/a%2fb", "relative", "/a/..;/b", "/%zz", "/%00"}) {
            assertThat(seenThrough("0=:path: " + path)).as(path).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void isServedByTheNormalFormOfItsPath() throws Exception {
        try (TestSite site = TestSite.of(
                Applications.doing((request, response, callback) ->
                        Content.Sink.write(response, true, Request.getPathInContext(request), callback)),
                TestSite.header("0=:path: /a/./b/../c"))) {
            assertThat(site.get("/", "Connection: close")).endsWith("/a/c");
        }
    }

    @Test
    void hasALengthOnlyIfItIsKnown() throws Exception {
        Handler lengths = Applications.doing((request, response, callback) ->
                Content.Sink.write(response, true, "length " + request.getLength(), callback));
        String post = POST + "Connection: close\r\nContent-Length: 3\r\n\r\nabc";
        try (TestSite site =
                TestSite.of(lengths, "{name: r, module: \"classpath:wat/body.wat\", configuration: \"0r\"}")) {
            assertThat(site.answer(post)).endsWith("length 8");
        }
        try (TestSite site = TestSite.of(lengths, TestSite.header("0+x-other: 1"))) {
            assertThat(site.answer(post)).endsWith("length 3");
        }
    }

    @Test
    void carriesTrailersBothWays() throws Exception {
        String post = POST + "Transfer-Encoding: chunked\r\n\r\n" + "3\r\nabc\r\n0\r\nX-Trailer: one\r\n\r\n";
        for (String how : new String[] {"nn000", "tn000", "tp001", "Tp001"}) {
            try (TestSite site = TestSite.acting(how, Applications.echo())) {
                assertThat(site.answer(post)).as(how).contains("3\r\nabc\r\n0\r\nX-Trailer: one\r\n\r\n");
            }
        }
    }

    @Test
    void isRefusedIfItsBodyIsNonsense() throws Exception {
        String post = POST + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n";
        try (TestSite site = TestSite.acting("bn000", Applications.echo())) {
            assertThat(site.answer(post)).startsWith("HTTP/1.1 400");
        }
    }
}
