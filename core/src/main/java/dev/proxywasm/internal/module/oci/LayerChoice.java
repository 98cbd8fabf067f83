package dev.proxywasm.internal.module.oci;

import dev.proxywasm.internal.module.source.ModuleException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which layer of an image is the module, in the three ways in which modules are packed (Wasm Image Specification): as an artifact, in a
 * layer of its own media type; or as a file {@code plugin.wasm} in the last layer of a Docker or an OCI image.
 */
final class LayerChoice {

    private static final Set<String> MODULES = Set.of(
            "application/vnd.module.wasm.content.layer.v1+wasm",
            "application/vnd.wasm.content.layer.v1+wasm",
            "application/wasm");

    private static final Set<String> ARCHIVES = Set.of(
            "application/vnd.docker.image.rootfs.diff.tar.gzip",
            "application/vnd.docker.image.rootfs.diff.tar",
            "application/vnd.oci.image.layer.v1.tar+gzip",
            "application/vnd.oci.image.layer.v1.tar");

    private LayerChoice() {}

    /**
     * Chooses.
     *
     * @throws ModuleException if there is none, or several modules
     */
    static Descriptor of(Manifest manifest) throws ModuleException {
        List<Descriptor> layers = manifest.layers();
        List<Descriptor> modules = layers.stream()
                .filter(layer -> MODULES.contains(layer.mediaType()))
                .toList();
        if (modules.size() == 1) {
            return modules.get(0);
        }
        Descriptor last = layers.get(layers.size() - 1);
        if (modules.isEmpty() && ARCHIVES.contains(last.mediaType())) {
            return last;
        }
        throw new ModuleException("cannot be fetched: the image has layers of " + types(layers)
                + ", which is no packed module; expected one of application/vnd.module.wasm.content.layer.v1+wasm,"
                + " or a last one that is a tar, with gzip or without, and has a plugin.wasm");
    }

    private static String types(List<Descriptor> layers) {
        String types = layers.stream()
                .limit(5)
                .map(layer -> layer.mediaType().replaceAll("[^A-Za-z0-9/.+_-]", "?"))
                .collect(Collectors.joining(", "));
        return types.length() > 300 ? types.substring(0, 300) + "..." : types;
    }
}
