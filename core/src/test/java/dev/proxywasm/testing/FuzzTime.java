package dev.proxywasm.testing;

/** How long tests with random input go on: until they have done a fixed amount, and then as long as the profile {@code fuzz} says. */
public final class FuzzTime {

    private static final int LONG_SECONDS = Integer.getInteger("proxywasm.fuzz.seconds", 0);

    private FuzzTime() {}

    /** The seconds of a run at least. */
    public static String seconds() {
        return Integer.toString(LONG_SECONDS);
    }

    /** The seed: one that is known, or in a long run a new one each time. */
    public static String seed(long usually) {
        return Long.toString(LONG_SECONDS > 0 ? System.nanoTime() : usually);
    }
}
