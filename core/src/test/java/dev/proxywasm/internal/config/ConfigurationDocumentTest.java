package dev.proxywasm.internal.config;

import static dev.proxywasm.testing.GeneratedDocument.requireCurrent;
import static dev.proxywasm.testing.GeneratedDocument.withPart;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
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
        made = withPart(made, "upstream-keys", ConfigurationDocument.upstreamKeys());
        return withPart(made, "pull-secret-keys", ConfigurationDocument.pullSecretKeys());
    }

    @Test
    void theSchemaHasTheKeysOfTheTables() throws IOException {
        requireCurrent(getClass(), "docs/proxy-wasm.schema.json", document -> ConfigurationSchema.text());
    }

    /** JSON is YAML: the parser of the configuration reads it, and every reference leads to a definition. */
    @Test
    void theSchemaIsJsonWhoseReferencesLeadSomewhere() {
        String schema = ConfigurationSchema.text();
        assertThat(new YamlTree("schema").read(schema)).isInstanceOf(Setting.Mapping.class);
        assertThat(Pattern.compile("#/\\$defs/(\\w+)").matcher(schema).results())
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(schema).contains("    \"" + reference.group(1) + "\": {\n"));
    }

    @Test
    void everyKeySaysWhatItsValuesLookLike() {
        assertThat(ConfigurationSchema.keys())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key.type().form()).as(key.path()).isNotEqualTo(ValueForm.ANY));
    }

    @Test
    void theReadmeHasTheLimitsOfTheTable() throws IOException {
        requireCurrent(
                getClass(), "README.md", document -> withPart(document, "limits", ConfigurationDocument.limits()));
    }
}
