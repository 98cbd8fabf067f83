package dev.proxywasm.internal.stream;

import dev.proxywasm.internal.vm.HostServices;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The waits under way of one stream: at most one in each direction. */
final class StreamWaits {

    private final DefaultHttpStream stream;
    private final HostServices services;
    private final AtomicReferenceArray<@Nullable StreamWait> waiting =
            new AtomicReferenceArray<>(Direction.values().length);

    StreamWaits(DefaultHttpStream stream, HostServices services) {
        this.stream = stream;
        this.services = services;
    }

    /** Begins a wait for a plugin that holds a direction; it ends at once if one of the plugins was heard in the meantime. */
    StreamWait begin(Direction direction, Stage blocker, List<Stage> stages) {
        int pause = blocker.step(direction).holds();
        StreamWait last = waiting.get(direction.ordinal());
        StreamWait wait = last != null && last.isFor(direction, blocker, pause)
                ? last.again()
                : new StreamWait(stream, direction, blocker, pause, services);
        waiting.set(direction.ordinal(), wait);
        for (Stage stage : stages) {
            if (stage.hasNews()) {
                wait.end();
            }
        }
        return wait;
    }

    /** Ends the waits under way. Any thread. */
    void end() {
        for (Direction direction : Direction.values()) {
            StreamWait wait = waiting.get(direction.ordinal());
            if (wait != null) {
                wait.end();
            }
        }
    }
}
