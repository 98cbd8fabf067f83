package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.ServiceLimits;
import dev.proxywasm.abi.MetricType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.spi.Metric;
import dev.proxywasm.testing.Spec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricHostcallsTest {

    private static final long BEYOND_32_BITS = 0x1_2345_6789L;

    private final FakeGuest guest = new FakeGuest();

    private int define(MetricType type, String name) {
        assertThat(guest.call("proxy_define_metric", type.ordinal(), guest.text(name), RESULT_0))
                .isEqualTo(Status.OK);
        return guest.u32(RESULT_0);
    }

    private Status increment(int id, long offset) {
        return guest.call("proxy_increment_metric", id, offset);
    }

    private Status record(int id, long value) {
        return guest.call("proxy_record_metric", id, value);
    }

    private long value(int id) {
        assertThat(guest.call("proxy_get_metric", id, RESULT_0)).isEqualTo(Status.OK);
        return guest.scope.memory.readI64(RESULT_0);
    }

    private Metric shown(int index) {
        return guest.scope.shared.metrics().metrics().get(index);
    }

    @Nested
    class Define {

        @Test
        @Spec("0.2.1#proxy_define_metric OK")
        void countsIdsFromOne() {
            assertThat(define(MetricType.COUNTER, "a")).isEqualTo(1);
            assertThat(define(MetricType.COUNTER, "b")).isEqualTo(2);
        }

        @Test
        void findsTheMetricOfTheSameTypeAndName() {
            int id = define(MetricType.COUNTER, "a");
            increment(id, 5);

            assertThat(define(MetricType.COUNTER, "a")).isEqualTo(id);
            assertThat(value(id)).isEqualTo(5);
        }

        @Test
        void tellsTypesOfOneNameApart() {
            int counter = define(MetricType.COUNTER, "a");
            int gauge = define(MetricType.GAUGE, "a");
            increment(counter, 5);

            assertThat(value(gauge)).isZero();
        }

        @ParameterizedTest
        @ValueSource(ints = {3, -1})
        @Spec("0.2.1#proxy_define_metric BAD_ARGUMENT")
        void answersBadArgumentForATypeThatDoesNotExist(int type) {
            assertThat(guest.call("proxy_define_metric", type, guest.text("a"), RESULT_0))
                    .isEqualTo(Status.BAD_ARGUMENT);
            assertThat(guest.scope.memory.text(RESULT_0, 4)).isEqualTo("????");
        }

        @Test
        @Spec("0.2.1#proxy_increment_metric OK")
        void countsMetricsBeyondTheLimitTogether() {
            guest.scope.shared =
                    FakeServices.within(ServiceLimits.builder().metrics(1).build());
            define(MetricType.COUNTER, "a");
            increment(define(MetricType.COUNTER, "b"), 2);
            increment(define(MetricType.COUNTER, "c"), 3);

            assertThat(shown(1).name()).isEqualTo("proxywasm.overflow");
            assertThat(shown(1).value()).isEqualTo(5);
            assertThat(define(MetricType.COUNTER, "a")).isEqualTo(1);
        }

        @Test
        void countsMetricsWithLongNamesTogether() {
            guest.scope.shared = FakeServices.within(
                    ServiceLimits.builder().metricNameLength(3).build());
            define(MetricType.GAUGE, "abcd");
            define(MetricType.GAUGE, "abc");

            assertThat(guest.scope.shared.metrics().metrics())
                    .extracting(Metric::name)
                    .containsExactly("proxywasm.overflow", "abc");
        }
    }

    @Nested
    class Increment {

        @Test
        void raisesACounterBy64Bits() {
            int id = define(MetricType.COUNTER, "a");

            assertThat(increment(id, BEYOND_32_BITS)).isEqualTo(Status.OK);
            assertThat(increment(id, 1)).isEqualTo(Status.OK);
            assertThat(value(id)).isEqualTo(BEYOND_32_BITS + 1);
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1, Long.MIN_VALUE})
        void answersBadArgumentForACounterThatWouldNotRise(long offset) {
            int id = define(MetricType.COUNTER, "a");
            increment(id, 7);

            assertThat(increment(id, offset)).isEqualTo(Status.BAD_ARGUMENT);
            assertThat(value(id)).isEqualTo(7);
        }

        @Test
        @Spec("0.2.1#proxy_get_metric OK")
        void raisesAndLowersAGauge() {
            int id = define(MetricType.GAUGE, "a");

            assertThat(increment(id, 3)).isEqualTo(Status.OK);
            assertThat(increment(id, -5)).isEqualTo(Status.OK);
            assertThat(increment(id, 0)).isEqualTo(Status.OK);
            assertThat(value(id)).isEqualTo(-2);
        }

        @Test
        @Spec("0.2.1#proxy_increment_metric BAD_ARGUMENT")
        void answersBadArgumentForAHistogram() {
            int id = define(MetricType.HISTOGRAM, "a");

            assertThat(increment(id, 1)).isEqualTo(Status.BAD_ARGUMENT);
            assertThat(shown(0).count()).isZero();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, -1})
        @Spec("0.2.1#proxy_increment_metric NOT_FOUND")
        void answersNotFoundForAnUnknownId(int id) {
            assertThat(increment(id, 1)).isEqualTo(Status.NOT_FOUND);
        }
    }

    @Nested
    class RecordMetric {

        @Test
        void addsToACounter() {
            int id = define(MetricType.COUNTER, "a");
            record(id, 3);

            assertThat(record(id, BEYOND_32_BITS)).isEqualTo(Status.OK);
            assertThat(value(id)).isEqualTo(BEYOND_32_BITS + 3);
        }

        @Test
        void setsAGauge() {
            int id = define(MetricType.GAUGE, "a");
            record(id, 3);

            assertThat(record(id, -1)).isEqualTo(Status.OK);
            assertThat(value(id)).isEqualTo(-1);
        }

        @Test
        @Spec("0.2.1#proxy_record_metric OK")
        void notesAValueInAHistogram() {
            int id = define(MetricType.HISTOGRAM, "a");

            assertThat(record(id, 3)).isEqualTo(Status.OK);
            assertThat(record(id, 4)).isEqualTo(Status.OK);
            assertThat(shown(0).count()).isEqualTo(2);
            assertThat(shown(0).value()).isEqualTo(7);
        }

        @Test
        @Spec("0.2.1#proxy_record_metric NOT_FOUND")
        void answersNotFoundForAnUnknownId() {
            assertThat(record(9, 1)).isEqualTo(Status.NOT_FOUND);
        }
    }

    @Nested
    class Get {

        @ParameterizedTest
        @EnumSource(
                value = MetricType.class,
                names = {"COUNTER", "GAUGE"})
        void answersEightBytes(MetricType type) {
            int id = define(type, "a");
            record(id, -2);

            assertThat(value(id)).isEqualTo(-2);
            assertThat(guest.scope.memory.text(RESULT_0 + 8, 4)).isEqualTo("????");
        }

        @Test
        @Spec("0.2.1#proxy_get_metric BAD_ARGUMENT")
        void answersBadArgumentForAHistogram() {
            assertThat(guest.call("proxy_get_metric", define(MetricType.HISTOGRAM, "a"), RESULT_0))
                    .isEqualTo(Status.BAD_ARGUMENT);
        }

        @Test
        @Spec("0.2.1#proxy_get_metric NOT_FOUND")
        void answersNotFoundForAnUnknownId() {
            assertThat(guest.call("proxy_get_metric", 1, RESULT_0)).isEqualTo(Status.NOT_FOUND);
            assertThat(guest.scope.memory.text(RESULT_0, 8)).isEqualTo("????????");
        }
    }
}
