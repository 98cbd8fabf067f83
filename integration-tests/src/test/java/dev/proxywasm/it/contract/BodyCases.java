package dev.proxywasm.it.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of every size, with plugins that do not look at them, let them pass, hold them or change them. */
public interface BodyCases extends ContractCases {

    /** Sizes about the limits of buffers, for a path without a body plugin, with one that passes, and with one that holds. */
    String SIZES =
            """
            /none, 0
            /none, 1
            /none, 1048575
            /none, 1048576
            /none, 20971520
            /pass, 0
            /pass, 1
            /pass, 1048575
            /pass, 1048576
            /pass, 20971520
            /hold, 0
            /hold, 1
            /hold, 1048575
            /hold, 1048576
            /hold, 20971520
            """;

    /** An application that answers the fingerprint of the request body. */
    private static Application fingerprinting() {
        return call -> call.print(Payload.fingerprint(call.body()));
    }

    /** An application that answers the request body as text, after the Content-Length. */
    private static Application repeating() {
        return call -> {
            String body = new String(call.body().readAllBytes(), ISO_8859_1);
            call.print(call.header("Content-Length") + " " + body);
        };
    }

    @ParameterizedTest(name = "{1} bytes to {0}")
    @CsvSource(textBlock = SIZES)
    default void carriesARequestBody(String path, int size) throws Exception {
        site().application(fingerprinting());
        byte[] body = Payload.ofSize(size);
        HttpResponse<String> response = site().post(path, body);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(Payload.fingerprint(body));
    }

    @ParameterizedTest(name = "{1} bytes to {0}")
    @CsvSource(textBlock = SIZES)
    default void carriesAChunkedRequestBody(String path, int size) throws Exception {
        site().application(fingerprinting());
        byte[] body = Payload.ofSize(size);
        HttpResponse<String> response = site().send(
                        site().request(path).POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(Payload.fingerprint(body));
    }

    @ParameterizedTest(name = "{1} bytes from {0}")
    @CsvSource(textBlock = SIZES)
    default void carriesAResponseBodyOfKnownLength(String path, int size) throws Exception {
        byte[] body = Payload.ofSize(size);
        site().application(call -> {
            call.setHeader("Content-Length", Integer.toString(size));
            call.out().write(body);
        });
        HttpResponse<byte[]> response = site().send(site().request(path), BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Payload.fingerprint(response.body())).isEqualTo(Payload.fingerprint(body));
        assertLengthIsRight(response, size);
    }

    @ParameterizedTest(name = "{1} bytes from {0}")
    @CsvSource(textBlock = SIZES)
    default void carriesAResponseBodyOfUnknownLength(String path, int size) throws Exception {
        byte[] body = Payload.ofSize(size);
        site().application(call -> {
            for (int at = 0; at < size; at += 10_000) {
                call.out().write(body, at, Math.min(10_000, size - at));
            }
        });
        HttpResponse<byte[]> response = site().send(site().request(path), BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Payload.fingerprint(response.body())).isEqualTo(Payload.fingerprint(body));
        assertLengthIsRight(response, size);
    }

    private void assertLengthIsRight(HttpResponse<?> response, int size) {
        Optional<String> length = response.headers().firstValue("content-length");
        if (length.isPresent()) {
            assertThat(length).contains(Integer.toString(size));
            assertThat(response.headers().firstValue("transfer-encoding")).isEmpty();
        } else if (site().version() == Version.HTTP_1_1) {
            assertThat(response.headers().firstValue("transfer-encoding")).contains("chunked");
        }
    }

    @Test
    default void keepsTheContentLengthOfAnUntouchedResponse() throws Exception {
        site().application(call -> {
            call.setHeader("Content-Length", Integer.toString(3_000_000));
            call.out().write(new byte[3_000_000]);
        });
        assertThat(site().get("/none").headers().allValues("content-length")).containsExactly("3000000");
    }

    @Test
    default void replacesARequestBodyAndItsLength() throws Exception {
        site().application(repeating());
        assertThat(site().post("/replace-request", Payload.ofSize(100_000)).body())
                .isEqualTo("8 replaced");
    }

    @Test
    default void replacesAResponseBodyAndItsLength() throws Exception {
        site().application(call -> {
            call.setHeader("Content-Length", Integer.toString(100_000));
            call.out().write(new byte[100_000]);
        });
        HttpResponse<String> response = site().get("/replace-response");
        assertThat(response.body()).isEqualTo("replaced");
        assertThat(response.headers().allValues("content-length")).containsExactly("8");
    }

    @Test
    default void givesABodyToARequestThatHasNone() throws Exception {
        site().application(repeating());
        assertThat(site().get("/give-request").body()).isEqualTo("5 given");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    default void givesABodyToAResponseThatHasNone(boolean saysSo) throws Exception {
        site().application(call -> {
            if (saysSo) {
                call.setHeader("Content-Length", "0");
            }
        });
        HttpResponse<String> response = site().get("/give-response");
        assertThat(response.body()).isEqualTo("given");
        assertThat(response.headers().allValues("content-length")).containsExactly("5");
    }

    @Test
    default void appendsToARequestBodyThatItDoesNotHold() throws Exception {
        site().application(call -> {
            byte[] body = call.body().readAllBytes();
            call.print(body.length + " " + (char) body[body.length - 1]);
        });
        assertThat(site().post("/append-request", new byte[3 * Payload.MEBIBYTE])
                        .body())
                .isEqualTo("3145729 !");
    }

    @Test
    default void appendsToAResponseBodyThatItDoesNotHold() throws Exception {
        site().application(call -> {
            call.setHeader("Content-Length", Integer.toString(3 * Payload.MEBIBYTE));
            call.out().write(new byte[3 * Payload.MEBIBYTE]);
        });
        HttpResponse<String> response = site().get("/append-response");
        assertThat(response.body()).hasSize(3 * Payload.MEBIBYTE + 1).endsWith("!");
        assertLengthIsRight(response, 3 * Payload.MEBIBYTE + 1);
    }

    @Test
    default void answers413WhereAPluginHoldsTooMuchOfARequest() throws Exception {
        site().application(fingerprinting());
        HttpResponse<String> response = site().post("/hold-little", new byte[64 * 1024 + 1]);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(site().calls()).isZero();
    }

    @Test
    default void carriesARequestBodyThatJustFitsTheBuffer() throws Exception {
        site().application(fingerprinting());
        byte[] body = Payload.ofSize(64 * 1024);
        assertThat(site().post("/hold-little", body).body()).isEqualTo(Payload.fingerprint(body));
    }

    @Test
    default void answers500WhereAPluginHoldsTooMuchOfAResponse() throws Exception {
        site().application(call -> call.out().write(new byte[64 * 1024 + 1]));
        assertThat(site().get("/hold-little").statusCode()).isEqualTo(500);
    }

    @Test
    default void carriesAResponseBodyThatJustFitsTheBuffer() throws Exception {
        site().application(call -> call.out().write(new byte[64 * 1024]));
        HttpResponse<String> response = site().get("/hold-little");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).hasSize(64 * 1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/pass", "/hold"})
    default void leavesEncodedBodiesAlone(String path) throws Exception {
        byte[] gzip = Payload.gzip("compressed ".repeat(10_000));
        site().application(call -> {
            call.setHeader("Content-Encoding", String.valueOf(call.header("content-encoding")));
            call.write(call.body().readAllBytes());
        });
        HttpResponse<byte[]> response = site().send(
                        site().request(path).header("content-encoding", "gzip").POST(BodyPublishers.ofByteArray(gzip)),
                        BodyHandlers.ofByteArray());
        assertThat(response.headers().allValues("content-encoding")).containsExactly("gzip");
        assertThat(response.body()).isEqualTo(gzip);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/pass", "/hold"})
    default void carriesABodyThatIsWrittenByteByByte(String path) throws Exception {
        byte[] body = Payload.ofSize(5000);
        site().application(call -> {
            for (byte b : body) {
                call.out().write(b);
            }
        });
        assertThat(site().send(site().request(path), BodyHandlers.ofByteArray()).body())
                .isEqualTo(body);
    }

    @Test
    default void readsARequestBodyByteByByte() throws Exception {
        byte[] body = Payload.ofSize(5000);
        site().application(call -> {
            InputStream in = call.body();
            for (int b = in.read(); b >= 0; b = in.read()) {
                call.out().write(b);
            }
        });
        HttpResponse<byte[]> response =
                site().send(site().request("/pass").POST(BodyPublishers.ofByteArray(body)), BodyHandlers.ofByteArray());
        assertThat(response.body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/pass"})
    default void answersWhileItReads(String path) throws Exception {
        byte[] body = Payload.ofSize(3 * Payload.MEBIBYTE);
        site().application(call -> call.body().transferTo(call.out()));
        HttpResponse<byte[]> response =
                site().send(site().request(path).POST(BodyPublishers.ofByteArray(body)), BodyHandlers.ofByteArray());
        assertThat(Payload.fingerprint(response.body())).isEqualTo(Payload.fingerprint(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "OPTIONS"})
    default void carriesTheBodyOfEveryMethod(String method) throws Exception {
        site().application(call -> call.print(call.method() + " " + Payload.fingerprint(call.body())));
        byte[] body = Payload.ofSize(1000);
        HttpResponse<String> response =
                site().send(site().request("/pass").method(method, BodyPublishers.ofByteArray(body)));
        assertThat(response.body()).isEqualTo(method + " " + Payload.fingerprint(body));
    }
}
