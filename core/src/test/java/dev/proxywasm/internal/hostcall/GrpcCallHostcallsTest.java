package dev.proxywasm.internal.hostcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.UpstreamConfig;
import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.callout.CalloutServices;
import dev.proxywasm.internal.callout.Upstreams;
import dev.proxywasm.internal.codec.MapCodec;
import dev.proxywasm.internal.wasm.FunctionType;
import dev.proxywasm.internal.wasm.Import;
import dev.proxywasm.internal.wasm.ValueType;
import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.ClientTls;
import dev.proxywasm.spi.GrpcCall;
import dev.proxywasm.spi.GrpcCallClient;
import dev.proxywasm.testing.Spec;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the guest is answered; calls over sockets are tested with the module that makes them. */
class GrpcCallHostcallsTest {

    private final FakeGuest guest = new FakeGuest();
    private final FakeCallouts vm = guest.scope.calloutVm;
    private final FakeGrpcClient client = new FakeGrpcClient();
    private final FakeGuest.Text none = guest.text("");

    @BeforeEach
    void connect() {
        connect(client);
    }

    private void connect(GrpcCallClient grpc) {
        connect(grpc, new UpstreamConfig(URI.create("http://geo.example"), Duration.ofSeconds(5)));
    }

    private void connect(GrpcCallClient grpc, UpstreamConfig upstream) {
        CalloutServices off = CalloutServices.NONE;
        Upstreams upstreams = new Upstreams(Map.of("geo", upstream), false);
        CalloutServices services =
                new CalloutServices(upstreams, off.http(), Optional.ofNullable(grpc), off.dns(), List.of());
        guest.scope.callouts = vm.calling(services, guest.scope.plugin);
    }

    @AfterEach
    void stop() {
        vm.shutdownNow();
    }

    @Test
    @Spec({"0.2.1#proxy_grpc_call UNIMPLEMENTED", "0.2.1#proxy_grpc_stream UNIMPLEMENTED"})
    void callsAreUnimplementedWithoutAClientAndTheLogNamesTheArtifactToAdd() {
        connect(null);

        assertThat(call("geo", none, "a", 0)).isEqualTo(Status.UNIMPLEMENTED);
        assertThat(stream("geo", none)).isEqualTo(Status.UNIMPLEMENTED);
        assertThat(guest.scope.warned).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("add the artifact dev.proxywasm:proxy-wasm-grpc to the class path"));
    }

    @Test
    @Spec("0.2.1#proxy_grpc_call OK")
    void aCallCarriesItsMessageAndMetadataAndHasAToken() {
        FakeGuest.Text metadata = guest.bytes(MapCodec.encode(HeaderMap.of("x-id", "7")));
        assertThat(call("geo", metadata, "question", 250)).isEqualTo(Status.OK);

        GrpcCall call = client.calls.get(0);
        assertThat(token()).isEqualTo(1);
        assertThat(call.service() + "/" + call.method()).isEqualTo("example.Geo/Find");
        assertThat(call.metadata()).isEqualTo(HeaderMap.of("x-id", "7"));
        assertThat(call.timeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(client.sent).containsExactly("1 question", "1 half-close");
    }

    @Test
    void aCallHasTheTlsOfItsUpstream() throws Exception {
        ClientTls tls = ClientTls.of(SSLContext.getDefault());
        connect(client, new UpstreamConfig(URI.create("https://geo.example")).withTls(() -> tls));
        call("geo", none, "question", 250);
        stream("geo", none);
        assertThat(client.calls).hasSize(2).allSatisfy(call -> assertThat(call.tls())
                .contains(tls));
    }

    @Test
    @Spec({
        "0.2.1#proxy_grpc_call BAD_ARGUMENT",
        "0.2.1#proxy_grpc_call PARSE_FAILURE",
        "0.2.1#proxy_grpc_call INTERNAL_FAILURE"
    })
    void aCallThatCannotBeMadeIsRefused() {
        assertThat(call("geo", none, "", -1)).as("a negative time").isEqualTo(Status.BAD_ARGUMENT);
        assertThat(call("geo", guest.text("nonsense"), "", 0))
                .as("metadata that is no map")
                .isEqualTo(Status.BAD_ARGUMENT);
        assertThat(call("auth", none, "", 0)).as("an unknown upstream").isEqualTo(Status.PARSE_FAILURE);
        assertThat(call("geo", none, "too much", 0)).as("what cannot be sent").isEqualTo(Status.INTERNAL_FAILURE);
        client.refusal = new IllegalStateException("no threads");
        assertThat(call("geo", none, "", 0)).as("a client that fails").isEqualTo(Status.INTERNAL_FAILURE);
        assertThat(client.sent).as("the call whose message could not be sent").containsExactly("1 cancel");
    }

    @Test
    @Spec({
        "0.2.1#proxy_grpc_stream OK",
        "0.2.1#proxy_grpc_stream BAD_ARGUMENT",
        "0.2.1#proxy_grpc_stream PARSE_FAILURE",
        "0.2.1#proxy_grpc_stream INTERNAL_FAILURE"
    })
    void streamsOpenOrAreRefused() {
        assertThat(stream("geo", guest.text("nonsense"))).isEqualTo(Status.BAD_ARGUMENT);
        assertThat(stream("auth", none)).isEqualTo(Status.PARSE_FAILURE);
        assertThat(stream("geo", none)).isEqualTo(Status.OK);
        assertThat(token()).isEqualTo(1);
        assertThat(client.calls.get(0).timeout()).as("streams have no time-out").isZero();
        client.refusal = new CalloutRefusedException("not now");
        assertThat(stream("geo", none)).isEqualTo(Status.INTERNAL_FAILURE);
    }

    @Test
    @Spec({"0.2.1#proxy_grpc_send OK", "0.2.1#proxy_grpc_send BAD_ARGUMENT", "0.2.1#proxy_grpc_send NOT_FOUND"})
    void messagesGoToStreamsUntilTheLast() {
        stream("geo", none);
        call("geo", none, "q", 0);

        assertThat(send(1, "a", 0)).isEqualTo(Status.OK);
        assertThat(send(1, "too much", 0)).isEqualTo(Status.BAD_ARGUMENT);
        assertThat(send(1, "b", 1)).isEqualTo(Status.OK);
        assertThat(send(1, "c", 0)).as("behind the last").isEqualTo(Status.BAD_ARGUMENT);
        assertThat(send(2, "c", 0)).as("to a unary call").isEqualTo(Status.BAD_ARGUMENT);
        assertThat(send(9, "c", 0)).isEqualTo(Status.NOT_FOUND);
        assertThat(client.sent).containsExactly("2 q", "2 half-close", "1 a", "1 b", "1 half-close");
    }

    @Test
    @Spec({"0.2.1#proxy_grpc_cancel,proxy_grpc_close OK", "0.2.1#proxy_grpc_cancel,proxy_grpc_close NOT_FOUND"})
    void closingHalfClosesAStreamAndGivesACallUp() {
        stream("geo", none);
        call("geo", none, "q", 0);
        client.sent.clear();

        assertThat(guest.call("proxy_grpc_close", 1)).isEqualTo(Status.OK);
        assertThat(guest.call("proxy_grpc_close", 2)).isEqualTo(Status.OK);
        assertThat(guest.call("proxy_grpc_close", 2)).isEqualTo(Status.NOT_FOUND);
        assertThat(guest.call("proxy_grpc_cancel", 1))
                .as("a stream that can still be answered")
                .isEqualTo(Status.OK);
        assertThat(guest.call("proxy_grpc_cancel", 1)).isEqualTo(Status.NOT_FOUND);
        assertThat(client.sent).containsExactly("1 half-close", "2 cancel", "1 cancel");
        client.listeners.get(0).onClose(0, "", new HeaderMap());
        vm.runAnswers();
        assertThat(vm.calls).as("callbacks of what was given up").isEmpty();
    }

    @Test
    void unaryCallsAreAnsweredByTheirMessageAloneAndFailuresByAClose() {
        call("geo", none, "q", 0);
        call("geo", none, "q", 0);
        client.listeners.get(1).onClose(5, "no such place", new HeaderMap());
        client.listeners.get(0).onMessage(ByteBuffer.wrap(new byte[3]));
        client.listeners.get(0).onClose(0, "", new HeaderMap());
        vm.runAnswers();

        assertThat(vm.calls).containsExactly("GRPC_CLOSE 2 5 0 0", "GRPC_RECEIVE 1 3 0 0");
    }

    @Test
    @Spec("0.2.1#proxy_get_status OK")
    void theStatusIsThatOfTheCloseUnderWay() {
        assertThat(status()).isEqualTo("0 ");
        stream("geo", none);
        vm.duringCall = () -> vm.calls.add(status());
        client.listeners.get(0).onClose(14, "gone", HeaderMap.of("a", "1"));
        vm.runAnswers();

        assertThat(vm.calls)
                .containsExactly("GRPC_RECEIVE_TRAILING_METADATA 1 1 0 0", "0 ", "GRPC_CLOSE 1 14 0 0", "14 gone");
        assertThat(status()).isEqualTo("0 ");
    }

    @Test
    void theShapesOfAssemblyScriptDoTheSameWithoutMetadata() {
        FakeGuest.Text upstream = guest.text("geo");
        FakeGuest.Text name = guest.text("example.Geo");
        FakeGuest.Text method = guest.text("Find");

        assertThat(older("proxy_grpc_call", 10, upstream, name, method, guest.text("q"), 100, FakeGuest.RESULT_0))
                .isEqualTo(Status.OK.code());
        assertThat(token()).isEqualTo(1);
        assertThat(older("proxy_grpc_stream", 7, upstream, name, method, FakeGuest.RESULT_0))
                .isEqualTo(Status.OK.code());
        assertThat(token()).isEqualTo(2);
        assertThat(client.calls)
                .allSatisfy(call -> assertThat(call.metadata().isEmpty()).isTrue());
        assertThat(client.calls.get(0).timeout()).isEqualTo(Duration.ofMillis(100));
        assertThat(client.sent).containsExactly("1 q", "1 half-close");
    }

    private Object older(String name, int params, Object... arguments) {
        FunctionType type = new FunctionType(Collections.nCopies(params, ValueType.I32), List.of(ValueType.I32));
        return guest.invoke(new Import("env", name, type), Set.of(), arguments);
    }

    private Status call(String upstream, FakeGuest.Text metadata, String message, int timeoutMillis) {
        return guest.call(
                "proxy_grpc_call",
                guest.text(upstream),
                guest.text("example.Geo"),
                guest.text("Find"),
                metadata,
                guest.text(message),
                timeoutMillis,
                FakeGuest.RESULT_0);
    }

    private Status stream(String upstream, FakeGuest.Text metadata) {
        return guest.call(
                "proxy_grpc_stream",
                guest.text(upstream),
                guest.text("example.Geo"),
                guest.text("Find"),
                metadata,
                FakeGuest.RESULT_0);
    }

    private Status send(int token, String message, int last) {
        return guest.call("proxy_grpc_send", token, guest.text(message), last);
    }

    private int token() {
        return guest.u32(FakeGuest.RESULT_0);
    }

    private String status() {
        assertThat(guest.call("proxy_get_status", FakeGuest.RESULT_2, FakeGuest.RESULT_0, FakeGuest.RESULT_1))
                .isEqualTo(Status.OK);
        return guest.u32(FakeGuest.RESULT_2) + " " + guest.returned();
    }
}
