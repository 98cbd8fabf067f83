package dev.proxywasm.it.guests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.grpc.EchoServer;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls to other servers, on behalf of a stream and of the plugin itself. */
interface CalloutCases extends GuestCases {

    @Test
    default void anAnswerLetsThePausedRequestGoOn() throws Exception {
        HeaderMap request = host().pass("call", "x-upstream", "http", "x-question", "question");

        assertThat(request.get("x-call-any")).isEqualTo("true");
        assertThat(request.get("x-call-status")).isEqualTo(":status 200");
        assertThat(request.get("x-call-body"))
                .isEqualTo("POST /call?a=b guest.example " + language() + " question sent");
        assertThat(request.get("x-call-trailers")).isEqualTo("1");
        assertThat(request.getAll("x-call-trailer")).containsExactly("x-sum=42");
    }

    /** As in Envoy, a call that fails is an answer without headers. */
    @ParameterizedTest
    @CsvSource({"call-fails, silent", "call, breaking", "call, absent"})
    default void aCallThatFailsIsAnAnswerOfNothing(String subject, String upstream) throws Exception {
        HeaderMap request = host().pass(subject, "x-upstream", upstream);

        assertThat(request.get("x-call-any")).isEqualTo("false");
        assertThat(request.get("x-call-body")).isEmpty();
        assertThat(request.get("x-call-trailers")).isEqualTo("0");
        assertThat(request.contains("x-call-status")).isFalse();
    }

    @Test
    default void everyAnswerFindsItsRequest() throws Exception {
        int requests = 50;
        List<TestExchange> exchanges = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            exchanges.add(host().open("call", "x-upstream", "http", "x-question", "number" + i));
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
    default void anAnswerThatComesTooLateForItsRequestDoesNoHarm() throws Exception {
        AnsweringServer.Held held = host().answering().hold();
        TestExchange gone = host().open("call", "x-upstream", "http", "x-question", "late");
        gone.bodylessRequest();
        held.awaitQuestion();
        gone.close();
        held.release();

        HeaderMap next = host().pass("call", "x-upstream", "http", "x-question", "next");
        assertThat(next.get("x-call-body")).endsWith(" next sent");
    }

    @Test
    default void anAnswerLetsThePausedResponseGoOn() throws Exception {
        try (TestExchange exchange = host().open("call-response", "x-upstream", "http", "x-question", "question")) {
            assertThat(exchange.bodylessRequest()).isEqualTo(Outcome.FORWARD);
            assertThat(GuestHost.await(exchange.bodylessResponse())).isInstanceOf(Outcome.Forward.class);
            assertThat(exchange.response().takeHeaders().get("x-call-body")).endsWith("question sent");
        }
    }

    @Test
    default void aPluginCallsOnItsOwnBehalf() throws Exception {
        try (TestExchange first = host().open("root-call");
                TestExchange second = host().open("root-call")) {
            Outcome ofFirst = first.bodylessRequest();
            Outcome ofSecond = second.bodylessRequest();

            assertThat(GuestHost.await(ofFirst)).isInstanceOf(Outcome.Forward.class);
            assertThat(GuestHost.await(ofSecond)).isInstanceOf(Outcome.Forward.class);
            assertThat(first.request().takeHeaders().get("x-root-answer")).endsWith("root sent");
            assertThat(second.request().takeHeaders().get("x-root-answer")).endsWith("root sent");
        }
    }

    @Test
    default void anAnswerCanBecomeALocalReply() throws Exception {
        try (TestExchange exchange = host().open("call-deny", "x-upstream", "http", "x-question", "question")) {
            Outcome.Reply reply = (Outcome.Reply) GuestHost.await(exchange.bodylessRequest());

            assertThat(reply.response().status()).isEqualTo(403);
            assertThat(reply.response().headers().get("x-denied-by")).isEqualTo(language());
            assertThat(UTF_8.decode(reply.response().body()).toString()).endsWith("question sent");
        }
    }

    @Test
    default void anUnknownUpstreamIsABadArgument() throws Exception {
        assertThat(host().pass("call", "x-upstream", "nowhere").get("x-call-refused"))
                .isEqualTo("BAD_ARGUMENT");
    }

    /** A unary call that succeeds is told of by its message alone, as in Envoy. */
    @Test
    default void aUnaryGrpcCallIsAnswered() throws Exception {
        needs(Lack.GRPC);
        HeaderMap request = host().pass("grpc");

        assertThat(request.get("x-grpc-answer")).isEqualTo("question");
        assertThat(request.get("x-grpc-code")).isEqualTo("0");
        Metadata metadata = host().echo().metadata.poll(5, TimeUnit.SECONDS);
        assertThat(metadata.get(EchoServer.GUEST)).isEqualTo(language());
    }

    @Test
    default void aGrpcCallThatIsRefusedHasAStatus() throws Exception {
        needs(Lack.GRPC);
        HeaderMap request = host().pass("grpc-fails");

        assertThat(request.get("x-grpc-code")).isEqualTo("7");
        assertThat(request.get("x-grpc-status")).isEqualTo("7");
        assertThat(request.get("x-grpc-message")).isEqualTo("not you");
    }

    @Test
    default void aGrpcStreamHasMetadataMessagesAndAnEnd() throws Exception {
        needs(Lack.GRPC);
        HeaderMap request = host().pass("grpc-stream");

        assertThat(request.get("x-grpc-messages")).isEqualTo("initial first, one, two, trailing last");
        assertThat(request.get("x-grpc-code")).isEqualTo("0");
    }
}
