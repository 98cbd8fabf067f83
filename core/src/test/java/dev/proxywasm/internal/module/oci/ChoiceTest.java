package dev.proxywasm.internal.module.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.internal.module.source.ModuleException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which manifest of an index, and which layer of a manifest. */
class ChoiceTest {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "wasi/wasm, 0",
        "linux/amd64 wasi/wasm, 1",
        "linux/amd64 wasip1/wasm32, 1",
        "linux/amd64 linux/wasm, 1",
        "linux/amd64 linux/arm64, 0",
        "/, 0",
        "unknown/unknown linux/amd64, 1"
    })
    void ofAnIndexIsWasmOrElseTheFirst(String platforms, int chosen) throws ModuleException {
        List<Descriptor> entries = Arrays.stream(platforms.split(" "))
                .map(platform -> new Descriptor("", DIGEST, 1, platform))
                .toList();
        assertThat(ManifestChoice.of(new Manifest("", entries, List.of()))).isSameAs(entries.get(chosen));
    }

    @Test
    void ofAnIndexIsNoAttestation() {
        Manifest index = new Manifest(DIGEST, List.of(new Descriptor("", DIGEST, 1, "unknown/unknown")), List.of());
        assertThatThrownBy(() -> ManifestChoice.of(index))
                .hasMessage("cannot be fetched: the index " + DIGEST
                        + " lists no image; name the image itself by its digest");
    }

    @ParameterizedTest
    @CsvSource({
        "application/vnd.module.wasm.content.layer.v1+wasm, 0",
        "application/vnd.wasm.content.layer.v1+wasm, 0",
        "application/wasm, 0",
        "application/vnd.module.wasm.config.v1+json application/vnd.module.wasm.content.layer.v1+wasm, 1",
        "application/vnd.docker.image.rootfs.diff.tar.gzip, 0",
        "application/vnd.docker.image.rootfs.diff.tar.gzip application/vnd.docker.image.rootfs.diff.tar.gzip, 1",
        "application/vnd.oci.image.layer.v1.tar+gzip application/vnd.oci.image.layer.v1.tar, 1"
    })
    void ofAManifestIsTheModuleOrElseTheLastArchive(String types, int chosen) throws ModuleException {
        List<Descriptor> layers = layers(types);
        assertThat(LayerChoice.of(new Manifest("", List.of(), layers))).isSameAs(layers.get(chosen));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.oci.image.layer.v1.tar+zstd",
                "application/wasm application/wasm",
                "application/vnd.oci.image.layer.v1.tar text/plain"
            })
    void ofAManifestIsNothingElse(String types) {
        assertThatThrownBy(() -> LayerChoice.of(new Manifest("", List.of(), layers(types))))
                .hasMessageContaining(
                        "the image has layers of " + types.replace(" ", ", ") + ", which is no packed module");
    }

    private static List<Descriptor> layers(String types) {
        return Arrays.stream(types.split(" "))
                .map(type -> new Descriptor(type, DIGEST, 1, "/"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            hello                                                       | expected a value at character 1
            {}                                                          | expected schemaVersion 2
            {"schemaVersion": 1}                                        | expected schemaVersion 2
            {"schemaVersion": 2}                                        | expected either layers or manifests
            {"schemaVersion": 2, "layers": [{"digest": "sha512:ab"}]}   | expected a digest of sha256
            {"schemaVersion": 2, "layers": [{"digest": "sha256:../x"}]} | expected a digest of sha256
            {"schemaVersion": 2, "layers": {}}                          | expected a list as 'layers'
            """)
    void aManifestThatCannotBeUsedIsNamed(String text, String problem) {
        assertThatThrownBy(() -> Manifest.parse(DIGEST, text.getBytes(UTF_8)))
                .hasMessage("cannot be fetched: the manifest " + DIGEST + " cannot be used: " + problem
                        + "; push the image again");
    }
}
