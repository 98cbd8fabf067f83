package dev.proxywasm.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.PluginConfig;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the table of keys says beside the reading, from which documentation is made. */
class PluginKeysTest {

    @Test
    void theDefaultsInTheTableAreThoseOfTheModel() {
        String document = PluginKeys.TABLE.stream()
                .filter(key -> !key.defaultText().startsWith("("))
                .map(key -> key.path() + ": " + (key.defaultText().isEmpty() ? "''" : key.defaultText()) + "\n")
                .collect(Collectors.joining("", "name: a\nmodule: a.wat\n", ""));
        PluginConfig plugin = PluginKeys.read(new Located(new YamlTree("defaults").read(document), ""));
        assertThat(plugin).isEqualTo(PluginConfig.builder("a", "a.wat").build());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyIsInKebabCaseAndHasAMeaning(Key<?, ?> key) {
        assertThat(key.path()).matches("[a-z0-9]+([-.][a-z0-9]+)*");
        assertThat(key.meaning()).isNotBlank();
    }

    static Iterable<Key<PluginDraft, ?>> keys() {
        return PluginKeys.TABLE;
    }
}
