package dev.proxywasm.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

/** What an IDE knows of the properties. */
class MetadataTest {

    private static Map<String, Map<String, Object>> properties;
    private static Map<String, Map<String, Object>> hints;

    @BeforeAll
    static void read() throws IOException {
        Map<String, Object> metadata = JsonParserFactory.getJsonParser().parseMap(ours());
        properties = byName(metadata.get("properties"));
        hints = byName(metadata.get("hints"));
    }

    private static String ours() throws IOException {
        for (URL candidate : Collections.list(
                MetadataTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            String text = new String(candidate.openStream().readAllBytes(), StandardCharsets.UTF_8);
            if (text.contains("\"proxy-wasm.plugins\"")) {
                return text;
            }
        }
        throw new AssertionError("there is no metadata of proxy-wasm");
    }

    @SuppressWarnings("unchecked") // the form of the metadata
    private static Map<String, Map<String, Object>> byName(Object entries) {
        Map<String, Map<String, Object>> byName = new LinkedHashMap<>();
        ((List<Map<String, Object>>) entries).forEach(entry -> byName.put((String) entry.get("name"), entry));
        return byName;
    }

    /** Members of lists and of maps are not there: an IDE reads them off the class that the property names. */
    private static Stream<String> names(String prefix, Class<?> level) {
        return Stream.of(level.getRecordComponents()).flatMap(component -> names(prefix, component));
    }

    private static Stream<String> names(String prefix, RecordComponent component) {
        String name = prefix + "." + SettingsTree.kebab(component.getName());
        return component.getType().isRecord() ? names(name, component.getType()) : Stream.of(name);
    }

    @Test
    void knowsEveryProperty() {
        assertThat(properties)
                .containsKeys(names("proxy-wasm", ProxyWasmProperties.class).toArray(String[]::new));
        assertThat(properties)
                .containsKeys("management.endpoint.proxywasm.access", "management.health.proxywasm.enabled");
    }

    @Test
    void saysWhatEachMeans() {
        assertThat(properties.values()).allSatisfy(property -> assertThat((String) property.get("description"))
                .as("%s", property.get("name"))
                .isNotBlank());
    }

    @Test
    void knowsDefaults() {
        assertThat(properties.get("proxy-wasm.enabled")).containsEntry("defaultValue", true);
        assertThat(properties.get("proxy-wasm.reload.drain-timeout")).containsEntry("defaultValue", "30s");
        assertThat(properties.get("management.health.proxywasm.enabled")).containsEntry("defaultValue", true);
    }

    @Test
    void hintsAreForPropertiesThatThereAre() {
        assertThat(properties.keySet()).containsAll(hints.keySet());
        assertThat(hints.get("proxy-wasm.filter.order"))
                .extractingByKey("values")
                .asString()
                .contains("" + FilterOrder.BEFORE_SECURITY, "" + FilterOrder.BEHIND_SECURITY);
    }
}
