package dev.proxywasm;

import java.time.Instant;
import java.util.List;

/**
 * How a reload went.
 *
 * @param at when it ended
 * @param changed the plugins that were added, replaced or removed; empty if it failed
 * @param problem why the change could not be used, so that everything goes on as it was; empty if it could
 */
public record ReloadOutcome(Instant at, List<String> changed, String problem) {

    /** Copies the list. */
    public ReloadOutcome {
        changed = List.copyOf(changed);
    }

    /** Whether the change is in use. */
    public boolean succeeded() {
        return problem.isEmpty();
    }
}
