package dev.proxywasm.internal.engine;

/**
 * Room on the stack of a thread, claimed before something begins that must not run out of it.
 *
 * <p>Java does not tell how much of a stack is left. But the JVM makes sure of a method's whole frame before the method begins, also of the
 * one that it would need if it fell back to the interpreter. So a claim is a call of a method that has as many bytes of local variables and
 * does nothing: {@link StackClaim}. It costs a write to each page of them.
 */
public final class StackRoom {

    /** What a hostcall needs: more than the first line that a JVM logs, for which it loads classes. 32 KiB were too few, 48 KiB enough. */
    public static final StackRoom OF_HOSTCALL = of(64 * 1024);

    /** No room at all, which is always there. */
    public static final StackRoom NONE = new StackRoom(0, () -> {});

    private final int bytes;
    private final Runnable claim;

    private StackRoom(int bytes, Runnable claim) {
        this.bytes = bytes;
        this.claim = claim;
    }

    /** Room of so many bytes, at most 511 KiB. */
    public static StackRoom of(int bytes) {
        return new StackRoom(bytes, StackClaim.of(bytes));
    }

    /** Bytes that are claimed. */
    public int bytes() {
        return bytes;
    }

    /** The larger one of the two. */
    public StackRoom or(StackRoom other) {
        return other.bytes > bytes ? other : this;
    }

    /**
     * Returns if there is room.
     *
     * @throws StackOverflowError if there is not; nothing has been done then
     */
    public void require() {
        claim.run();
    }
}
