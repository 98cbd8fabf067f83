package dev.proxywasm.internal.module.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of fetching that know neither time nor network. */
class SmallPartsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            3                             | PT3S
            ' 0 '                         | PT0S
            Thu, 01 Jan 2026 00:00:07 GMT | PT7S
            Wed, 31 Dec 2025 00:00:00 GMT | PT0S
            -1                            |
            soon                          |
            99999999999999                |
            ''                            |
            """)
    void retryAfterIsSecondsOrADate(String text, Duration delay) {
        assertThat(RetryAfter.parse(text, NOW)).isEqualTo(Optional.ofNullable(delay));
    }

    @Test
    void delaysDoubleUpToTheLongest() {
        FetchTiming timing = FetchTiming.DEFAULT;
        assertThat(timing.delayAfter(1)).isEqualTo(Duration.ofMillis(500));
        assertThat(timing.delayAfter(2)).isEqualTo(Duration.ofSeconds(1));
        assertThat(timing.delayAfter(4)).isEqualTo(Duration.ofSeconds(4));
        assertThat(timing.delayAfter(100)).isEqualTo(Duration.ofSeconds(10));
        assertThat(timing.delayFrom("3600", Duration.ofMillis(1))).isEqualTo(Duration.ofSeconds(10));
        assertThat(timing.delayFrom("", Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(1));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS://me:secret@Host.example:443/a/b?sig=secret#top, https://host.example/a/b?***, https://host.example",
        "http://host.example:80, http://host.example, http://host.example",
        "http://[::1]:5000/x, http://[::1]:5000/x, http://[::1]:5000",
        "https://host.example:80/x, https://host.example:80/x, https://host.example:80"
    })
    void addressesAreShownWithoutSecrets(URI uri, String display, String origin) {
        assertThat(HttpAddress.display(uri)).isEqualTo(display);
        assertThat(HttpAddress.origin(uri)).isEqualTo(origin);
    }

    @Test
    void progressIsALineAtMostOnceInAnInterval() {
        ProgressLog log = new ProgressLog(Duration.ofNanos(100), 1000);
        assertThat(log.at(1050, 10, -1)).isEmpty();
        assertThat(log.at(1100, 0, -1)).as("nothing has come").isEmpty();
        assertThat(log.at(1120, 3 << 19, -1)).contains("1.5 MiB");
        assertThat(log.at(1219, 3 << 20, -1)).isEmpty();
        assertThat(log.at(1220, 3 << 20, 10 << 20)).contains("3.0 of 10.0 MiB");
    }

    @Test
    void requestsToOtherServersCarryNoCredentials() {
        FetchRequest request = FetchRequest.get(URI.create("https://a.example/x"), 1)
                .with("authorization", "Basic secret")
                .with("accept", "b");
        assertThat(request.redirectedTo(URI.create("https://a.example:443/y")).headers())
                .containsKeys("authorization", "accept");
        assertThat(request.redirectedTo(URI.create("https://b.example/y")).headers())
                .containsOnlyKeys("accept");
        assertThat(request.redirectedTo(URI.create("http://a.example/y")).headers())
                .containsOnlyKeys("accept");
        assertThat(request).hasToString("GET https://a.example/x");
    }
}
