package dev.proxywasm.internal.module;

/** A module that was fetched. Immutable by agreement: nobody writes to its bytes. */
public final class LoadedModule {

    private final byte[] binary;
    private final String sha256;
    private final String address;

    LoadedModule(byte[] binary, String sha256, String address) {
        this.binary = binary;
        this.sha256 = sha256;
        this.address = address;
    }

    /** In the binary format, whatever it was fetched as; not a copy, so it must not be written to. */
    public byte[] binary() {
        return binary;
    }

    /**
     * The digest that {@code sha256} of a plugin pins: of what was fetched, unpacked and before any translation; of an image, that of its
     * manifest. 64 hexadecimal digits in lower case.
     */
    public String sha256() {
        return sha256;
    }

    /** Where it was found, for messages. */
    public String address() {
        return address;
    }

    /** Address, size and digest. */
    @Override
    public String toString() {
        return address + " (" + binary.length + " bytes, sha256 " + sha256 + ")";
    }
}
