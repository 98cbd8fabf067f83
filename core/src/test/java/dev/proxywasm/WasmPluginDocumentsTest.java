package dev.proxywasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Istio's WasmPlugin documents, as they are in a cluster. */
class WasmPluginDocumentsTest {

    private static final String AS_IN_A_CLUSTER =
            """
            apiVersion: extensions.istio.io/v1alpha1
            kind: WasmPlugin
            metadata:
              name: my-wasm-plugin
              namespace: default
            spec:
              selector:
                matchLabels:
                  app: api
              url: oci://registry.example/filters/my-plugin:1.0.0
              phase: UNSPECIFIED_PHASE
              pluginConfig:
                your_config_param: "F00"
                other_config_param: "BAR"
            """;

    @TempDir
    private Path directory;

    private ProxyWasmConfig read(String settings) throws IOException {
        Path file = directory.resolve("proxy-wasm.yaml");
        Files.writeString(file, "proxy-wasm:\n" + settings.indent(2));
        return ProxyWasmConfigReader.yaml(file);
    }

    private ProxyWasmConfig readDocument(String document) throws IOException {
        Files.writeString(directory.resolve("istio.yaml"), document);
        return read("istio: {wasm-plugins: [istio.yaml]}");
    }

    private static String document(String name, String spec) {
        return "apiVersion: extensions.istio.io/v1alpha1\nkind: WasmPlugin\nmetadata: {name: " + name + "}\nspec: {"
                + spec + "}\n---\n";
    }

    @Test
    void isReadAsItIsInACluster() throws Exception {
        ProxyWasmConfig config = readDocument(AS_IN_A_CLUSTER);
        assertThat(config.plugins())
                .containsExactly(
                        PluginConfig.builder("default.my-wasm-plugin", "oci://registry.example/filters/my-plugin:1.0.0")
                                .configuration("{\"your_config_param\":\"F00\",\"other_config_param\":\"BAR\"}")
                                .build());
        assertThat(config.notes()).isEmpty();
        assertThat(config.files())
                .containsExactly(directory.resolve("proxy-wasm.yaml"), directory.resolve("istio.yaml"));
    }

    @Test
    void everyFieldHasItsMeaning() throws Exception {
        ProxyWasmConfig config = readDocument(
                """
                apiVersion: extensions.istio.io/v1alpha1
                kind: WasmPlugin
                metadata: {name: a, namespace: shop, uid: 1-2-3, labels: {team: x}, generation: 3}
                spec:
                  url: file:filters/a.wasm
                  sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                  imagePullPolicy: Always
                  imagePullSecret: my-registry
                  pluginName: root
                  pluginConfig: {}
                  phase: AUTHZ
                  priority: 10
                  failStrategy: FAIL_OPEN
                  type: HTTP
                  vmConfig:
                    env:
                      - {name: REGION, value: eu}
                      - {name: EMPTY, valueFrom: INLINE}
                      - {name: HOSTNAME, valueFrom: HOST}
                  match:
                    - {mode: SERVER, ports: [{number: 8080}]}
                    - {mode: CLIENT, ports: [{number: 9090}]}
                    - {ports: [{number: 8443}]}
                status: {conditions: []}
                """);
        assertThat(config.plugins())
                .containsExactly(PluginConfig.builder(
                                "shop.a", directory.resolve("filters/a.wasm").toString())
                        .sha256("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
                        .imagePull(new ImagePull(ImagePull.Policy.ALWAYS, "my-registry"))
                        .rootId("root")
                        .phase(Phase.AUTHZ)
                        .priority(10)
                        .failurePolicy(FailurePolicy.OPEN)
                        .vm(new VmConfig("", "", Map.of("REGION", "eu", "EMPTY", ""), List.of("HOSTNAME")))
                        .match(new Match(List.of(), Set.of(), Set.of(), Set.of(8080, 8443)))
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "oci://registry.example/a:1,      oci://registry.example/a:1",
        "registry.example/a:1,            oci://registry.example/a:1",
        "registry.example:5000/a:1,       oci://registry.example:5000/a:1",
        "localhost:5000/a,                oci://localhost:5000/a",
        "https://files.example/a.wasm,    https://files.example/a.wasm",
        "file:///opt/a.wasm,              file:///opt/a.wasm",
    })
    void anAddressWithoutASchemeIsAnImage(String url, String module) throws Exception {
        assertThat(readDocument(document("a", "url: '" + url + "'")).plugins())
                .extracting(PluginConfig::module)
                .containsExactly(module);
    }

    @Test
    void equalPrioritiesGoByNameThenNamespace() throws Exception {
        String document = document("b", "url: file:/b")
                + document("a, namespace: z", "url: file:/a")
                + document("a, namespace: y", "url: file:/a");
        assertThat(readDocument(document).plugins())
                .extracting(PluginConfig::name)
                .containsExactly("y.a", "z.a", "default.b");
    }

    @Test
    void aDirectoryIsReadFileByFile() throws Exception {
        Path documents = Files.createDirectory(directory.resolve("documents"));
        Files.writeString(documents.resolve("2.yml"), document("two", "url: file:/2"));
        Files.writeString(
                documents.resolve("1.json"),
                """
                {"apiVersion": "v1", "kind": "List", "items": [
                  {"apiVersion": "extensions.istio.io/v1alpha1", "kind": "WasmPlugin", "metadata": {"name": "one"},
                   "spec": {"url": "file:/1"}}]}
                """);
        Files.writeString(documents.resolve(".hidden.yaml"), "not: [a document");
        Files.writeString(documents.resolve("notes.txt"), "neither");
        ProxyWasmConfig config = read("istio: {wasm-plugins: ['file:documents']}");
        assertThat(config.plugins()).extracting(PluginConfig::name).containsExactly("default.one", "default.two");
        assertThat(config.files()).contains(documents);
    }

    @Test
    void plugInsOfBothKindsAreUsed() throws Exception {
        Files.writeString(directory.resolve("istio.yaml"), document("a", "url: file:/a"));
        ProxyWasmConfig config = read("plugins: [{name: own, module: own.wat}]\nistio: {wasm-plugins: [istio.yaml]}");
        assertThat(config.plugins()).extracting(PluginConfig::name).containsExactly("own", "default.a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {app: api}            | {}                                              | true
                    {app: api}            | {labels: {app: api, zone: a}}                   | true
                    {app: api}            | {labels: {app: web}}                            | false
                    {app: api, v: '2'}    | {labels: {app: api}}                            | false
                    {}                    | {labels: {app: web}}                            | true
                    {}                    | {namespace: default}                            | true
                    {}                    | {namespace: shop}                               | false
                    """)
    void isForTheServiceThatItSelects(String selector, String service, boolean used) throws Exception {
        Files.writeString(
                directory.resolve("istio.yaml"),
                document("a", "url: file:/a, selector: {matchLabels: " + selector + "}"));
        String more = service.equals("{}") ? "" : service.substring(1, service.length() - 1) + ", ";
        ProxyWasmConfig config = read("istio: {" + more + "wasm-plugins: [istio.yaml]}");
        assertThat(config.plugins()).hasSize(used ? 1 : 0);
        assertThat(config.notes()).hasSize(used ? 0 : 1);
    }

    @Test
    void ofTheMeshsOwnNamespaceItIsForEveryService() throws Exception {
        Files.writeString(directory.resolve("istio.yaml"), document("a, namespace: istio-system", "url: file:/a"));
        assertThat(read("istio: {namespace: shop, wasm-plugins: [istio.yaml]}").plugins())
                .hasSize(1);
    }

    @Test
    void whatHasNoMeaningHereIsReportedByName() throws Exception {
        ProxyWasmConfig config = readDocument(
                document("a", "url: file:/a, verificationKey: k, targetRefs: [{kind: Gateway, name: g}], targetRef: {}")
                        + document("tcp", "url: file:/b, type: NETWORK")
                        + document("outgoing", "url: file:/c, match: [{mode: CLIENT}]")
                        + "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n");
        String file = directory.resolve("istio.yaml").toString();
        assertThat(config.plugins()).extracting(PluginConfig::name).containsExactly("default.a");
        assertThat(config.notes())
                .satisfiesExactly(
                        note -> assertThat(note).startsWith(file + ":4:").contains("spec.verificationKey", "sha256"),
                        note -> assertThat(note).contains("spec.targetRef:", "no meaning"),
                        note -> assertThat(note).contains("spec.targetRefs:", "no meaning"),
                        note -> assertThat(note).contains("WasmPlugin default.tcp is left out: type NETWORK"),
                        note -> assertThat(note).contains("WasmPlugin default.outgoing is left out: its match"),
                        note -> assertThat(note).contains("a Service of v1 is no WasmPlugin"));
    }

    @Test
    void outgoingTrafficIsMeantByAHostThatFiltersIt() throws Exception {
        Files.writeString(directory.resolve("istio.yaml"), document("a", "url: file:/c, match: [{mode: CLIENT}]"));
        assertThat(read("node: {listener-direction: outbound}\nistio: {wasm-plugins: [istio.yaml]}")
                        .plugins())
                .hasSize(1);
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        assertThatThrownBy(() -> read("istio: {wasm-plugins: [missing.yaml]}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("missing.yaml")
                .hasMessageContaining("does not exist");
    }

    @ParameterizedTest
    @MethodSource("dev.proxywasm.BadDocument#wasmPlugins")
    void aBadOneIsRefusedWithTheMessage(BadDocument bad) {
        assertThatThrownBy(() -> readDocument(bad.yaml()))
                .isInstanceOf(ConfigurationException.class)
                .extracting(refused -> String.valueOf(refused.getMessage()).replace(directory + "/", ""))
                .isEqualTo(bad.message());
    }
}
