package dev.proxywasm.internal.stream;

import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.http.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The course that an exchange takes: on to the application and back, or to an answer of the chain's own, or to none at all.
 *
 * <p>Used in the stream's {@link Turn}, but for {@link #claimAnswer}.
 */
final class Course {

    /** How far the chain's own answer has come: only the first counts, until plugins have been shown it and may answer that. */
    private enum Answer {
        NONE,
        /** A guest has answered; the stream has not heard of it. */
        NOTED,
        /** The server has it, or gets it next. */
        GIVEN
    }

    private final Half request;
    private final Half response;
    private @Nullable LocalResponse reply;
    private volatile Answer answer = Answer.NONE;
    private @Nullable String aborted;
    private String details = "";

    Course(Half request, Half response) {
        this.request = request;
        this.response = response;
    }

    /** Whether parts go on: there is no answer to be handed to the server, and no abort. */
    boolean goesOn() {
        return reply == null && aborted == null;
    }

    /** Whether it has left the one that a direction was on. */
    boolean hasLeft(Half half) {
        return !goesOn() || half.state() == HalfState.REPLIED;
    }

    /** Whether a local response waits to be handed to the server. */
    boolean isReplying() {
        return reply != null;
    }

    /** Whether the exchange ends without an answer. */
    boolean isAborted() {
        return aborted != null;
    }

    /** Why the chain answered by itself; empty if it did not, or did not say. */
    String details() {
        return details;
    }

    /** What the server has to do instead of going on; null if it goes on. An answer is handed over once. */
    @Nullable
    Outcome end() {
        if (aborted != null) {
            return new Outcome.Abort(aborted);
        }
        LocalResponse pending = reply;
        reply = null;
        return pending == null ? null : new Outcome.Reply(pending);
    }

    /** Notes that somebody answers; false if the chain has an answer, of a guest or of the host. Any thread. */
    synchronized boolean claimAnswer() {
        boolean first = answer == Answer.NONE;
        if (first) {
            answer = Answer.NOTED;
        }
        return first;
    }

    /** A response is shown to plugins: they may answer it, also if it is the chain's own. */
    void showResponse() {
        if (answer == Answer.GIVEN) {
            answer = Answer.NONE;
        }
    }

    /**
     * A plugin answers, and nobody has before ({@link #claimAnswer}). Those that are to see the answer: from the request path, it and those
     * before it; else, those behind it.
     */
    void reply(Stage stage, Direction direction, LocalResponse given) {
        answer = Answer.GIVEN;
        if (response.released().areHeadersTaken()) {
            abort("plugin '" + stage.plugin().name() + "' answered after the response had begun: " + given.details());
            return;
        }
        request.replied();
        response.restart(firstToSee(stage, direction));
        reply = given;
        details = given.details();
    }

    /** None, if one of those whose turn it is has seen another response. */
    private int firstToSee(Stage stage, Direction direction) {
        int position = response.position(stage);
        int first = direction == Direction.REQUEST ? position : position + 1;
        for (int each = first; each < response.length(); each++) {
            if (response.stageAt(each).step(Direction.RESPONSE).hasSeenHeaders()) {
                return response.length();
            }
        }
        return first;
    }

    /** The exchange ends without an answer. */
    void abort(String reason) {
        aborted = reason;
        request.aborted();
        response.aborted();
    }
}
