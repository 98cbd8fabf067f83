package dev.proxywasm.internal.hostcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AbiDocumentTest {

    private static final Path FILE = Path.of("..", "docs", "ABI.md");
    private static final String COMMAND = "mvn -pl core test -Dtest=AbiDocumentTest -Dproxywasm.regenerate=true";

    @Test
    void theDocumentSaysWhatTheTableHas() throws IOException {
        if (Boolean.getBoolean("proxywasm.regenerate")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, AbiDocument.render());
        }
        String written = Files.exists(FILE) ? Files.readString(FILE) : "";

        assertThat(written)
                .as("docs/ABI.md is stale; make it anew with: " + COMMAND)
                .isEqualTo(AbiDocument.render());
    }
}
