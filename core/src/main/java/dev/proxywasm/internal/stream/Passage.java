package dev.proxywasm.internal.stream;

import dev.proxywasm.internal.stream.StepState.Event;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * How far the part under way in one direction has come. While plugins are shown it, others may resume, from ticks for example: what one
 * of them lets go must not overtake the part, so those that it has passed wait until it has arrived.
 */
final class Passage {

    private int reached;
    private @Nullable Queue<Waiting> waiting;

    /** What is to be done for a plugin that the part has passed. */
    record Waiting(Stage stage, int position, Event event) {}

    /** The part comes to the plugin at a position, which has not been shown it; tells where to go {@link #back} to. */
    int comeTo(int position) {
        int before = reached;
        reached = position;
        return before;
    }

    /** The plugin is being shown the part; until its answer counts, what it asks for meanwhile waits as well. */
    void show() {
        reached++;
    }

    /** The part has gone as far as it goes. */
    void back(int before) {
        reached = before;
    }

    /** Whether the part has passed the plugin at a position. */
    boolean hasPassed(int position) {
        return position < reached;
    }

    /** Keeps something until {@link #next}. */
    void await(Stage stage, int position, Event event) {
        Queue<Waiting> present = waiting;
        if (present == null) {
            present = new ArrayDeque<>();
            waiting = present;
        }
        present.add(new Waiting(stage, position, event));
    }

    /** Takes out the first for which no part is in the way any more, or null. */
    @Nullable
    Waiting next() {
        if (waiting == null) {
            return null;
        }
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            Waiting one = each.next();
            if (!hasPassed(one.position())) {
                each.remove();
                return one;
            }
        }
        return null;
    }
}
