package dev.proxywasm.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.http.Outcome;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in both directions, on every server. */
abstract class BodiesContract extends FilterContract {

    @ParameterizedTest
    @CsvSource({
        "0, UNSEEN",
        "1, UNSEEN",
        "1048576, UNSEEN",
        "20971520, UNSEEN",
        "0, STREAMED",
        "1, STREAMED",
        "1048575, STREAMED",
        "1048576, STREAMED",
        "20971520, STREAMED",
        "0, HELD",
        "1, HELD",
        "1048576, HELD"
    })
    void carriesBodiesOfAnySizeBothWays(int size, Script.Bodies bodies) throws Exception {
        script().requestBodies(bodies, bytes -> bytes).responseBodies(bodies, bytes -> bytes);
        byte[] body = new byte[size];
        new Random(size).nextBytes(body);
        server.application = (request, response) -> {
            response.setHeader("x-length", Long.toString(request.getContentLengthLong()));
            // Not at once: this client answers nothing to a server that answers before it has read the request.
            byte[] all = request.getInputStream().readAllBytes();
            for (int at = 0; at < all.length; at += 10_000) {
                response.getOutputStream().write(all, at, Math.min(10_000, all.length - at));
            }
        };
        HttpResponse<byte[]> response =
                server.send(server.request("/").POST(BodyPublishers.ofByteArray(body)), BodyHandlers.ofByteArray());
        assertThat(response.body()).isEqualTo(body);
        if (size <= MEBIBYTE) {
            assertThat(response.headers().firstValue("x-length")).hasValue(Integer.toString(size));
        }
    }

    @Test
    void replacesBodiesBothWays() throws Exception {
        script().requestBodies(Script.Bodies.HELD, bytes -> "replaced request".getBytes(StandardCharsets.UTF_8));
        script().responseBodies(Script.Bodies.HELD, bytes -> upperCase(bytes));
        server.application = (request, response) -> {
            response.setHeader("x-length", Long.toString(request.getContentLengthLong()));
            response.getWriter().print(request.getReader().readLine());
        };
        HttpResponse<String> response = server.send(server.request("/").POST(BodyPublishers.ofString("x")));
        assertThat(response.body()).isEqualTo("REPLACED REQUEST");
        assertThat(response.headers().firstValue("content-length")).hasValue("16");
        assertThat(response.headers().firstValue("x-length")).hasValue("16");
    }

    @Test
    void sendsNoBodyToHeadButItsLength() throws Exception {
        script().responseBodies(Script.Bodies.STREAMED, bytes -> bytes);
        server.application = (request, response) -> response.getOutputStream().print("12345");
        HttpResponse<String> response = server.send(server.request("/").method("HEAD", BodyPublishers.noBody()));
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("content-length")).hasValue("5");
        assertThat(events()).containsExactly("requestHeaders(end)", "responseHeaders(end)", "close");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 205, 304})
    void sendsNoBodyWithStatusesThatHaveNone(int status) throws Exception {
        script().responseBodies(Script.Bodies.STREAMED, bytes -> bytes);
        server.application = (request, response) -> {
            response.setStatus(status);
            response.getOutputStream().print("dropped");
        };
        HttpResponse<String> response = server.get("/");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEmpty();
        assertThat(events()).contains("responseHeaders(end)").doesNotContain("responseBody(end)");
    }

    @ParameterizedTest
    @EnumSource(Script.Bodies.class)
    void readsAFormWhoeverConsumedIt(Script.Bodies bodies) throws Exception {
        script().requestBodies(bodies, bytes -> bytes);
        server.application = (request, response) -> {
            response.setCharacterEncoding("UTF-8");
            response.getWriter()
                    .print(String.join("|", request.getParameterValues("a"))
                            + " "
                            + Collections.list(request.getParameterNames())
                            + request.getInputStream().read());
        };
        HttpResponse<String> response = server.send(server.request("/?a=query&b=%C3%A9")
                .header("content-type", "application/x-www-form-urlencoded;charset=UTF-8")
                .POST(BodyPublishers.ofString("a=%C3%A4+b&c=")));
        assertThat(response.body()).isEqualTo("query|ä b [a, b, c]-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNSEEN", "STREAMED"})
    void sendsEachFlushedPartBeforeTheNextIsWritten(Script.Bodies bodies) throws Exception {
        script().responseBodies(bodies, bytes -> bytes);
        CountDownLatch received = new CountDownLatch(1);
        server.application = (request, response) -> {
            response.setContentType("text/event-stream");
            response.getWriter().print("data: 1\n\n");
            response.flushBuffer();
            awaitLatch(received);
            response.getWriter().print("data: 2\n\n");
            response.getWriter().flush();
        };
        HttpResponse<InputStream> response = server.send(server.request("/"), BodyHandlers.ofInputStream());
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(reader.readLine()).isEqualTo("data: 1");
            received.countDown();
            assertThat(reader.lines().toList()).containsExactly("", "data: 2", "");
        }
    }

    @Test
    void resetsEverythingUntilTheResponseIsCommitted() throws Exception {
        server.application = (request, response) -> {
            response.setStatus(500);
            response.setHeader("x-dropped", "1");
            response.getWriter().print("dropped");
            response.reset();
            response.getOutputStream().print("kept");
            response.flushBuffer();
            assertThat(response.isCommitted()).isTrue();
            try {
                response.reset();
            } catch (IllegalStateException e) {
                response.getOutputStream().print("!");
            }
        };
        HttpResponse<String> response = server.get("/");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("kept!");
        assertThat(response.headers().firstValue("x-dropped")).isEmpty();
    }

    @Test
    void sendsTheBytesOfAReplyThatIsNoText() throws Exception {
        byte[] bytes = {0, (byte) 0xFF, 13, 10};
        LocalResponse reply = new LocalResponse(
                dev.proxywasm.http.HeaderMap.of(":status", "200", "content-length", "4", "x-many", "1", "x-many", "2"),
                bytes,
                "");
        script().onRequestHeaders(headers -> new Outcome.Reply(reply));
        HttpResponse<byte[]> response = server.send(server.request("/"), BodyHandlers.ofByteArray());
        assertThat(response.body()).isEqualTo(bytes);
        assertThat(response.headers().allValues("x-many")).containsExactly("1", "2");
    }
}
