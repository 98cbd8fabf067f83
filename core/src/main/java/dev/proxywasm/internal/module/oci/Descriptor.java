package dev.proxywasm.internal.module.oci;

import dev.proxywasm.internal.module.oci.Json.JsonException;
import java.util.regex.Pattern;

/**
 * What a manifest says of something else (OCI Image Specification, Content Descriptors).
 *
 * @param mediaType what it is
 * @param digest {@code sha256:} and 64 hexadecimal digits
 * @param size in bytes
 * @param platform {@code os/architecture} of what an index lists; {@code /} if it says none
 */
record Descriptor(String mediaType, String digest, long size, String platform) {

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /**
     * A descriptor.
     *
     * @throws JsonException if it lacks something, or has a digest of another kind than SHA-256
     */
    static Descriptor of(JsonObject json) throws JsonException {
        String digest = json.text("digest");
        if (!DIGEST.matcher(digest).matches()) {
            throw new JsonException("expected a digest of sha256");
        }
        JsonObject platform = json.object("platform");
        return new Descriptor(
                json.text("mediaType"),
                digest,
                json.number("size"),
                platform.text("os") + "/" + platform.text("architecture"));
    }
}
