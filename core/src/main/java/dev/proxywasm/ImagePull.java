package dev.proxywasm;

/**
 * How a plugin's module is fetched from another server.
 *
 * @param policy when the server is asked although the cache has the module
 * @param secret the name of a {@link PullSecretConfig} with credentials for the registry; empty for those of this user's Docker client
 */
public record ImagePull(Policy policy, String secret) {

    /** {@link Policy#UNSPECIFIED}, and no secret by name. */
    public static final ImagePull DEFAULT = new ImagePull(Policy.UNSPECIFIED, "");

    /** When a server is asked for a module that the cache has. A module that is pinned by a digest is not asked for again. */
    public enum Policy {
        /** For the tag {@code latest} of an image, and not otherwise. */
        UNSPECIFIED,
        /** Never: what was fetched once stays in use. */
        IF_NOT_PRESENT,
        /** At each start; what the cache has serves while the server cannot be reached. */
        ALWAYS
    }
}
