package dev.proxywasm.it.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What shows in the bytes of HTTP/1.1. */
public interface Http1Cases extends ContractCases {

    @Test
    default void neverLetsAPluginSmuggleAHeaderByALineBreak() throws Exception {
        site().application(call -> call.print(call.header("x-smuggled")));
        String response = site().raw("GET /app/line-break HTTP/1.1");
        assertThat(response)
                .startsWith("HTTP/1.1 200")
                .doesNotContain("\r\nx-smuggled")
                .doesNotContain("\nx-smuggled");
        assertThat(response).contains("null");
    }

    @Test
    default void sendsNoBodyOfALocalResponseToHead() throws Exception {
        String response = site().raw("HEAD /app/deny HTTP/1.1");
        assertThat(response).startsWith("HTTP/1.1 403").endsWith("\r\n\r\n");
    }

    @Test
    default void sendsNoBodyToHead() throws Exception {
        site().application(call -> {
            call.setHeader("Content-Length", "11");
            call.print("application");
        });
        String response = site().raw("HEAD /app/response-add HTTP/1.1");
        assertThat(response).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
        assertThat(response).containsIgnoringCase("\r\nContent-Length: 11\r\n");
        assertThat(response).containsIgnoringCase("\r\nx-known: of a filter\r\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 205, 304})
    default void sendsNoFramingWithAStatusThatHasNoBody(int status) throws Exception {
        site().application(call -> call.status(status));
        String response = site().raw("GET /app/response-add HTTP/1.1");
        assertThat(response).startsWith("HTTP/1.1 " + status).endsWith("\r\n\r\n");
        assertThat(response).containsIgnoringCase("\r\nx-known: of a filter\r\n");
        assertThat(response).doesNotContainIgnoringCase("transfer-encoding");
    }

    @Test
    default void leavesABodyUnreadThatTheApplicationDoesNotWant() throws Exception {
        site().application(call -> call.print("not read"));
        assertThat(site().post("/pass", new byte[100_000]).body()).isEqualTo("not read");
        assertThat(site().post("/none", new byte[10_000]).body()).isEqualTo("not read");
    }

    /** Or it says that the connection ends with the answer. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5", "Content-Length: 10000000", "Transfer-Encoding: chunked"})
    default void goesOnWithAConnectionWhoseRequestAPluginAnsweredBeforeItsEnd(String framing) throws Exception {
        String body = framing.endsWith("chunked") ? "5\r\nabcde\r\n0\r\n\r\n" : "abcde";
        try (Socket socket = site().connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /app/deny HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n\r\n" + body)
                    .getBytes(ISO_8859_1));
            String first = head(socket.getInputStream());
            assertThat(first).startsWith("HTTP/1.1 403");
            byte[] answer = socket.getInputStream().readNBytes("denied by a filter".length());
            assertThat(answer).asString(ISO_8859_1).isEqualTo("denied by a filter");
            if (!first.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n")) {
                out.write("GET /app/deny HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
                assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 403");
            }
        }
    }

    /** Each of many, because which byte comes before the answer is a matter of chance. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 200000", "Transfer-Encoding: chunked"})
    default void answersClientsThatStillWrite(String framing) throws Exception {
        byte[] piece = (framing.startsWith("C") ? "a".repeat(20_000) : "4e20\r\n" + "a".repeat(20_000) + "\r\n")
                .getBytes(ISO_8859_1);
        for (int client = 0; client < 50; client++) {
            try (Socket socket = site().connect()) {
                OutputStream out = socket.getOutputStream();
                out.write(
                        ("POST /app/deny HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n\r\n").getBytes(ISO_8859_1));
                for (int i = 0; i < 10; i++) {
                    out.write(piece);
                }
                out.write(framing.startsWith("C") ? new byte[0] : "0\r\n\r\n".getBytes(ISO_8859_1));
                assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 403");
            }
        }
    }

    /** The status line and the headers of a response. */
    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                throw new EOFException("the connection ended after: " + head);
            }
            head.append((char) read);
        }
        return head.toString();
    }

    @Test
    default void keepsHeaderBytesThatAreNotAscii() throws Exception {
        site().application(call -> call.setHeader("x-back", String.valueOf(call.header("x-there"))));
        assertThat(site().raw("GET /app/chain HTTP/1.1", "x-there: caf\u00e9")).contains("x-back: caf\u00e9\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/pass", "/hold"})
    default void readsChunksHoweverTheyAreCut(String path) throws Exception {
        site().application(call -> call.print(new String(call.body().readAllBytes(), ISO_8859_1)));
        String response = site().raw(
                        "POST /app" + path + " HTTP/1.1",
                        "Transfer-Encoding: chunked",
                        "",
                        "1\r\na\r\n2;extension=x\r\nbc\r\n00A\r\ndefghijklm\r\n0\r\n");
        assertThat(response).startsWith("HTTP/1.1 200").contains("abcdefghijklm");
    }

    @Test
    default void answersHttp10() throws Exception {
        site().application(call -> call.print("application"));
        String response = site().exchange("GET /app/pass HTTP/1.0\r\nHost: localhost\r\n\r\n");
        assertThat(response).doesNotContainIgnoringCase("transfer-encoding").endsWith("application");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/pass", "/trailers"})
    default void readsTheTrailersOfARequest(String path) throws Exception {
        site().application(call -> {
            call.body().readAllBytes();
            call.print("trailers: " + new TreeMap<>(call.trailers()));
        });
        String response = site().raw(
                        "POST /app" + path + " HTTP/1.1",
                        "Transfer-Encoding: chunked",
                        "Trailer: x-known, x-other",
                        "",
                        "3\r\nabc\r\n0\r\nx-known: of the client\r\nx-other: too\r\n");
        String known = path.equals("/trailers") ? "of a filter" : "of the client";
        assertThat(response).contains("trailers: {x-known=" + known + ", x-other=too}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/pass", "/trailers"})
    default void sendsTheTrailersOfAResponse(String path) throws Exception {
        site().application(call -> {
            call.trailers(() -> Map.of("x-known", "of the application"));
            call.print("application");
        });
        String response = site().raw("GET /app" + path + " HTTP/1.1", "TE: trailers");
        String known = path.equals("/trailers") ? "of a filter" : "of the application";
        assertThat(response).contains("application");
        if (differs(Difference.NO_RESPONSE_TRAILERS)) {
            assertThat(response).doesNotContain("x-known");
        } else {
            assertThat(response).contains("\r\n0\r\nx-known: " + known + "\r\n");
        }
    }

    @Test
    default void answersToTheTrailersOfARequest() throws Exception {
        site().application(call -> call.print("application"));
        String response = site().raw(
                        "POST /app/deny-request-trailers HTTP/1.1",
                        "Transfer-Encoding: chunked",
                        "",
                        "3\r\nabc\r\n0\r\nx-known: of the client\r\n");
        assertThat(response).startsWith("HTTP/1.1 403").contains("denied by a filter");
    }
}
