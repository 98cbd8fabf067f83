package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.LocalResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRepliesTest {

    private static final HeaderMap GRPC = HeaderMap.of("content-type", "application/grpc+proto");
    private static final HeaderMap NONE = new HeaderMap();

    @Test
    void aBodyIsPlainTextUnlessTheGuestSaysOtherwise() {
        assertThat(reply(null, 503, "down", NONE, -1).headers())
                .isEqualTo(HeaderMap.of(":status", "503", "content-length", "4", "content-type", "text/plain"));
        assertThat(reply(null, 503, "{}", HeaderMap.of("content-type", "application/json"), -1)
                        .headers()
                        .getAll("content-type"))
                .containsExactly("application/json");
    }

    @Test
    void contentLengthCountsBytes() {
        assertThat(reply(null, 403, "\u20ac", NONE, -1).headers().get("content-length"))
                .isEqualTo("3");
    }

    @Test
    void noBodyHasNoContentType() {
        assertThat(reply(null, 403, "", NONE, -1).headers())
                .isEqualTo(HeaderMap.of(":status", "403", "content-length", "0"));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void dropsTheBodyOfResponsesThatHaveNone(int code) {
        LocalResponse response = reply(null, code, "text", NONE, -1);

        assertThat(response.headers()).isEqualTo(HeaderMap.of(":status", Integer.toString(code)));
        assertThat(response.body().hasRemaining()).isFalse();
    }

    @Test
    void leavesOutHeadersThatFrameTheMessage() {
        HeaderMap extra =
                HeaderMap.of("content-length", "99", "transfer-encoding", "chunked", "connection", "close", "a", "1");

        assertThat(reply(null, 403, "", extra, -1).headers())
                .isEqualTo(HeaderMap.of(":status", "403", "content-length", "0", "a", "1"));
    }

    @Test
    void keepsRepeatedHeaders() {
        HeaderMap extra = HeaderMap.of("set-cookie", "a", "set-cookie", "b");

        assertThat(reply(null, 302, "", extra, -1).headers().getAll("set-cookie"))
                .containsExactly("a", "b");
    }

    @Test
    void aGrpcClientGetsEverythingInHeaders() {
        LocalResponse response = reply(GRPC, 403, "no 100%\n\u20ac", HeaderMap.of("a", "1", "grpc-status", "0"), 7);

        assertThat(response.headers())
                .isEqualTo(HeaderMap.of(
                        ":status",
                        "200",
                        "content-type",
                        "application/grpc",
                        "grpc-status",
                        "7",
                        "grpc-message",
                        "no 100%25%0A%E2%82%AC",
                        "a",
                        "1"));
        assertThat(response.body().hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"400,13", "401,16", "403,7", "404,12", "429,14", "500,2", "502,14", "503,14", "504,14", "200,2"})
    void derivesTheGrpcStatusThatIsNotGiven(int code, String grpcStatus) {
        assertThat(reply(GRPC, code, "", NONE, -1).headers().get("grpc-status")).isEqualTo(grpcStatus);
        assertThat(reply(GRPC, code, "", NONE, 17).headers().get("grpc-status")).isEqualTo(grpcStatus);
    }

    @Test
    void aGrpcStatusMeansNothingToAnHttpClient() {
        assertThat(reply(NONE, 403, "", NONE, 7).headers().contains("grpc-status"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "application/grpc, true",
        "Application/GRPC, true",
        "application/grpc+json, true",
        "application/grpc; charset=utf-8, true",
        "application/grpc-web, false",
        "application/json, false",
        "application/grp, false"
    })
    void tellsGrpcByTheContentType(String type, boolean grpc) {
        assertThat(LocalReplies.isGrpc(HeaderMap.of("content-type", type))).isEqualTo(grpc);
    }

    @Test
    void detailsAreOneWord() {
        assertThat(LocalReplies.of(null, 403, "a b c", new byte[0], NONE, -1).details())
                .isEqualTo("a_b_c");
    }

    private static LocalResponse reply(HeaderMap request, int code, String body, HeaderMap extra, int grpcStatus) {
        return LocalReplies.of(request, code, "", body.getBytes(UTF_8), extra, grpcStatus);
    }
}
