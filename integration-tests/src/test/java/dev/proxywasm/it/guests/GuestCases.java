package dev.proxywasm.it.guests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What the cases of one guest need. */
interface GuestCases {

    GuestHost host();

    String language();

    /** Whether the guest's SDK does not lack it. */
    boolean can(Lack ability);

    /** Skips the test otherwise. */
    default void needs(Lack ability) {
        assumeTrue(can(ability), () -> "skipped: the SDK of " + language() + " " + ability.meaning());
    }
}
