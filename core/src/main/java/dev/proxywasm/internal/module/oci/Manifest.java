package dev.proxywasm.internal.module.oci;

import dev.proxywasm.internal.module.oci.Json.JsonException;
import dev.proxywasm.internal.module.source.ModuleException;
import java.util.ArrayList;
import java.util.List;

/**
 * A manifest of an image, or an index of manifests.
 *
 * @param digest of the bytes that it was read from
 * @param manifests what it lists, if it is an index
 * @param layers what the image consists of, if it is not
 */
record Manifest(String digest, List<Descriptor> manifests, List<Descriptor> layers) {

    /** Far more than a manifest of a module has. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    /** Media types that a registry is asked for. */
    static final String ACCEPTED = "application/vnd.oci.image.manifest.v1+json,"
            + "application/vnd.docker.distribution.manifest.v2+json,"
            + "application/vnd.oci.image.index.v1+json,"
            + "application/vnd.docker.distribution.manifest.list.v2+json";

    /**
     * Reads one. Whether it is an index is seen by what it has, since old registries send wrong media types.
     *
     * @throws ModuleException if it is neither
     */
    static Manifest parse(String digest, byte[] bytes) throws ModuleException {
        try {
            JsonObject json = Json.object(bytes);
            if (json.number("schemaVersion") != 2) {
                throw new JsonException("expected schemaVersion 2");
            }
            Manifest manifest =
                    new Manifest(digest, descriptors(json.objects("manifests")), descriptors(json.objects("layers")));
            if (manifest.manifests.isEmpty() == manifest.layers.isEmpty()) {
                throw new JsonException("expected either layers or manifests");
            }
            return manifest;
        } catch (JsonException e) {
            throw new ModuleException(
                    "cannot be fetched: the manifest " + digest + " cannot be used: " + e.getMessage()
                            + "; push the image again",
                    e);
        }
    }

    boolean isIndex() {
        return !manifests.isEmpty();
    }

    private static List<Descriptor> descriptors(List<JsonObject> objects) throws JsonException {
        List<Descriptor> descriptors = new ArrayList<>();
        for (JsonObject object : objects) {
            descriptors.add(Descriptor.of(object));
        }
        return descriptors;
    }
}
