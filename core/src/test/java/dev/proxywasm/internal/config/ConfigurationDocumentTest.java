package dev.proxywasm.internal.config;

import static dev.proxywasm.testing.GeneratedDocument.requireCurrent;
import static dev.proxywasm.testing.GeneratedDocument.withPart;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {

    @Test
    void theDocumentHasTheKeysOfTheTables() throws IOException {
        requireCurrent(
                getClass(),
                "docs/CONFIGURATION.md",
                document -> withPart(
                        withPart(
                                withPart(document, "config-keys", ConfigurationDocument.configKeys()),
                                "plugin-keys",
                                ConfigurationDocument.pluginKeys()),
                        "upstream-keys",
                        ConfigurationDocument.upstreamKeys()));
    }

    @Test
    void theReadmeHasTheLimitsOfTheTable() throws IOException {
        requireCurrent(
                getClass(), "README.md", document -> withPart(document, "limits", ConfigurationDocument.limits()));
    }
}
