package dev.proxywasm.internal.hostcall;

import dev.proxywasm.testing.GeneratedDocument;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AbiDocumentTest {

    @Test
    void theDocumentSaysWhatTheTableHas() throws IOException {
        GeneratedDocument.requireCurrent(getClass(), "docs/ABI.md", document -> AbiDocument.render());
    }
}
