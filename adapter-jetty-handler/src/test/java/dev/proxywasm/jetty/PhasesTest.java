package dev.proxywasm.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pauses, answers and resets in each phase of an exchange, in memory. */
class PhasesTest {

    /** Trailers only where they are looked at: a body that is held until its end is let go by trailers that are not. */
    private static String post(String phase) {
        String trailers = phase.equalsIgnoreCase("t") ? "X-Trailer: one\r\n" : "";
        return "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n" + trailers
                + "\r\n";
    }

    private static void assertTold(TestSite site) {
        await().untilAsserted(() ->
                assertThat(site.counts()).isEqualTo(Map.of("created", 1L, "done", 1L, "log", 1L, "delete", 1L)));
        assertThat(site.filters.getActiveExchanges()).isZero();
        assertThat(site.filters.getPausedExchanges()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h", "b", "t", "H", "B", "T"})
    void goesOnWhenAFilterHasPausedIt(String phase) throws Exception {
        try (TestSite site = TestSite.acting(phase + "p002", Applications.echo())) {
            assertThat(site.answer(post(phase))).startsWith("HTTP/1.1 200").contains("abc");
            assertTold(site);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h", "b", "t", "H", "B", "T"})
    void isAnsweredByAFilter(String phase) throws Exception {
        try (TestSite site = TestSite.acting(phase + "r000", Applications.echo())) {
            String answer = site.answer(post(phase));
            assertThat(answer).doesNotContain("X-Trailer");
            if (phase.equals("T")) {
                assertThat(answer).as("too late for an answer").doesNotContain("denied");
            } else {
                assertThat(answer).startsWith("HTTP/1.1 403").endsWith("denied");
            }
            assertTold(site);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h", "b", "t", "H", "B", "T"})
    void isResetByAFilter(String phase) throws Exception {
        try (TestSite site = TestSite.acting(phase + "x000", Applications.echo())) {
            assertThat(String.valueOf(site.answer(post(phase)))).doesNotContain("0\r\n\r\n");
            assertTold(site);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hn000", "bn000", "Hp001", "Bn000"})
    void isOverWhenTheHandlerAnswersWithoutReadingTheBody(String how) throws Exception {
        try (TestSite site = TestSite.acting(
                how,
                Applications.doing(
                        (request, response, callback) -> Content.Sink.write(response, true, "early", callback)))) {
            assertThat(site.answer(post("n"))).startsWith("HTTP/1.1 200").endsWith("early");
            assertTold(site);
        }
    }
}
