package dev.proxywasm.internal.vm;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartBackoffTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECONDS.toNanos(30));

    private RestartBackoff backoff(double random) {
        return new RestartBackoff(now::get, () -> random);
    }

    private static long afterFailures(RestartBackoff backoff, int failures) {
        for (int i = 0; i < failures; i++) {
            backoff.failed();
        }
        return NANOSECONDS.toMillis(backoff.remainingNanos());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 1000", "3, 2000", "4, 4000", "7, 32000", "8, 60000", "9, 60000", "1000, 60000"})
    void waitsTwiceAsLongAfterEachFailureButTheFirst(int failures, long millis) {
        assertThat(afterFailures(backoff(0.5), failures)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"0, 750", "0.5, 1000", "0.9999999, 1249"})
    void variesByAQuarter(double random, long millis) {
        assertThat(afterFailures(backoff(random), 2)).isEqualTo(millis);
    }

    @Test
    void countsDownAlsoWhereTheClockWrapsAround() {
        RestartBackoff backoff = backoff(0.5);
        afterFailures(backoff, 8);
        now.addAndGet(SECONDS.toNanos(45));
        assertThat(NANOSECONDS.toSeconds(backoff.remainingNanos())).isEqualTo(15);
        now.addAndGet(SECONDS.toNanos(15));
        assertThat(backoff.remainingNanos()).isZero();
    }

    @Test
    void forgetsAfterAMinuteWithoutAFailure() {
        RestartBackoff backoff = backoff(0.5);
        afterFailures(backoff, 3);
        now.addAndGet(SECONDS.toNanos(63));
        backoff.failed();
        assertThat(backoff.remainingNanos()).isZero();
    }

    @Test
    void remembersWithinTheMinuteAfterItsDelay() {
        RestartBackoff backoff = backoff(0.5);
        afterFailures(backoff, 3);
        now.addAndGet(SECONDS.toNanos(61));
        assertThat(afterFailures(backoff, 1)).isEqualTo(4000);
    }
}
