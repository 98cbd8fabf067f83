package dev.proxywasm.internal.stream;

import static dev.proxywasm.internal.callback.Callback.REQUEST_BODY;
import static dev.proxywasm.internal.callback.Callback.REQUEST_HEADERS;
import static dev.proxywasm.internal.callback.Callback.RESPONSE_BODY;
import static dev.proxywasm.internal.callback.Callback.RESPONSE_HEADERS;
import static dev.proxywasm.testing.Script.add;
import static dev.proxywasm.testing.Script.close;
import static dev.proxywasm.testing.Script.on;
import static dev.proxywasm.testing.Script.reply;
import static dev.proxywasm.testing.Script.show;
import static dev.proxywasm.testing.TestHost.recorder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.Phase;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import org.junit.jupiter.api.Test;

/** The order of plugins, and who sees a local response (3.5). */
class ChainTest {

    private static TestHost chain(String first, String second, String third) {
        TestHost host = TestHost.of(
                recorder("1", first).build(),
                recorder("2", second).build(),
                recorder("3", third).build());
        host.newTrace();
        return host;
    }

    private static LocalResponse replied(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Reply.class);
        return ((Outcome.Reply) outcome).response();
    }

    @Test
    void asksInOrderForRequestsAndInReverseForResponses() {
        try (TestHost host = chain("", "", "")) {
            TestExchange exchange = host.post();
            exchange.requestHeaders();
            exchange.lastRequestBody("abc");
            exchange.bodylessResponse();
            assertThat(host.newTrace())
                    .isEqualTo(
                            """
                            1: context_create 2 1
                            1: request_headers 2 4 0
                            2: context_create 2 1
                            2: request_headers 2 4 0
                            3: context_create 2 1
                            3: request_headers 2 4 0
                            1: request_body 2 3 1
                            2: request_body 2 3 1
                            3: request_body 2 3 1
                            3: response_headers 2 1 1
                            2: response_headers 2 1 1
                            1: response_headers 2 1 1
                            """);
            exchange.close();
        }
    }

    @Test
    void sortsByPhaseThenPriorityThenDeclaration() {
        try (TestHost host = TestHost.of(
                        recorder("late", "").build(),
                        recorder("low", "").phase(Phase.AUTHZ).priority(-1).build(),
                        recorder("high", "").phase(Phase.AUTHZ).priority(5).build(),
                        recorder("early", "").phase(Phase.AUTHN).build(),
                        recorder("last", "").build());
                TestExchange exchange = host.get()) {
            host.newTrace();
            exchange.bodylessRequest();
            assertThat(host.trace().stream()
                            .filter(line -> line.contains("headers"))
                            .map(line -> line.substring(0, line.indexOf(':'))))
                    .containsExactly("early", "high", "low", "late", "last");
        }
    }

    @Test
    void showsAReplyFromTheRequestToItsPluginAndThoseBefore() {
        try (TestHost host = chain("", on(REQUEST_HEADERS, reply(403, "no")), "");
                TestExchange exchange = host.get()) {
            Outcome reply = exchange.bodylessRequest();
            assertThat(replied(reply).status()).isEqualTo(403);
            assertThat(exchange.answerWith(reply)).isEqualTo(Outcome.FORWARD);
            assertThat(host.newTrace())
                    .isEqualTo(
                            """
                            1: context_create 2 1
                            1: request_headers 2 4 1
                            2: context_create 2 1
                            2: request_headers 2 4 1
                            2: response_headers 2 3 0
                            1: response_headers 2 3 0
                            2: response_body 2 2 1
                            1: response_body 2 2 1
                            """);
        }
    }

    @Test
    void showsAReplyFromTheResponseToThoseBehindOnly() {
        try (TestHost host = chain("", on(RESPONSE_HEADERS, reply(500, "oh")), "");
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            host.newTrace();
            Outcome reply = exchange.responseHeaders();
            assertThat(exchange.answerWith(reply)).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().takeHeaders().get(":status")).isEqualTo("500");
            assertThat(host.newTrace())
                    .isEqualTo(
                            """
                            3: response_headers 2 1 0
                            2: response_headers 2 1 0
                            1: response_headers 2 3 0
                            1: response_body 2 2 1
                            """);
        }
    }

    @Test
    void sendsTheFirstOfTwoReplies() {
        try (TestHost host = chain("", on(REQUEST_HEADERS, reply(401, "a"), reply(402, "b")), "");
                TestExchange exchange = host.get()) {
            assertThat(replied(exchange.bodylessRequest()).status()).isEqualTo(401);
            assertThat(host.newTrace()).doesNotContain("status");
        }
    }

    @Test
    void letsAnotherPluginReplaceAReply() {
        try (TestHost host =
                        chain(on(RESPONSE_HEADERS, reply(409, "one")), on(REQUEST_HEADERS, reply(403, "two")), "");
                TestExchange exchange = host.get()) {
            Outcome first = exchange.bodylessRequest();
            Outcome second = exchange.answerWith(first);
            assertThat(replied(second).status()).isEqualTo(409);
            assertThat(exchange.answerWith(second)).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.takeResponseBody()).isEqualTo("one");
        }
    }

    @Test
    void answersAGrpcClientInItsOwnTerms() {
        try (TestHost host = chain("", on(REQUEST_HEADERS, reply(403, "no way")), "");
                TestExchange exchange = host.post("content-type", "application/grpc")) {
            LocalResponse reply = replied(exchange.requestHeaders());
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers().get("grpc-status")).isEqualTo("7");
            assertThat(reply.headers().get("grpc-message")).isEqualTo("no way");
            assertThat(reply.body().hasRemaining()).isFalse();
        }
    }

    @Test
    void abortsWhenAPluginClosesTheStream() {
        try (TestHost host = chain("", on(REQUEST_HEADERS, close(0)), "")) {
            TestExchange exchange = host.get();
            Outcome outcome = exchange.bodylessRequest();
            assertThat(outcome).isInstanceOf(Outcome.Abort.class);
            assertThat(((Outcome.Abort) outcome).reason()).contains("plugin '2'");
            assertThat(exchange.bodylessResponse()).isInstanceOf(Outcome.Abort.class);
            exchange.close();
            assertThat(host.newTrace())
                    .contains("1: delete 2")
                    .contains("2: delete 2")
                    .doesNotContain("3:");
        }
    }

    @Test
    void closesNothingForATcpStream() {
        try (TestHost host = chain("", on(REQUEST_HEADERS, close(2), close(3)), "");
                TestExchange exchange = host.get()) {
            assertThat(exchange.bodylessRequest()).isEqualTo(Outcome.FORWARD);
        }
    }

    @Test
    void abortsWhenAPluginRepliesAfterTheResponseBegan() {
        try (TestHost host = chain("", on(RESPONSE_BODY, reply(500, "late")), "");
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            exchange.responseHeaders();
            exchange.response().takeHeaders();
            assertThat(exchange.responseBody("abc")).isInstanceOf(Outcome.Abort.class);
        }
    }

    @Test
    void replacesAResponseThatTheServerHasNotTakenByAReplyToTheRequest() {
        try (TestHost host = chain("", on(REQUEST_BODY, reply(400, "bad")), "");
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            exchange.responseHeaders();
            Outcome reply = exchange.lastRequestBody("abc");
            assertThat(exchange.answerWith(reply)).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().takeHeaders().get(":status")).isEqualTo("400");
            assertThat(exchange.takeResponseBody()).isEqualTo("bad");
        }
    }

    @Test
    void showsEachPluginTheChangesOfThoseBefore() {
        try (TestHost host = chain(
                        on(REQUEST_HEADERS, add(0, "x-from", "one")),
                        on(REQUEST_HEADERS, show(0, "x-from")),
                        on(RESPONSE_HEADERS, add(2, "x-from", "three")) + on(REQUEST_HEADERS, show(0, "x-from")));
                TestExchange exchange = host.get()) {
            assertThat(exchange.passes()).isTrue();
            assertThat(host.newTrace())
                    .contains("2: one\n")
                    .contains("3: one\n")
                    .contains("2: response_headers 2 2 1");
        }
    }
}
