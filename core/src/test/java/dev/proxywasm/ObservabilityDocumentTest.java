package dev.proxywasm;

import static dev.proxywasm.testing.GeneratedDocument.requireCurrent;
import static dev.proxywasm.testing.GeneratedDocument.withPart;

import dev.proxywasm.testing.MarkdownTable;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ObservabilityDocumentTest {

    @Test
    void theDocumentHasEveryCounter() throws IOException {
        requireCurrent(getClass(), "docs/OBSERVABILITY.md", document -> withPart(document, "counters", counters()));
    }

    private static String counters() {
        MarkdownTable table = new MarkdownTable("counter", "meter", "counts");
        for (PluginCounter counter : PluginCounter.values()) {
            table.row("`" + counter + "`", "`" + MicrometerHostMetrics.meter(counter) + "`", counter.meaning());
        }
        return table.toString();
    }
}
