package dev.proxywasm.internal.config;

import static dev.proxywasm.testing.GeneratedDocument.requireCurrent;
import static dev.proxywasm.testing.GeneratedDocument.withPart;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {

    @Test
    void theDocumentHasTheKeysOfTheTables() throws IOException {
        requireCurrent(getClass(), "docs/CONFIGURATION.md", ConfigurationDocumentTest::withTables);
    }

    private static String withTables(String document) {
        String made = withPart(document, "config-keys", ConfigurationDocument.configKeys());
        made = withPart(made, "plugin-keys", ConfigurationDocument.pluginKeys());
        made = withPart(made, "override-keys", ConfigurationDocument.overrideKeys());
        made = withPart(made, "match-keys", ConfigurationDocument.matchKeys());
        return withPart(made, "upstream-keys", ConfigurationDocument.upstreamKeys());
    }

    @Test
    void theReadmeHasTheLimitsOfTheTable() throws IOException {
        requireCurrent(
                getClass(), "README.md", document -> withPart(document, "limits", ConfigurationDocument.limits()));
    }
}
