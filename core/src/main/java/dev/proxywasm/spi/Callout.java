package dev.proxywasm.spi;

/** A call that is under way. */
@FunctionalInterface
public interface Callout {

    /** Gives the call up and releases what it holds. Has no effect on one that is over. Any thread; does not block. */
    void cancel();
}
