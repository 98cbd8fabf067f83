package dev.proxywasm.it.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Locale;
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
    @ValueSource(ints = {204, 304})
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

    private static String head(InputStream in) throws IOException {
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
}
