package dev.proxywasm.internal.module.source;

/** What a source delivered. Immutable by agreement: nobody writes to its bytes. */
public final class ModuleContent {

    private final byte[] bytes;
    private final String sha256;
    private final String revision;

    /**
     * Keeps the array.
     *
     * @param bytes a module, binary or text, unpacked
     * @param sha256 the digest that {@code sha256} of a plugin is compared with, in hexadecimal digits of lower case
     * @param revision what the server calls this version; empty if it is not from a server
     */
    public ModuleContent(byte[] bytes, String sha256, String revision) {
        this.bytes = bytes;
        this.sha256 = sha256;
        this.revision = revision;
    }

    /** The module, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** The digest by which the plugin may pin it. */
    public String sha256() {
        return sha256;
    }

    /** What the server calls this version, so that it can be asked whether it has another. */
    public String revision() {
        return revision;
    }
}
