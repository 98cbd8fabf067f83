package dev.proxywasm.it.guests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import org.junit.jupiter.api.Test;

/** What a plugin has of the host besides exchanges: ticks, queues, shared data, metrics, foreign functions. */
interface ServiceCases extends GuestCases {

    @Test
    default void aTickLetsARequestGoOn() throws Exception {
        HeaderMap request = host().pass("tick");

        assertThat(request.get("x-ticks")).isEqualTo("true");
        assertThat(request.get("x-unknown-context")).isEqualTo("BAD_ARGUMENT");
        assertThat(host().metric("guest.ticks").value()).isPositive();
    }

    @Test
    default void aMessageInAQueueLetsARequestGoOn() throws Exception {
        needs(Lack.SHARED_DATA);
        HeaderMap request = host().pass("queue", "x-message", "a message");

        assertThat(request.get("x-dequeued")).isEqualTo("a message");
        assertThat(request.get("x-empty")).isEqualTo("EMPTY");
    }

    @Test
    default void everyMessageIsToldOfOnce() throws Exception {
        needs(Lack.SHARED_DATA);
        try (TestExchange first = host().open("queue", "x-message", "one");
                TestExchange second = host().open("queue", "x-message", "two")) {
            Outcome ofFirst = first.bodylessRequest();
            Outcome ofSecond = second.bodylessRequest();

            assertThat(GuestHost.await(ofFirst)).isInstanceOf(Outcome.Forward.class);
            assertThat(GuestHost.await(ofSecond)).isInstanceOf(Outcome.Forward.class);
            assertThat(first.request().takeHeaders().get("x-dequeued")).isEqualTo("one");
            assertThat(second.request().takeHeaders().get("x-dequeued")).isEqualTo("two");
        }
    }

    @Test
    default void metricsHave64BitsAndRules() throws Exception {
        HeaderMap request = host().pass("metrics");

        assertThat(host().metric("guest.calls").value()).isEqualTo(1L << 33);
        assertThat(host().metric("guest.level").value()).isEqualTo(4);
        assertThat(host().metric("guest.lengths").value()).isEqualTo(9);
        assertThat(host().metric("guest.lengths").count()).isEqualTo(1);
        if (can(Lack.METRIC_VALUES)) {
            assertThat(request.get("x-calls")).isEqualTo(Long.toString(1L << 33));
            assertThat(request.get("x-level")).isEqualTo("4");
        }
        if (can(Lack.SIGNED_INCREMENTS)) {
            assertThat(request.get("x-lower")).isEqualTo("BAD_ARGUMENT");
        }
    }

    @Test
    default void sharedDataCompareAndSwap() throws Exception {
        needs(Lack.SHARED_DATA);
        HeaderMap request = host().pass("shared-data", "x-key", "a key");

        assertThat(request.get("x-absent")).isEqualTo("NOT_FOUND");
        assertThat(request.get("x-first")).isEqualTo("first");
        assertThat(request.get("x-stale")).isEqualTo("CAS_MISMATCH");
        assertThat(request.get("x-last")).isEqualTo("second");
    }

    @Test
    default void foreignFunctionsAnswer() throws Exception {
        needs(Lack.FOREIGN_FUNCTIONS);
        HeaderMap request = host().pass("foreign");

        assertThat(request.get("x-packed")).isEqualTo("true");
        assertThat(request.get("x-unpacked")).isEqualTo("text text text text text text");
        assertThat(request.get("x-unknown")).isEqualTo("NOT_FOUND");
    }
}
