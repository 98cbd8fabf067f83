package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.Limits;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.abi.StreamType;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.internal.codec.MapCodec;
import dev.proxywasm.testing.Spec;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamHostcallsTest {

    private final FakeGuest guest = new FakeGuest();

    @ParameterizedTest
    @EnumSource(StreamType.class)
    @Spec({"0.2.1#proxy_continue_stream OK", "0.2.1#proxy_close_stream OK"})
    void notesThatAStreamShallGoOnOrClose(StreamType type) {
        assertThat(guest.call("proxy_continue_stream", type.ordinal())).isEqualTo(Status.OK);
        assertThat(guest.call("proxy_close_stream", type.ordinal())).isEqualTo(Status.OK);
        assertThat(guest.scope.context.effects).containsExactly("continue " + type, "close " + type);
    }

    @Test
    @Spec("0.2.1#proxy_continue_stream,proxy_close_stream BAD_ARGUMENT")
    void answersBadArgumentForATypeThatDoesNotExist() {
        for (String function : List.of("proxy_continue_stream", "proxy_close_stream")) {
            assertThat(guest.call(function, 4)).isEqualTo(Status.BAD_ARGUMENT);
            assertThat(guest.call(function, -1)).isEqualTo(Status.BAD_ARGUMENT);
            assertThat(guest.scope.context.effects).isEmpty();
        }
    }

    @Nested
    class SendLocalResponse {

        @Test
        void sendsWhatTheGuestGave() {
            assertThat(send(403, "no tea", "denied", HeaderMap.of("X-Why", "tea"), -1))
                    .isEqualTo(Status.OK);

            LocalResponse response = guest.scope.context.responses.get(0);
            assertThat(response.headers())
                    .isEqualTo(HeaderMap.of(
                            ":status", "403", "content-length", "6", "content-type", "text/plain", "x-why", "tea"));
            assertThat(UTF_8.decode(response.body()).toString()).isEqualTo("denied");
            assertThat(response.details()).isEqualTo("no_tea");
        }

        @Test
        void cutsDetailsThatAreTooLongForALog() {
            assertThat(send(403, "x".repeat(5000), "", new HeaderMap(), -1)).isEqualTo(Status.OK);
            assertThat(guest.scope.context.responses.get(0).details()).hasSize(4096);
        }

        @Test
        void answersAGrpcRequestWithItsStatus() {
            guest.scope.context.maps.put(
                    MapType.HTTP_REQUEST_HEADERS, HeaderMap.of("content-type", "application/grpc"));

            assertThat(send(503, "", "down", new HeaderMap(), 14)).isEqualTo(Status.OK);
            assertThat(guest.scope.context.responses.get(0).headers().get("grpc-status"))
                    .isEqualTo("14");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 100, 199, 1000, -1})
        void answersBadArgumentForAnImpossibleCode(int code) {
            assertThat(send(code, "", "", new HeaderMap(), -1)).isEqualTo(Status.BAD_ARGUMENT);
            assertThat(guest.scope.context.responses).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {200, 999})
        @Spec("0.2.1#proxy_send_local_response OK")
        void takesCodesUpToTheEdges(int code) {
            assertThat(send(code, "", "", new HeaderMap(), -1)).isEqualTo(Status.OK);
        }

        @Test
        @Spec("0.2.1#proxy_send_local_response BAD_ARGUMENT")
        void answersBadArgumentForMalformedHeaders() {
            FakeGuest.Text empty = guest.text("");

            assertThat(guest.call("proxy_send_local_response", 403, empty, empty, guest.text("nonsense"), -1))
                    .isEqualTo(Status.BAD_ARGUMENT);
            assertThat(guest.scope.context.responses).isEmpty();
        }

        @Test
        void headersObeyTheRules() {
            HeaderMap headers = HeaderMap.of(":status", "200", ":foo", "x", "a\r\n", "1\r\n2");

            assertThat(send(403, "", "", headers, -1)).isEqualTo(Status.OK);
            assertThat(guest.scope.context.responses.get(0).headers())
                    .isEqualTo(HeaderMap.of(":status", "403", "content-length", "0", "a", "12"));
        }

        @Test
        void isOkWithAWarningWhereNothingCanBeAnswered() {
            guest.scope.context.answersRequests = false;

            assertThat(send(403, "", "", new HeaderMap(), -1)).isEqualTo(Status.OK);
            assertThat(guest.scope.warned).singleElement().asString().contains("context 17", "no effect");
        }

        @Test
        void answersInternalFailureForABodyBeyondTheLimit() {
            guest.scope.limit(Limits.builder().responseBodyBufferBytes(0));
            FakeGuest.Text empty = guest.text("");

            assertThat(guest.call("proxy_send_local_response", 403, empty, 0, 65536, empty, -1))
                    .as("64 KiB are always allowed")
                    .isEqualTo(Status.OK);
            guest.scope.limit(Limits.builder().headerCount(1));
            assertThat(send(403, "", "", HeaderMap.of("a", "1", "b", "2"), -1)).isEqualTo(Status.INTERNAL_FAILURE);
            assertThat(guest.scope.context.responses).hasSize(1);
        }

        private Status send(int code, String details, String body, HeaderMap headers, int grpcStatus) {
            return guest.call(
                    "proxy_send_local_response",
                    code,
                    guest.text(details),
                    guest.text(body),
                    guest.bytes(MapCodec.encode(headers)),
                    grpcStatus);
        }
    }
}
