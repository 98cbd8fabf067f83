package dev.proxywasm.spi;

/** A value of {@link SharedData} as it was when it was read. */
public final class SharedValue {

    private final byte[] bytes;
    private final int cas;

    /**
     * A value under its number.
     *
     * @param bytes handed over
     * @param cas the number of this value, never 0 (unsigned)
     */
    public SharedValue(byte[] bytes, int cas) {
        this.bytes = bytes;
        this.cas = cas;
    }

    /** The bytes; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** The number that a conditional {@link SharedData#store} must give. */
    public int cas() {
        return cas;
    }
}
