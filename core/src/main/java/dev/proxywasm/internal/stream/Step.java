package dev.proxywasm.internal.stream;

import dev.proxywasm.Limits;
import dev.proxywasm.PluginConfig;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What one plugin has seen and holds of one direction. */
final class Step {

    private final Direction direction;
    private final PluginConfig plugin;
    private @Nullable BodyBuffer body;
    private @Nullable BodyBuffer queue;
    private StepState state = StepState.IDLE;
    private boolean headersShown;
    private boolean ended;
    private boolean trailersSeen;
    private boolean passedEnd;
    private boolean queuedEnd;
    private boolean queuedTrailers;
    private boolean watermark;
    private boolean inBodyCallback;
    private int sizeBeforeChunk;
    private int holds;

    /** Nothing seen yet. */
    Step(Direction direction, PluginConfig plugin) {
        this.direction = direction;
        this.plugin = plugin;
    }

    /** How many bytes of body may be held. */
    private int limit() {
        Limits limits = plugin.limits();
        return direction == Direction.REQUEST ? limits.requestBodyBufferBytes() : limits.responseBodyBufferBytes();
    }

    StepState state() {
        return state;
    }

    void on(StepState.Event event) {
        boolean held = state.isHolding();
        state = state.after(event);
        if (!held && state.isHolding()) {
            holds++;
        }
    }

    /** How often the plugin began to hold something: tells one pause from the next. */
    int holds() {
        return holds;
    }

    /** Begins to show headers. */
    void showHeaders() {
        headersShown = true;
    }

    /** Whether headers were shown, or passed the plugin because it does not look at them. */
    boolean hasSeenHeaders() {
        return headersShown || (state != StepState.IDLE && state != StepState.BYPASSED);
    }

    /** Whether headers may be changed here: they have been shown and have not gone on. */
    boolean showsHeaders() {
        return headersShown && !state.headersPassed();
    }

    /** The body as the plugin sees it. */
    BodyBuffer body() {
        BodyBuffer present = body;
        if (present == null) {
            present = new BodyBuffer(plugin.limits().memoryBytes());
            body = present;
        }
        return present;
    }

    /** How many bytes {@link #body} has. */
    int bodySize() {
        return body == null ? 0 : body.size();
    }

    /**
     * Whether the plugin may look at {@link #body}: in a body callback, while it holds, and where a message has no body at all, so that
     * one can be given to it.
     */
    boolean showsBody() {
        if (state == StepState.ALL_HELD || state == StepState.IDLE) {
            return ended;
        }
        return inBodyCallback || state.isHolding();
    }

    /** Begins to show a chunk that was appended to {@code sizeBefore} bytes. */
    void enterBodyCallback(int sizeBefore) {
        inBodyCallback = true;
        sizeBeforeChunk = sizeBefore;
    }

    void leaveBodyCallback() {
        inBodyCallback = false;
    }

    /** Whether more is held than may be. */
    boolean isOverLimit() {
        return bodySize() > limit();
    }

    /** Whether the plugin asked for flow control instead of an error at the limit, and the limit is reached. */
    boolean isThrottled() {
        return watermark && state.isHolding() && bodySize() >= limit();
    }

    boolean isWatermark() {
        return watermark;
    }

    /** Heeds what an answer of a body callback means beyond hold or pass. */
    void judgeBody(int answer) {
        watermark = answer == Verdict.WATERMARK;
        if (Verdict.dropsChunk(answer)) {
            body().truncate(sizeBeforeChunk);
        }
    }

    /** Whether the plugin has seen the end of a message without trailers. */
    boolean ended() {
        return ended;
    }

    void end() {
        ended = true;
    }

    boolean trailersSeen() {
        return trailersSeen;
    }

    void seeTrailers() {
        trailersSeen = true;
    }

    /** Whether trailers may be read and changed here: they have come, or the message ended without, and nothing has gone on. */
    boolean showsTrailers() {
        return (ended || trailersSeen) && !passedEnd;
    }

    void passEnd() {
        passedEnd = true;
    }

    /** Keeps what arrives while the plugin holds everything. */
    void enqueue(ByteBuffer chunk, boolean end) {
        BodyBuffer kept = queue;
        if (kept == null) {
            kept = new BodyBuffer(Integer.MAX_VALUE);
            queue = kept;
        }
        kept.append(chunk);
        queuedEnd |= end;
    }

    void enqueueTrailers() {
        queuedTrailers = true;
    }

    boolean hasQueuedBody() {
        return queue != null && queue.size() > 0 || queuedEnd;
    }

    boolean queuedEnd() {
        return queuedEnd;
    }

    ByteBuffer takeQueue() {
        BodyBuffer kept = queue;
        return kept == null ? ByteBuffer.allocate(0) : kept.take();
    }

    boolean hasQueuedTrailers() {
        return queuedTrailers;
    }
}
