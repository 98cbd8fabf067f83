package dev.proxywasm.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.internal.config.Setting.Kind;
import dev.proxywasm.internal.config.Setting.Scalar;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource({
        "1ns, PT0.000000001S",
        "10us, PT0.00001S",
        "500ms, PT0.5S",
        "1s, PT1S",
        "0s, PT0S",
        "0.5s, PT0.5S",
        "1.000000001s, PT1.000000001S",
        "2m, PT2M",
        "1h, PT1H",
        "1d, PT24H",
        "1 s, PT1S",
        "' 1s ', PT1S",
        "1S, PT1S",
        "PT1.5S, PT1.5S",
        "pt2m, PT2M",
        "P1D, PT24H",
        "9223372036s, PT9223372036S"
    })
    void readsDurations(String text, Duration expected) {
        assertThat(Quantities.DURATION.read(scalar(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "s",
                "-1s",
                "+1s",
                "1,5s",
                "1.s",
                ".5s",
                "0.5ns",
                "1 minute",
                "1s 1s",
                "1s500ms",
                "P",
                "PT",
                "1e3s",
                "9223372037s",
                "99999999999999999999s",
                "NaN",
                "١s"
            })
    void refusesOtherDurations(String text) {
        assertThatThrownBy(() -> Quantities.DURATION.read(scalar(text)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("here: found '%s', expected a duration such as 500ms, 1s, 2m or PT1.5S", text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "4096B, 4096",
        "64KiB, 65536",
        "64kib, 65536",
        "1kB, 1000",
        "1MB, 1000000",
        "256MiB, 268435456",
        "256 MiB, 268435456",
        "1.5KiB, 1536",
        "1GB, 1000000000",
        "2GiB, 2147483648",
        "999999999999999999, 999999999999999999"
    })
    void readsSizes(String text, long expected) {
        assertThat(Quantities.SIZE.read(scalar(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "1.5",
                "0.3KiB",
                "1M",
                "1Mi",
                "MiB",
                "1 Mi B",
                "1_000",
                "0x10",
                "999999999999999999GiB",
                "9999999999999999999",
                "1e6"
            })
    void refusesOtherSizes(String text) {
        assertThatThrownBy(() -> Quantities.SIZE.read(scalar(text)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("here: found '%s', expected a size such as 256MiB, 1MB, 64KiB or 4096 (bytes)", text);
    }

    @ParameterizedTest
    @CsvSource({"2147483647, true", "2147483648, false", "2GiB, false"})
    void sizesOfArraysEndAtTwoGibibytes(String text, boolean fits) {
        if (fits) {
            assertThat(Quantities.ARRAY_SIZE.read(scalar(text))).isEqualTo(Integer.MAX_VALUE);
        } else {
            assertThatThrownBy(() -> Quantities.ARRAY_SIZE.read(scalar(text)))
                    .hasMessage("here: found '%s', expected a size below 2GiB", text);
        }
    }

    private static Located scalar(String text) {
        return new Located(new Scalar(new Origin.Named("here", ""), text, Kind.UNTYPED), "");
    }
}
