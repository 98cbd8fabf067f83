package dev.proxywasm.internal.stream;

import dev.proxywasm.internal.vm.HostServices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The waits under way of one stream: at most one in each direction. */
final class StreamWaits {

    private final DefaultHttpStream stream;
    private final HostServices services;
    private volatile @Nullable StreamWait ofRequest;
    private volatile @Nullable StreamWait ofResponse;

    StreamWaits(DefaultHttpStream stream, HostServices services) {
        this.stream = stream;
        this.services = services;
    }

    /** Begins a wait for a plugin that holds a direction; it ends at once if one of the plugins was heard in the meantime. */
    StreamWait begin(Direction direction, Stage blocker, List<Stage> stages) {
        int pause = blocker.step(direction).holds();
        StreamWait last = direction == Direction.REQUEST ? ofRequest : ofResponse;
        StreamWait wait = last != null && last.isFor(direction, blocker, pause)
                ? last.again()
                : new StreamWait(stream, direction, blocker, pause, services);
        if (direction == Direction.REQUEST) {
            ofRequest = wait;
        } else {
            ofResponse = wait;
        }
        for (Stage stage : stages) {
            if (stage.hasNews()) {
                wait.end();
            }
        }
        return wait;
    }

    /** Ends the waits under way. Any thread. */
    void end() {
        end(ofRequest);
        end(ofResponse);
    }

    private static void end(@Nullable StreamWait wait) {
        if (wait != null) {
            wait.end();
        }
    }
}
