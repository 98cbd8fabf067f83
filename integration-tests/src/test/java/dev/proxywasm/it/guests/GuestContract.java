package dev.proxywasm.it.guests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxywasm.Engine;
import dev.proxywasm.grpc.EchoServer;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import io.grpc.Metadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The conformance guest of one language does what guests/README.md says, which is what the same source does in Envoy. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass
@EnumSource(
        value = Engine.class,
        names = {"WASMTIME", "JVM"})
abstract class GuestContract {

    @Parameter
    Engine engine;

    private final String language;
    private final Set<Lack> lacks;
    private GuestHost host;

    /** What an SDK cannot do. */
    enum Lack {
        FOREIGN_FUNCTIONS("has no foreign functions"),
        GRPC("has no gRPC calls that a host could link"),
        GOROUTINES("has no goroutines"),
        METRIC_VALUES("cannot read metrics"),
        MISSING_PROPERTIES("stops the guest that asks for a property which is not there"),
        SHARED_DATA("passes wrong arguments for shared data and queues"),
        SIGNED_INCREMENTS("increments counters by unsigned numbers"),
        STANDARD_ERROR("has no standard error"),
        STATIC_INITIALISERS("has no static initialisers"),
        TYPED_PROPERTIES("hands over properties as bytes");

        private final String meaning;

        Lack(String meaning) {
            this.meaning = meaning;
        }
    }

    GuestContract(String language, Lack... lacks) {
        this.language = language;
        this.lacks = Set.of(lacks);
    }

    @BeforeParameterizedClassInvocation
    void start() throws IOException {
        assumeTrue(
                GuestHost.isBuilt(language),
                () -> "skipped: there is no conformance guest in " + language
                        + ", because its toolchain is missing or samples/filters/build.sh has not been run"
                        + " (samples/filters/install-toolchains.sh installs toolchains)");
        host = new GuestHost(language, engine);
    }

    @AfterParameterizedClassInvocation
    void stop() throws IOException {
        if (host != null) {
            host.close();
        }
    }

    private boolean can(Lack ability) {
        return !lacks.contains(ability);
    }

    private void needs(Lack ability) {
        assumeTrue(can(ability), () -> "skipped: the SDK of " + language + " " + ability.meaning);
    }

    @Test
    void anAnswerLetsThePausedRequestGoOn() throws Exception {
        HeaderMap request = host.pass("call", "x-upstream", "http", "x-question", "question");

        assertThat(request.get("x-call-any")).isEqualTo("true");
        assertThat(request.get("x-call-status")).isEqualTo(":status 200");
        assertThat(request.get("x-call-body")).isEqualTo("POST /call?a=b guest.example " + language + " question sent");
        assertThat(request.get("x-call-trailers")).isEqualTo("1");
        assertThat(request.getAll("x-call-trailer")).containsExactly("x-sum=42");
    }

    /** As in Envoy, a call that fails is an answer without headers. */
    @ParameterizedTest
    @CsvSource({"call-fails, silent", "call, breaking", "call, absent"})
    void aCallThatFailsIsAnAnswerOfNothing(String subject, String upstream) throws Exception {
        HeaderMap request = host.pass(subject, "x-upstream", upstream);

        assertThat(request.get("x-call-any")).isEqualTo("false");
        assertThat(request.get("x-call-body")).isEmpty();
        assertThat(request.get("x-call-trailers")).isEqualTo("0");
        assertThat(request.contains("x-call-status")).isFalse();
    }

    @Test
    void everyAnswerFindsItsRequest() throws Exception {
        int requests = 50;
        List<TestExchange> exchanges = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            exchanges.add(host.open("call", "x-upstream", "http", "x-question", "number" + i));
            outcomes.add(exchanges.get(i).bodylessRequest());
        }
        for (int i = 0; i < requests; i++) {
            try (TestExchange exchange = exchanges.get(i)) {
                assertThat(GuestHost.await(outcomes.get(i))).isInstanceOf(Outcome.Forward.class);
                assertThat(exchange.request().takeHeaders().get("x-call-body")).endsWith(" number" + i + " sent");
            }
        }
    }

    /** The SDKs look the request up, and let the answer go. */
    @Test
    void anAnswerThatComesTooLateForItsRequestDoesNoHarm() throws Exception {
        AnsweringServer.Held held = host.answering().hold();
        TestExchange gone = host.open("call", "x-upstream", "http", "x-question", "late");
        gone.bodylessRequest();
        held.awaitQuestion();
        gone.close();
        held.release();

        HeaderMap next = host.pass("call", "x-upstream", "http", "x-question", "next");
        assertThat(next.get("x-call-body")).endsWith(" next sent");
    }

    @Test
    void anAnswerLetsThePausedResponseGoOn() throws Exception {
        try (TestExchange exchange = host.open("call-response", "x-upstream", "http", "x-question", "question")) {
            assertThat(exchange.bodylessRequest()).isEqualTo(Outcome.FORWARD);
            assertThat(GuestHost.await(exchange.bodylessResponse())).isInstanceOf(Outcome.Forward.class);
            assertThat(exchange.response().takeHeaders().get("x-call-body")).endsWith("question sent");
        }
    }

    @Test
    void aPluginCallsOnItsOwnBehalf() throws Exception {
        try (TestExchange first = host.open("root-call");
                TestExchange second = host.open("root-call")) {
            Outcome ofFirst = first.bodylessRequest();
            Outcome ofSecond = second.bodylessRequest();

            assertThat(GuestHost.await(ofFirst)).isInstanceOf(Outcome.Forward.class);
            assertThat(GuestHost.await(ofSecond)).isInstanceOf(Outcome.Forward.class);
            assertThat(first.request().takeHeaders().get("x-root-answer")).endsWith("root sent");
            assertThat(second.request().takeHeaders().get("x-root-answer")).endsWith("root sent");
        }
    }

    @Test
    void anAnswerCanBecomeALocalReply() throws Exception {
        try (TestExchange exchange = host.open("call-deny", "x-upstream", "http", "x-question", "question")) {
            Outcome.Reply reply = (Outcome.Reply) GuestHost.await(exchange.bodylessRequest());

            assertThat(reply.response().status()).isEqualTo(403);
            assertThat(reply.response().headers().get("x-denied-by")).isEqualTo(language);
            assertThat(UTF_8.decode(reply.response().body()).toString()).endsWith("question sent");
        }
    }

    @Test
    void anUnknownUpstreamIsABadArgument() throws Exception {
        assertThat(host.pass("call", "x-upstream", "nowhere").get("x-call-refused"))
                .isEqualTo("BAD_ARGUMENT");
    }

    @Test
    void aTickLetsARequestGoOn() throws Exception {
        HeaderMap request = host.pass("tick");

        assertThat(request.get("x-ticks")).isEqualTo("true");
        assertThat(request.get("x-unknown-context")).isEqualTo("BAD_ARGUMENT");
        assertThat(host.metric("guest.ticks").value()).isPositive();
    }

    @Test
    void aMessageInAQueueLetsARequestGoOn() throws Exception {
        needs(Lack.SHARED_DATA);
        HeaderMap request = host.pass("queue", "x-message", "a message");

        assertThat(request.get("x-dequeued")).isEqualTo("a message");
        assertThat(request.get("x-empty")).isEqualTo("EMPTY");
    }

    @Test
    void everyMessageIsToldOfOnce() throws Exception {
        needs(Lack.SHARED_DATA);
        try (TestExchange first = host.open("queue", "x-message", "one");
                TestExchange second = host.open("queue", "x-message", "two")) {
            Outcome ofFirst = first.bodylessRequest();
            Outcome ofSecond = second.bodylessRequest();

            assertThat(GuestHost.await(ofFirst)).isInstanceOf(Outcome.Forward.class);
            assertThat(GuestHost.await(ofSecond)).isInstanceOf(Outcome.Forward.class);
            assertThat(first.request().takeHeaders().get("x-dequeued")).isEqualTo("one");
            assertThat(second.request().takeHeaders().get("x-dequeued")).isEqualTo("two");
        }
    }

    @Test
    void metricsHave64BitsAndRules() throws Exception {
        HeaderMap request = host.pass("metrics");

        assertThat(host.metric("guest.calls").value()).isEqualTo(1L << 33);
        assertThat(host.metric("guest.level").value()).isEqualTo(4);
        assertThat(host.metric("guest.lengths").value()).isEqualTo(9);
        assertThat(host.metric("guest.lengths").count()).isEqualTo(1);
        if (can(Lack.METRIC_VALUES)) {
            assertThat(request.get("x-calls")).isEqualTo(Long.toString(1L << 33));
            assertThat(request.get("x-level")).isEqualTo("4");
        }
        if (can(Lack.SIGNED_INCREMENTS)) {
            assertThat(request.get("x-lower")).isEqualTo("BAD_ARGUMENT");
        }
    }

    @Test
    void sharedDataCompareAndSwap() throws Exception {
        needs(Lack.SHARED_DATA);
        HeaderMap request = host.pass("shared-data", "x-key", "a key");

        assertThat(request.get("x-absent")).isEqualTo("NOT_FOUND");
        assertThat(request.get("x-first")).isEqualTo("first");
        assertThat(request.get("x-stale")).isEqualTo("CAS_MISMATCH");
        assertThat(request.get("x-last")).isEqualTo("second");
    }

    @Test
    void bodiesAreGatheredAndRewritten() throws Exception {
        try (TestExchange exchange = host.open("body", "content-length", "4")) {
            exchange.requestHeaders();
            exchange.requestBody("ab");
            assertThat(exchange.lastRequestBody("cd")).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.request().takeHeaders().get("content-length")).isEqualTo("15");
            assertThat(exchange.takeRequestBody()).isEqualTo("<request(abcd)>");

            exchange.responseHeaders();
            exchange.responseBody("ef");
            assertThat(exchange.lastResponseBody("gh")).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.takeResponseBody()).isEqualTo("response(efgh)");
        }
    }

    @Test
    void trailersAreReadAndChanged() throws Exception {
        try (TestExchange exchange = host.open("trailers")) {
            exchange.requestHeaders();
            exchange.requestBody("ab");
            assertThat(exchange.stream().requestTrailers(HeaderMap.of("x-in", "1")))
                    .isEqualTo(Outcome.FORWARD);
            assertThat(exchange.takeRequestBody()).isEqualTo("ab");
            assertThat(exchange.request().trailers().get("x-out")).isEqualTo("request 1");
            assertThat(exchange.request().trailers().size()).isEqualTo(1);

            exchange.responseHeaders();
            exchange.responseBody("cd");
            assertThat(exchange.stream().responseTrailers(HeaderMap.of("x-in", "2")))
                    .isEqualTo(Outcome.FORWARD);
            assertThat(exchange.takeResponseBody()).isEqualTo("cd");
            assertThat(exchange.response().trailers().get("x-out")).isEqualTo("response 2");
            assertThat(exchange.response().trailers().size()).isEqualTo(1);
        }
    }

    /** In the last callback of a body, a message can get trailers that it did not have. */
    @Test
    void trailersAreMade() throws Exception {
        try (TestExchange exchange = host.open("new-trailers")) {
            exchange.requestHeaders();
            assertThat(exchange.lastRequestBody("ab")).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.request().trailers().get("x-new")).isEqualTo("of the request");

            exchange.responseHeaders();
            assertThat(exchange.lastResponseBody("cd")).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().trailers().get("x-new")).isEqualTo("of the response");
        }
    }

    @Test
    void propertiesHaveEnvoysEncoding() throws Exception {
        HeaderMap request = host.pass("properties");

        assertThat(request.get("x-path")).isEqualTo("/guest?a=b");
        assertThat(request.get("x-plugin")).isEqualTo(language);
        assertThat(request.get("x-port")).isEqualTo(Integer.toString(TestExchange.FACTS.remotePort()));
        assertThat(request.get("x-set")).isEqualTo("set");
        if (can(Lack.MISSING_PROPERTIES)) {
            assertThat(request.get("x-absent")).isEqualTo("NOT_FOUND");
        }
    }

    @Test
    void theSdkDecodesProperties() throws Exception {
        needs(Lack.TYPED_PROPERTIES);
        HeaderMap request = host.pass("typed-properties", "content-length", "12");

        assertThat(request.get("x-time")).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(request.get("x-port")).isEqualTo(Integer.toString(TestExchange.FACTS.remotePort()));
        assertThat(request.get("x-header")).isEqualTo("typed-properties");
        assertThat(request.get("x-size")).isEqualTo("12");
    }

    @Test
    void foreignFunctionsAnswer() throws Exception {
        needs(Lack.FOREIGN_FUNCTIONS);
        HeaderMap request = host.pass("foreign");

        assertThat(request.get("x-packed")).isEqualTo("true");
        assertThat(request.get("x-unpacked")).isEqualTo("text text text text text text");
        assertThat(request.get("x-unknown")).isEqualTo("NOT_FOUND");
    }

    /** A unary call that succeeds is told of by its message alone, as in Envoy. */
    @Test
    void aUnaryGrpcCallIsAnswered() throws Exception {
        needs(Lack.GRPC);
        HeaderMap request = host.pass("grpc");

        assertThat(request.get("x-grpc-answer")).isEqualTo("question");
        assertThat(request.get("x-grpc-code")).isEqualTo("0");
        Metadata metadata = host.echo().metadata.poll(5, TimeUnit.SECONDS);
        assertThat(metadata.get(EchoServer.GUEST)).isEqualTo(language);
    }

    @Test
    void aGrpcCallThatIsRefusedHasAStatus() throws Exception {
        needs(Lack.GRPC);
        HeaderMap request = host.pass("grpc-fails");

        assertThat(request.get("x-grpc-code")).isEqualTo("7");
        assertThat(request.get("x-grpc-status")).isEqualTo("7");
        assertThat(request.get("x-grpc-message")).isEqualTo("not you");
    }

    @Test
    void aGrpcStreamHasMetadataMessagesAndAnEnd() throws Exception {
        needs(Lack.GRPC);
        HeaderMap request = host.pass("grpc-stream");

        assertThat(request.get("x-grpc-messages")).isEqualTo("initial first, one, two, trailing last");
        assertThat(request.get("x-grpc-code")).isEqualTo("0");
    }

    @Test
    void staticInitialisersHaveRun() throws Exception {
        needs(Lack.STATIC_INITIALISERS);
        assertThat(host.pass("initialised").get("x-initialised")).isEqualTo("by a static initialiser");
    }

    @Test
    void aGoroutineThatSleepsWakes() throws Exception {
        needs(Lack.GOROUTINES);
        assertThat(host.pass("sleep").get("x-slept")).isEqualTo("true");
    }

    /** The policy is closed; the next request has another VM, in which the plugin has started again. */
    @Test
    void aGuestThatStopsSaysWhyAndIsReplaced() throws Exception {
        stops("stop", "the guest stops on purpose");
        if (can(Lack.STANDARD_ERROR)) {
            assertThat(host.logged()).contains("the guest says why");
        }
    }

    /** Whoever waits for that VM gets the policy's answer too. */
    @Test
    void aGuestThatStopsInACallbackIsReplaced() throws Exception {
        stops("call-stop", "the guest stops in a callback on purpose");
    }

    private void stops(String subject, String reason) throws Exception {
        try (TestExchange exchange = host.open(subject, "x-upstream", "http")) {
            Outcome.Reply reply = (Outcome.Reply) GuestHost.await(exchange.bodylessRequest());
            assertThat(reply.response().status()).isEqualTo(503);
        }
        assertThat(host.logged()).contains(reason);
        await().untilAsserted(() -> assertThat(passes()).isTrue());
        assertThat(host.pass("tick").get("x-ticks")).isEqualTo("true");
    }

    /** After a second failure the plugin is not started again at once. */
    private boolean passes() {
        try (TestExchange exchange = host.open("nothing")) {
            return exchange.bodylessRequest() == Outcome.FORWARD;
        }
    }
}
