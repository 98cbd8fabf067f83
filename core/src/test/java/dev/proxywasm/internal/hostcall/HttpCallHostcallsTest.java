package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.Limits;
import dev.proxywasm.PluginCounter;
import dev.proxywasm.UpstreamConfig;
import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.callout.CalloutServices;
import dev.proxywasm.internal.callout.CalloutView;
import dev.proxywasm.internal.callout.Upstreams;
import dev.proxywasm.internal.codec.MapCodec;
import dev.proxywasm.spi.Callout;
import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.ClientTls;
import dev.proxywasm.spi.HttpCall;
import dev.proxywasm.spi.HttpCallClient;
import dev.proxywasm.spi.HttpCallResult;
import dev.proxywasm.spi.HttpCallResult.Answer;
import dev.proxywasm.spi.HttpCallResult.Failure;
import dev.proxywasm.testing.Spec;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallHostcallsTest {

    private static final HeaderMap COMPLETE = HeaderMap.of(":method", "GET", ":path", "/", ":authority", "a");

    private final FakeGuest guest = new FakeGuest();
    private final FakeCallouts vm = guest.scope.calloutVm;
    private final Client client = new Client();

    /** Notes calls; a test answers them. */
    private static final class Client implements HttpCallClient {
        final List<HttpCall> calls = new ArrayList<>();
        final List<Consumer<HttpCallResult>> listeners = new ArrayList<>();
        int cancelled;
        RuntimeException refusal;

        @Override
        public Callout start(HttpCall call, Consumer<HttpCallResult> whenDone) {
            if (refusal != null) {
                throw refusal;
            }
            calls.add(call);
            listeners.add(whenDone);
            return () -> cancelled++;
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void connect() {
        limit(Limits.builder());
    }

    @AfterEach
    void stop() {
        vm.shutdownNow();
    }

    private void limit(Limits.Builder limits) {
        guest.scope.limit(limits);
        connect(new UpstreamConfig(URI.create("http://auth.example"), Duration.ofSeconds(5)));
    }

    private void connect(UpstreamConfig upstream) {
        Upstreams upstreams = new Upstreams(Map.of("auth", upstream), false);
        guest.scope.callouts = vm.calling(
                new CalloutServices(upstreams, client, Optional.empty(), CalloutServices.NONE.dns(), List.of()),
                guest.scope.plugin);
    }

    @Test
    @Spec("0.2.1#proxy_http_call OK")
    void startsACallAndReturnsItsToken() {
        assertThat(call("auth", COMPLETE, "body", 1000)).isEqualTo(Status.OK);
        assertThat(token()).isEqualTo(1);
        assertThat(call("auth", COMPLETE, "", 0)).isEqualTo(Status.OK);
        assertThat(token()).isEqualTo(2);

        HttpCall first = client.calls.get(0);
        assertThat(first.upstream()).isEqualTo(URI.create("http://auth.example"));
        assertThat(first.tls()).isEmpty();
        assertThat(first.headers()).isEqualTo(COMPLETE);
        assertThat(ISO_8859_1.decode(first.body()).toString()).isEqualTo("body");
        assertThat(first.maxBodyBytes()).isEqualTo(Limits.DEFAULT.calloutBodyBytes());
    }

    @Test
    void aCallHasTheTlsThatItsUpstreamHasByThen() throws Exception {
        AtomicReference<ClientTls> certificate = new AtomicReference<>(ClientTls.of(SSLContext.getDefault()));
        connect(new UpstreamConfig(URI.create("https://auth.example")).withTls(certificate::get));
        call("auth", COMPLETE, "", 1000);
        assertThat(client.calls.remove(0).tls()).contains(certificate.get());
        certificate.set(ClientTls.of(SSLContext.getDefault()));
        call("auth", COMPLETE, "", 1000);
        assertThat(client.calls.remove(0).tls()).contains(certificate.get());
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000", "0, 5000", "5001, 5000", "2147483647, 5000"})
    void takesTheLeastOfTheTimes(int asked, long millis) {
        call("auth", COMPLETE, "", asked);
        assertThat(client.calls.get(0).timeout()).isEqualTo(Duration.ofMillis(millis));
        assertThat(vm.timeoutMillis).containsExactly(millis);
    }

    @Test
    void theHostsOwnTimeWins() {
        limit(Limits.builder().calloutTimeout(Duration.ofSeconds(2)));
        call("auth", COMPLETE, "", 3000);
        assertThat(client.calls.get(0).timeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void takesTheHostHeaderForTheAuthority() {
        call("auth", HeaderMap.of(":method", "GET", ":path", "/", "host", "b"), "", 0);
        assertThat(client.calls.get(0).headers().get(":authority")).isEqualTo("b");
        assertThat(client.calls.get(0).headers().contains("host")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {":method", ":path", ":authority"})
    void refusesACallWithoutAPseudoHeader(String missing) {
        HeaderMap headers = COMPLETE.copy();
        headers.remove(missing);
        assertRefused(call("auth", headers, "", 0), Status.BAD_ARGUMENT, "the headers lack " + missing);
    }

    @Test
    @Spec("0.2.1#proxy_http_call BAD_ARGUMENT")
    void refusesAnUnknownUpstream() {
        assertRefused(call("geo", COMPLETE, "", 0), Status.BAD_ARGUMENT, "upstream 'geo' is unknown; known are: auth");
    }

    @Test
    void refusesANegativeTime() {
        assertRefused(call("auth", COMPLETE, "", -1), Status.BAD_ARGUMENT, "timeout_milliseconds -1 is negative");
    }

    @Test
    void refusesWhatTheClientRefuses() {
        client.refusal = new CalloutRefusedException("not this one");
        assertRefused(call("auth", COMPLETE, "", 0), Status.BAD_ARGUMENT, "not this one");
        client.refusal = null;
        call("auth", COMPLETE, "", 0);
        assertThat(token()).isEqualTo(2);
    }

    @Test
    @Spec("0.2.1#proxy_http_call INTERNAL_FAILURE")
    void aBrokenClientIsAnInternalFailure() {
        client.refusal = new IllegalStateException("no memory for threads");
        assertRefused(call("auth", COMPLETE, "", 0), Status.INTERNAL_FAILURE, "no memory for threads");
    }

    @Test
    void refusesABodyBeyondTheLimit() {
        limit(Limits.builder().calloutBodyBytes(3));
        assertThat(call("auth", COMPLETE, "abc", 0)).isEqualTo(Status.OK);
        assertRefused(
                call("auth", COMPLETE, "abcd", 0),
                Status.INTERNAL_FAILURE,
                "4 bytes are more than the 3 of the limit callout-body");
    }

    @Test
    void refusesMoreCallsThanTheLimitUntilOneIsAnswered() {
        limit(Limits.builder().calloutsInFlight(1));
        call("auth", COMPLETE, "", 0);
        assertRefused(call("auth", COMPLETE, "", 0), Status.INTERNAL_FAILURE, "limit callouts-in-flight");
        client.listeners.get(0).accept(new Failure("reset"));
        vm.runAnswers();
        assertThat(call("auth", COMPLETE, "", 0)).isEqualTo(Status.OK);
    }

    @Test
    void refusesAMapThatIsNone() {
        FakeGuest.Text nonsense = guest.text("nonsense");
        FakeGuest.Text upstream = guest.text("auth");
        assertThat(guest.call("proxy_http_call", upstream, nonsense, 0, 0, 0, 0, 0, FakeGuest.RESULT_0))
                .isEqualTo(Status.BAD_ARGUMENT);
        assertThat(token()).isZero();
    }

    @Test
    void tellsTheGuestOfAnAnswerWhileItCanReadIt() {
        call("auth", COMPLETE, "", 0);
        List<Object> seen = new ArrayList<>();
        vm.duringCall = () -> {
            CalloutView view = guest.scope.callouts.view();
            seen.add(view.map(MapType.HTTP_CALL_RESPONSE_HEADERS).get(":status"));
            seen.add(view.map(MapType.HTTP_CALL_RESPONSE_TRAILERS).size());
            seen.add(new String(view.buffer(BufferType.HTTP_CALL_RESPONSE_BODY).copy(0, 4), ISO_8859_1));
            seen.add(status());
        };
        HeaderMap headers = HeaderMap.of(":status", "200", "a", "b");
        client.listeners
                .get(0)
                .accept(new Answer(headers, ByteBuffer.wrap("body".getBytes(ISO_8859_1)), HeaderMap.of("t", "1")));
        assertThat(vm.calls).as("calls before the VM can be entered").isEmpty();
        vm.runAnswers();

        assertThat(vm.calls).containsExactly("HTTP_CALL_RESPONSE 1 2 4 1");
        assertThat(seen).containsExactly("200", 1, "body", "0 ");
        assertThat(guest.scope.callouts.view().map(MapType.HTTP_CALL_RESPONSE_HEADERS))
                .isNull();
        assertThat(guest.scope.callouts.view().buffer(BufferType.HTTP_CALL_RESPONSE_BODY))
                .isNull();
    }

    @Test
    void tellsTheGuestOfAFailureWithZerosAndAStatus() {
        call("auth", COMPLETE, "", 0);
        List<Object> seen = new ArrayList<>();
        vm.duringCall = () -> {
            seen.add(status());
            seen.add(guest.scope
                    .callouts
                    .view()
                    .buffer(BufferType.HTTP_CALL_RESPONSE_BODY)
                    .size());
            seen.add(guest.scope
                    .callouts
                    .view()
                    .map(MapType.HTTP_CALL_RESPONSE_HEADERS)
                    .size());
        };
        client.listeners.get(0).accept(new Failure("nobody there"));
        vm.runAnswers();

        assertThat(vm.calls).containsExactly("HTTP_CALL_RESPONSE 1 0 0 0");
        assertThat(seen).containsExactly("11 reset", 0, 0);
        assertThat(vm.warnings).containsExactly("the call 1 to upstream 'auth' failed: nobody there");
        assertThat(status()).isEqualTo("0 ");
    }

    @Test
    void oneCallHasOneEnd() {
        call("auth", COMPLETE, "", 0);
        vm.runTimers();
        client.listeners.get(0).accept(new Failure("cancelled"));
        client.listeners.get(0).accept(new Answer(COMPLETE, ByteBuffer.allocate(0), new HeaderMap()));
        vm.runAnswers();

        assertThat(vm.calls).containsExactly("HTTP_CALL_RESPONSE 1 0 0 0");
        assertThat(client.cancelled).isEqualTo(1);
        assertThat(vm.counts)
                .containsOnly(Map.entry(PluginCounter.CALLOUTS, 1), Map.entry(PluginCounter.CALLOUT_FAILURES, 1));
    }

    @Test
    void anAnswerWithTooManyHeadersIsAFailure() {
        limit(Limits.builder().headerCount(1));
        call("auth", COMPLETE, "", 0);
        client.listeners
                .get(0)
                .accept(new Answer(HeaderMap.of(":status", "200", "a", "b"), ByteBuffer.allocate(0), new HeaderMap()));
        vm.runAnswers();

        assertThat(vm.calls).containsExactly("HTTP_CALL_RESPONSE 1 0 0 0");
    }

    @Test
    void theEndOfTheVmCancelsEverything() {
        call("auth", COMPLETE, "", 0);
        call("auth", COMPLETE, "", 0);
        guest.scope.callouts.cancelAll();
        client.listeners.forEach(listener -> listener.accept(new Failure("cancelled")));
        vm.runTimers();

        assertThat(client.cancelled).isEqualTo(2);
        assertThat(vm.calls).isEmpty();
    }

    private Status call(String upstream, HeaderMap headers, String body, int timeoutMillis) {
        guest.scope.memory.writeI32(FakeGuest.RESULT_0, 99);
        return guest.call(
                "proxy_http_call",
                guest.text(upstream),
                guest.bytes(MapCodec.encode(headers)),
                guest.text(body),
                guest.text(""),
                timeoutMillis,
                FakeGuest.RESULT_0);
    }

    private int token() {
        return guest.u32(FakeGuest.RESULT_0);
    }

    private String status() {
        assertThat(guest.call("proxy_get_status", FakeGuest.RESULT_2, FakeGuest.RESULT_0, FakeGuest.RESULT_1))
                .isEqualTo(Status.OK);
        return guest.u32(FakeGuest.RESULT_2) + " " + guest.returned();
    }

    private void assertRefused(Status answer, Status expected, String reason) {
        assertThat(answer).isEqualTo(expected);
        assertThat(token()).as("the token of a call that was refused").isZero();
        assertThat(guest.scope.warned).last().asString().contains(reason);
    }
}
