package dev.proxywasm.internal.stream;

import static dev.proxywasm.internal.callback.Callback.REQUEST_HEADERS;
import static dev.proxywasm.testing.Script.on;
import static dev.proxywasm.testing.Script.reply;
import static dev.proxywasm.testing.Script.trap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import org.junit.jupiter.api.Test;

/** The order of callbacks, as golden text: context ids, sizes, end of stream. */
class LifeCycleTest {

    @Test
    void tracesAnExchangeWithBodiesAndTrailers() {
        try (TestHost host = TestHost.of(TestHost.recorder("a", "").build())) {
            try (TestExchange exchange = host.post()) {
                assertThat(exchange.requestHeaders()).isEqualTo(Outcome.FORWARD);
                assertThat(exchange.requestBody("abc")).isEqualTo(Outcome.FORWARD);
                assertThat(exchange.stream().requestTrailers(HeaderMap.of("x-t", "1", "x-u", "2")))
                        .isEqualTo(Outcome.FORWARD);
                assertThat(exchange.responseHeaders("x", "y")).isEqualTo(Outcome.FORWARD);
                assertThat(exchange.responseBody("hello")).isEqualTo(Outcome.FORWARD);
                assertThat(exchange.lastResponseBody("")).isEqualTo(Outcome.FORWARD);
            }
            assertThat(host.newTrace())
                    .isEqualTo(
                            """
                            context_create 1 0
                            vm_start 1 0
                            configure 1
                            context_create 2 1
                            request_headers 2 4 0
                            request_body 2 3 0
                            request_trailers 2 2
                            response_headers 2 2 0
                            response_body 2 5 0
                            response_body 2 0 1
                            done 2
                            log 2
                            delete 2
                            """);
        }
    }

    @Test
    void tellsTheRootContextLastWhenTheHostCloses() {
        TestHost host = TestHost.of(TestHost.recorder("a", "").build());
        try (TestExchange exchange = host.get()) {
            assertThat(exchange.passes()).isTrue();
        }
        host.newTrace();
        String before = String.join("\n", host.trace());
        host.pool(0).close();
        assertThat(before).isEmpty();
        assertThat(host.newTrace()).isEqualTo("done 1\ndelete 1\n");
        host.close();
    }

    @Test
    void endsTheContextOnceWhenTheClientGoesBeforeTheResponse() {
        try (TestHost host = TestHost.of(TestHost.recorder("a", "").build())) {
            TestExchange exchange = host.post();
            exchange.requestHeaders();
            host.newTrace();
            exchange.close();
            exchange.close();
            assertThat(host.newTrace()).isEqualTo("done 2\nlog 2\ndelete 2\n");
        }
    }

    @Test
    void saysNothingToAGuestThatSawNothing() {
        try (TestHost host = TestHost.of(TestHost.recorder("a", "").build())) {
            host.newTrace();
            host.get().close();
            assertThat(host.newTrace()).isEmpty();
        }
    }

    @Test
    void showsAGuestTheLocalReplyThatItSent() {
        try (TestHost host = TestHost.of(
                TestHost.recorder("a", on(REQUEST_HEADERS, reply(403, "no"))).build())) {
            host.newTrace();
            try (TestExchange exchange = host.get()) {
                Outcome reply = exchange.bodylessRequest();
                assertThat(reply).isInstanceOf(Outcome.Reply.class);
                assertThat(exchange.answerWith(reply)).isEqualTo(Outcome.FORWARD);
                assertThat(exchange.response().takeHeaders().get(":status")).isEqualTo("403");
                assertThat(exchange.takeResponseBody()).isEqualTo("no");
            }
            assertThat(host.newTrace())
                    .isEqualTo(
                            """
                            context_create 2 1
                            request_headers 2 4 1
                            response_headers 2 3 0
                            response_body 2 2 1
                            done 2
                            log 2
                            delete 2
                            """);
        }
    }

    @Test
    void saysNothingMoreToAGuestThatTrapped() {
        try (TestHost host =
                TestHost.of(TestHost.recorder("a", on(REQUEST_HEADERS, trap())).build())) {
            host.newTrace();
            try (TestExchange exchange = host.get()) {
                Outcome reply = exchange.bodylessRequest();
                assertThat(exchange.answerWith(reply)).isEqualTo(Outcome.FORWARD);
                assertThat(exchange.response().takeHeaders().get(":status")).isEqualTo("503");
            }
            assertThat(host.newTrace()).isEqualTo("context_create 2 1\nrequest_headers 2 4 1\n");
        }
    }

    @Test
    void numbersContextsInRisingOrder() {
        try (TestHost host = TestHost.of(TestHost.recorder("a", "").build())) {
            host.newTrace();
            for (int id = 2; id < 5; id++) {
                try (TestExchange exchange = host.get()) {
                    exchange.passes();
                }
                assertThat(host.newTrace())
                        .startsWith("context_create " + id + " 1\n")
                        .endsWith("delete " + id + "\n");
            }
        }
    }
}
