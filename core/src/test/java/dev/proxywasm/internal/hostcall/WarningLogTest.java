package dev.proxywasm.internal.hostcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarningLogTest {

    private final List<String> lines = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final WarningLog warnings = new WarningLog("waf", () -> now, lines::add);

    @Test
    void namesThePluginAndTheContext() {
        warnings.warn("context 17", "spills tea");

        assertThat(lines).containsExactly("plugin 'waf' (context 17): spills tea");
    }

    @Test
    void saysTenThingsAMinuteAndCountsTheRest() {
        for (int i = 0; i < 25; i++) {
            warnings.warn("context 17", "spills tea");
        }
        assertThat(lines).hasSize(10);

        now = now.plusSeconds(60);
        warnings.warn("context 17", "spills tea");
        warnings.warn("context 17", "spills tea");

        assertThat(lines).hasSize(12);
        assertThat(lines.get(10)).endsWith("(15 warnings before it were left out)");
        assertThat(lines.get(11)).endsWith("spills tea");
    }

    @Test
    void speaksAgainAfterTheClockWasSetBack() {
        now = Instant.ofEpochSecond(1_000_000);
        for (int i = 0; i < 11; i++) {
            warnings.warn("context 17", "spills tea");
        }
        now = Instant.EPOCH;
        warnings.warn("context 17", "spills tea");

        assertThat(lines).hasSize(11);
    }
}
