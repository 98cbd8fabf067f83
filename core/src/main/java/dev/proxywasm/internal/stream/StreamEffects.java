package dev.proxywasm.internal.stream;

import dev.proxywasm.http.LocalResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a guest asked for that has not been done yet: resume, reply, reset. Written by hostcalls and read by the stream, both under the
 * VM's lock.
 */
final class StreamEffects {

    /** Nothing was asked for; never written to. */
    static final StreamEffects NONE = new StreamEffects();

    private boolean resumeRequest;
    private boolean resumeResponse;
    private boolean reset;
    private boolean late;
    private @Nullable LocalResponse reply;

    void resume(Direction direction) {
        if (direction == Direction.REQUEST) {
            resumeRequest = true;
        } else {
            resumeResponse = true;
        }
    }

    void reset() {
        reset = true;
    }

    void reply(LocalResponse response) {
        reply = response;
    }

    /** Notes a reply that is not sent, because the stream has been answered. */
    void replyTooLate() {
        late = true;
    }

    boolean isEmpty() {
        return !resumeRequest && !resumeResponse && !isTerminal();
    }

    /** Whether the guest replied after another plugin had, whose reply may not have been done yet. */
    boolean isLate() {
        return late;
    }

    boolean isReset() {
        return reset;
    }

    @Nullable
    LocalResponse reply() {
        return reply;
    }

    /** Whether a direction was resumed; asked once. */
    boolean takeResume(Direction direction) {
        boolean isRequest = direction == Direction.REQUEST;
        boolean resumed = isRequest ? resumeRequest : resumeResponse;
        if (resumed && isRequest) {
            resumeRequest = false;
        } else if (resumed) {
            resumeResponse = false;
        }
        return resumed;
    }

    /** Whether the stream is over for this guest. */
    boolean isTerminal() {
        return reset || late || reply != null;
    }
}
