package dev.proxywasm.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    private final Sample sample = new Sample();

    @Test
    void leavesTheSlowestOfAHundredAnswersOutOfTheP99() {
        LongStream.rangeClosed(1, 100).map(i -> 101 - i).forEach(i -> sample.add(i * 1000));
        assertThat(sample.p99()).isEqualTo(99.0);
    }

    @Test
    void countsAnswersASecondBeyondItsFirstCapacity() {
        LongStream.range(0, 10_000).forEach(sample::add);
        sample.took(500_000_000, 200_000_000);
        assertThat(sample.requestsPerSecond()).isEqualTo(20_000.0);
        assertThat(sample.serverCpu()).isEqualTo(20.0);
    }
}
