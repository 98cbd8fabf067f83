package dev.proxywasm.internal.module.oci;

import dev.proxywasm.internal.module.source.ModuleException;
import java.util.Comparator;
import java.util.Locale;

/** Which manifest of an index is the module's: one for Wasm, or else the first one of any platform. */
final class ManifestChoice {

    private static final int NOT_AN_IMAGE = 2;

    private ManifestChoice() {}

    /**
     * Chooses.
     *
     * @throws ModuleException if the index lists nothing but attestations and the like
     */
    static Descriptor of(Manifest index) throws ModuleException {
        return index.manifests().stream()
                .filter(entry -> rank(entry) < NOT_AN_IMAGE)
                .min(Comparator.comparingInt(ManifestChoice::rank))
                .orElseThrow(() -> new ModuleException("cannot be fetched: the index " + index.digest()
                        + " lists no image; name the image itself by its digest"));
    }

    private static int rank(Descriptor entry) {
        String platform = entry.platform().toLowerCase(Locale.ROOT);
        if (platform.startsWith("wasi") || platform.contains("/wasm")) {
            return 0;
        }
        return platform.equals("unknown/unknown") ? NOT_AN_IMAGE : 1;
    }
}
