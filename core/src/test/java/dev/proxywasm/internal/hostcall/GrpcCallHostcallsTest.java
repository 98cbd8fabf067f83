package dev.proxywasm.internal.hostcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.abi.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without a client for gRPC; with one, the module that brings it is tested against a server. */
class GrpcCallHostcallsTest {

    private final FakeGuest guest = new FakeGuest();

    @Test
    void callsAreUnimplementedAndTheLogNamesTheArtifactToAdd() {
        FakeGuest.Text text = guest.text("a");
        FakeGuest.Text none = guest.text("");

        assertThat(guest.call("proxy_grpc_call", text, text, text, none, none, 0, FakeGuest.RESULT_0))
                .isEqualTo(Status.UNIMPLEMENTED);
        assertThat(guest.call("proxy_grpc_stream", text, text, text, none, FakeGuest.RESULT_0))
                .isEqualTo(Status.UNIMPLEMENTED);
        assertThat(guest.scope.warned).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("add the artifact dev.proxywasm:proxy-wasm-grpc to the class path"));
    }

    @Test
    void aNegativeTimeIsABadArgument() {
        FakeGuest.Text none = guest.text("");
        assertThat(guest.call("proxy_grpc_call", none, none, none, none, none, -1, FakeGuest.RESULT_0))
                .isEqualTo(Status.BAD_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy_grpc_cancel", "proxy_grpc_close"})
    void aTokenThatNoCallHasIsNotFound(String function) {
        assertThat(guest.call(function, -1)).isEqualTo(Status.NOT_FOUND);
        assertThat(guest.call("proxy_grpc_send", 7, guest.text("m"), 0)).isEqualTo(Status.NOT_FOUND);
    }

    @Test
    void theStatusOutsideOfACalloutIsZeroAndEmpty() {
        assertThat(guest.call("proxy_get_status", FakeGuest.RESULT_2, FakeGuest.RESULT_0, FakeGuest.RESULT_1))
                .isEqualTo(Status.OK);
        assertThat(guest.u32(FakeGuest.RESULT_2)).isZero();
        assertThat(guest.u32(FakeGuest.RESULT_1)).isZero();
    }
}
