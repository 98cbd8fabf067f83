package dev.proxywasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Properties and parameters that are wrong, each with its whole message; and how their lists are written. */
class BadPropertiesTest {

    private static final Path BASE = Path.of("base");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            enabled                     | maybe         | proxy-wasm.enabled: found 'maybe', expected true or false
            plugins                     | a,b           | proxy-wasm.plugin.b: 'module' is missing (address of the .wasm or .wat module: a path, file:, classpath:, http:, https: or oci:)
            plugins                     | a,a           | proxy-wasm.plugin.a: the name 'a' is taken by plugins[0]; names must be unique
            upstreams                   | auth          | proxy-wasm.upstream.auth: 'uri' is missing (scheme, host and port of the server, such as http://127.0.0.1:9000)
            upstream.auth.uri           | http://a      | proxy-wasm.upstream.auth.uri: belongs to no upstream of proxy-wasm.upstreams, which names none
            upstream.auth.tls.trust     | ca.pem        | proxy-wasm.upstream.auth.tls.trust: belongs to no upstream of proxy-wasm.upstreams, which names none
            pull-secrets                | mine          | proxy-wasm.pull-secret.mine: a pull secret has either 'file' or 'docker-config'
            pull-secret.mine.file       | a.json        | proxy-wasm.pull-secret.mine.file: belongs to no pull-secret of proxy-wasm.pull-secrets, which names none
            allow-insecure              | a,b/c         | proxy-wasm.allow-insecure: 'b/c' is no host; write a name or an address, and :port if only that one is meant
            cache.max-age               | long          | proxy-wasm.cache.max-age: found 'long', expected a duration such as 500ms, 1s, 2m or PT1.5S
            cache.directroy             | x             | proxy-wasm.cache.directroy: unknown key; did you mean 'proxy-wasm.cache.directory'?
            plugin.a.image-pull-policy  | never         | proxy-wasm.plugin.a.image-pull-policy: found 'never', expected one of unspecified, if-not-present, always
            allow-direct-callouts       | perhaps       | proxy-wasm.allow-direct-callouts: found 'perhaps', expected true or false
            plugin.a.limits.memory      | 1 parsec      | proxy-wasm.plugin.a.limits.memory: found '1 parsec', expected a size such as 256MiB, 1MB, 64KiB or 4096 (bytes)
            plugin.a.limits.memory      | 1KiB          | proxy-wasm.plugin.a.limits.memory: limit memory is 1024; it must be from 65536 to 2146435072
            plugin.a.phase              | auth          | proxy-wasm.plugin.a.phase: found 'auth', expected one of authn, authz, stats, unspecified
            plugin.a.match.paths        | /a,/b/**      | proxy-wasm.plugin.a.match.paths: path pattern '/b/**' is none of /*, /prefix/*, *.suffix or an exact /path
            plugin.a.vm.environment     | A=1,TOKEN     | proxy-wasm.plugin.a.vm.environment: pair 2 has no name and '=', expected NAME=value pairs, separated by commas (a comma in a value is written \\,)
            plugin.a.vm.environment     | A=1,A=2       | proxy-wasm.plugin.a.vm.environment: 'A' is written twice
            plugin.a.limits.memroy      | 1MiB          | proxy-wasm.plugin.a.limits.memroy: unknown key; did you mean 'proxy-wasm.plugin.a.limits.memory'?
            plugin.a.name               | b             | proxy-wasm.plugin.a.name: unknown key; the plugin's name is in the name of the property
            plugin.b.module             | b.wat         | proxy-wasm.plugin.b.module: belongs to no plugin of proxy-wasm.plugins, which names a
            plugin                      | b             | proxy-wasm.plugin: unknown key; did you mean 'proxy-wasm.plugins'?
            """)
    void namesTheDoorAndTheWholeProperty(String name, String value, String message) {
        Map<String, String> properties =
                new TreeMap<>(Map.of("proxy-wasm.plugins", "a", "proxy-wasm.plugin.a.module", "a.wat"));
        properties.put("proxy-wasm." + name, value);
        assertThatThrownBy(() -> ProxyWasmConfigReader.properties(
                        "system properties", properties::get, properties.keySet(), BASE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("system properties: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            name            |               | 'name' is missing (names the plugin in messages, logs and metrics; unique)
            modul           | a.wat         | modul: unknown key; did you mean 'module'?
            limits.memory   | much          | limits.memory: found 'much', expected a size such as 256MiB, 1MB, 64KiB or 4096 (bytes)
            instances       | 2000          | instances: plugin 'a': instances is 2000; it must be from 1 to 1024
            limits          | 64MiB         | limits: found '64MiB', expected an object with keys
            """)
    void namesTheDoorAndTheParameter(String name, String value, String message) {
        Map<String, String> parameters = new TreeMap<>(Map.of("name", "a", "module", "a.wat"));
        parameters.put(name, value == null ? "" : value);
        assertThatThrownBy(() -> ProxyWasmConfigReader.plugin("filter 'waf' in web.xml", parameters, BASE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("filter 'waf' in web.xml: " + message);
    }

    @Test
    void commasAndBackslashesInValuesAreEscaped() {
        VmConfig vm =
                plugin("vm.environment", "A=1\\,2 , B=c:\\dir\\\\,C=x=y,, D=,").vm();
        assertThat(vm.environment()).isEqualTo(Map.of("A", "1,2", "B", "c:\\dir\\", "C", "x=y", "D", ""));
    }

    @Test
    void textIsTakenAsItIs() {
        assertThat(plugin("configuration", " {\"a\": [1, 2]} ").configuration()).isEqualTo(" {\"a\": [1, 2]} ");
    }

    private static PluginConfig plugin(String name, String value) {
        Map<String, String> parameters = Map.of("name", "a", "module", "a.wat", name, value);
        return ProxyWasmConfigReader.plugin("test", parameters, BASE).plugins().get(0);
    }
}
