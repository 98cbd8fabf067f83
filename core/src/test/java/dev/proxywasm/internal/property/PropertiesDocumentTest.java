package dev.proxywasm.internal.property;

import dev.proxywasm.testing.GeneratedDocument;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PropertiesDocumentTest {

    @Test
    void theDocumentSaysWhatTheTablesHave() throws IOException {
        GeneratedDocument.requireCurrent(getClass(), "docs/PROPERTIES.md", document -> PropertiesDocument.render());
    }
}
