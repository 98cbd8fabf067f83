package dev.proxywasm.it.guests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import org.junit.jupiter.api.Test;

/** Bodies, trailers and properties of an exchange. */
interface MessageCases extends GuestCases {

    @Test
    default void bodiesAreGatheredAndRewritten() throws Exception {
        try (TestExchange exchange = host().open("body", "content-length", "4")) {
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
    default void trailersAreReadAndChanged() throws Exception {
        try (TestExchange exchange = host().open("trailers")) {
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
    default void trailersAreMade() throws Exception {
        try (TestExchange exchange = host().open("new-trailers")) {
            exchange.requestHeaders();
            assertThat(exchange.lastRequestBody("ab")).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.request().trailers().get("x-new")).isEqualTo("of the request");

            exchange.responseHeaders();
            assertThat(exchange.lastResponseBody("cd")).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().trailers().get("x-new")).isEqualTo("of the response");
        }
    }

    @Test
    default void propertiesHaveEnvoysEncoding() throws Exception {
        HeaderMap request = host().pass("properties");

        assertThat(request.get("x-path")).isEqualTo("/guest?a=b");
        assertThat(request.get("x-plugin")).isEqualTo(language());
        assertThat(request.get("x-port")).isEqualTo(Integer.toString(TestExchange.FACTS.remotePort()));
        assertThat(request.get("x-set")).isEqualTo("set");
        if (can(Lack.MISSING_PROPERTIES)) {
            assertThat(request.get("x-absent")).isEqualTo("NOT_FOUND");
        }
    }

    @Test
    default void theSdkDecodesProperties() throws Exception {
        needs(Lack.TYPED_PROPERTIES);
        HeaderMap request = host().pass("typed-properties", "content-length", "12");

        assertThat(request.get("x-time")).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(request.get("x-port")).isEqualTo(Integer.toString(TestExchange.FACTS.remotePort()));
        assertThat(request.get("x-header")).isEqualTo("typed-properties");
        assertThat(request.get("x-size")).isEqualTo("12");
    }
}
