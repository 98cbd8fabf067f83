package dev.proxywasm.internal.module.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.internal.module.archive.Tar;
import dev.proxywasm.internal.module.source.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An image, as tools pack modules.
 *
 * @param mediaType of the manifest
 * @param manifest its text
 * @param blobs what the manifest refers to, by digest
 */
record TestImage(String mediaType, String manifest, Map<String, byte[]> blobs) {

    static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String OTHER_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    /** In a layer of its own media type. */
    static TestImage artifact(String layerType, byte[] module) {
        return of(OCI_MANIFEST, "application/vnd.wasm.config.v1+json", Map.of(layerType, module));
    }

    /** As a file of the last layer of a Docker image. */
    static TestImage docker(byte[] module) {
        return of(
                DOCKER_MANIFEST,
                "application/vnd.docker.container.image.v1+json",
                Map.of(
                        "application/vnd.docker.image.rootfs.diff.tar.gzip",
                        new Tar().file("plugin.wasm", module).toGzip()));
    }

    /** As a file of the last layer of an OCI image, which has another layer before it. */
    static TestImage compat(byte[] module) {
        Map<String, byte[]> layers = new LinkedHashMap<>();
        layers.put(
                OTHER_LAYER,
                new Tar().file("etc/note", "a note".getBytes(UTF_8)).toGzip());
        layers.put(OTHER_LAYER + " ", new Tar().file("./plugin.wasm", module).toGzip());
        return of(OCI_MANIFEST, "application/vnd.oci.image.config.v1+json", layers);
    }

    /** Of layers by media type, in which spaces do not count. */
    static TestImage of(String mediaType, String configType, Map<String, byte[]> layers) {
        Map<String, byte[]> blobs = new LinkedHashMap<>();
        String config = descriptor(configType, "{}".getBytes(UTF_8), blobs);
        String list = layers.entrySet().stream()
                .map(layer -> descriptor(layer.getKey().strip(), layer.getValue(), blobs))
                .collect(Collectors.joining(","));
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
                .formatted(mediaType, config, list);
        return new TestImage(mediaType, manifest, blobs);
    }

    /** An index of images by platform, {@code os/architecture}. */
    static TestImage index(Map<String, TestImage> images) {
        Stream<String> entries = images.entrySet().stream().map(entry -> {
            String[] platform = entry.getKey().split("/", -1);
            TestImage image = entry.getValue();
            return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"platform\":{\"os\":\"%s\",\"architecture\":\"%s\"}}"
                    .formatted(image.mediaType, image.digest(), image.bytes().length, platform[0], platform[1]);
        });
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
                .formatted(OCI_INDEX, entries.collect(Collectors.joining(",")));
        return new TestImage(OCI_INDEX, manifest, Map.of());
    }

    byte[] bytes() {
        return manifest.getBytes(UTF_8);
    }

    String digest() {
        return digest(bytes());
    }

    static String digest(byte[] bytes) {
        return "sha256:" + Sha256.of(bytes);
    }

    private static String descriptor(String mediaType, byte[] content, Map<String, byte[]> blobs) {
        blobs.put(digest(content), content);
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
                .formatted(mediaType, digest(content), content.length);
    }
}
