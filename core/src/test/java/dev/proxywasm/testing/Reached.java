package dev.proxywasm.testing;

import java.util.HashSet;
import java.util.Set;

/** The statuses that the running test has reached. Guests of tests note them; of the thread that the test runs on. */
public final class Reached {

    private static final ThreadLocal<Set<String>> SEEN = ThreadLocal.withInitial(HashSet::new);

    private Reached() {}

    /** Notes that a function answered with that status. */
    public static void note(String function, String status) {
        SEEN.get().add(function + " " + status);
    }

    /** Whether a function has answered so. */
    static boolean has(String function, String status) {
        return SEEN.get().contains(function + " " + status);
    }

    static void clear() {
        SEEN.get().clear();
    }
}
