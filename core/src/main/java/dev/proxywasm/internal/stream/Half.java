package dev.proxywasm.internal.stream;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.property.MessageView;
import dev.proxywasm.internal.stream.StepState.Event;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of an exchange: what was pushed, what each plugin holds of it, and what has been released.
 *
 * <p>A part enters at the first plugin and goes from one to the next as far as they let it; what a plugin held and lets go follows behind
 * what was let go before. Nothing here waits: a part that is held stays where it is until {@link #resume}.
 */
final class Half implements MessageView {

    private final DefaultHttpStream stream;
    private final Direction direction;
    private final List<Stage> order;
    private final Released released;
    private final boolean wantsBody;
    private final Passage passage = new Passage();
    private HalfState state = HalfState.IDLE;
    private @Nullable HeaderMap headers;
    private @Nullable HeaderMap trailers;
    private boolean hadBody;
    private long receivedBytes;
    private int first;

    /** A direction in which plugins come in that order. */
    Half(DefaultHttpStream stream, Direction direction, List<Stage> order) {
        this.stream = stream;
        this.direction = direction;
        this.order = order;
        this.released = new Released(this);
        this.wantsBody = wantsBody(direction, order);
    }

    HalfState state() {
        return state;
    }

    /** The headers that were pushed, as changed since; null before. */
    @Override
    public @Nullable HeaderMap headers() {
        return headers;
    }

    @Override
    public HeaderMap trailers() {
        HeaderMap present = trailers;
        if (present == null) {
            present = new HeaderMap(0);
            trailers = present;
        }
        return present;
    }

    private boolean hasTrailers() {
        return trailers != null && !trailers.isEmpty();
    }

    @Override
    public long bodyBytes() {
        return direction == Direction.REQUEST ? receivedBytes : released.bodyBytes();
    }

    Turn turn() {
        return stream.turn();
    }

    Released released() {
        return released;
    }

    /** Whether body bytes were pushed. */
    boolean hadBody() {
        return hadBody;
    }

    /** Whether a plugin looks at bodies or trailers. */
    boolean wantsBody() {
        return wantsBody;
    }

    private static boolean wantsBody(Direction direction, List<Stage> stages) {
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            if (stage.has(direction.body) || stage.has(direction.trailers)) {
                return true;
            }
        }
        return false;
    }

    void pushHeaders(HeaderMap pushed, boolean end) {
        state = state.after(end ? HalfState.Event.HEADERS_AND_END : HalfState.Event.HEADERS);
        headers = pushed;
        passHeaders(first, end);
        catchUp();
    }

    void pushBody(ByteBuffer chunk, boolean end) {
        state = state.after(end ? HalfState.Event.END : HalfState.Event.BODY);
        hadBody = true;
        receivedBytes += chunk.remaining();
        passBody(first, chunk, end);
        catchUp();
    }

    void pushTrailers(HeaderMap pushed) {
        state = state.after(HalfState.Event.END);
        trailers = pushed;
        passTrailers(first);
        catchUp();
    }

    /** Ends the direction because the chain answers instead. */
    void replied() {
        state = state.after(HalfState.Event.REPLY);
    }

    void aborted() {
        state = state.after(HalfState.Event.ABORT);
    }

    /** Makes way for another response, which the plugins from {@code position} on will see. */
    void restart(int position) {
        state = state.after(HalfState.Event.RESTART);
        first = position;
        headers = null;
        trailers = null;
        hadBody = false;
        released.clear();
    }

    /** Where a plugin stands in this direction. */
    int position(Stage stage) {
        return order.indexOf(stage);
    }

    Stage stageAt(int position) {
        return order.get(position);
    }

    int length() {
        return order.size();
    }

    /** A plugin is being shown a part. */
    void show() {
        passage.show();
    }

    /** Lets go what a plugin holds, because it resumed. */
    void resume(Stage stage) {
        proceed(stage, Event.RESUME);
    }

    /** Lets go what a plugin holds, because it is out of the chain. */
    void bypass(Stage stage) {
        proceed(stage, Event.BYPASS);
    }

    private void proceed(Stage stage, Event event) {
        int position = position(stage);
        if (passage.hasPassed(position)) {
            passage.await(stage, position, event);
        } else {
            proceed(stage, position, event);
            catchUp();
        }
    }

    /** Does what waited for a part to arrive. */
    private void catchUp() {
        for (Passage.Waiting next = passage.next(); next != null; next = passage.next()) {
            proceed(next.stage(), next.position(), next.event());
        }
    }

    private void proceed(Stage stage, int position, Event event) {
        Step step = stage.step(direction);
        StepState before = step.state();
        step.on(event);
        if (!before.isHolding() || position < first || isOver()) {
            return;
        }
        int back = passage.comeTo(position + 1);
        try {
            letGo(position, step, !before.headersPassed());
            if (before == StepState.ALL_HELD) {
                showQueue(position, step);
            }
        } finally {
            passage.back(back);
        }
    }

    /** Shows a plugin what came while it held everything. */
    private void showQueue(int position, Step step) {
        if (step.hasQueuedBody()) {
            passBody(position, step.takeQueue(), step.queuedEnd());
        }
        if (step.hasQueuedTrailers()) {
            passTrailers(position);
        }
    }

    private void passHeaders(int position, boolean end) {
        if (isOver()) {
            return;
        }
        if (position == order.size()) {
            released.headers(end);
            return;
        }
        int back = passage.comeTo(position);
        try {
            showHeaders(position, order.get(position), end);
        } finally {
            passage.back(back);
        }
    }

    private void showHeaders(int position, Stage stage, boolean end) {
        Step step = stage.step(direction);
        if (end) {
            step.end();
        }
        if (direction == Direction.RESPONSE && !stage.isInvolved()) {
            step.on(Event.BYPASS);
        } else {
            Event event = stage.headers(direction, end);
            if (event == null) {
                return;
            }
            step.on(event);
        }
        if (!step.state().isHolding()) {
            letGo(position, step, true);
        }
    }

    private void passBody(int position, ByteBuffer chunk, boolean end) {
        if (isOver()) {
            return;
        }
        if (position == order.size()) {
            released.body(chunk, end);
            return;
        }
        int back = passage.comeTo(position);
        try {
            showBody(position, order.get(position), chunk, end);
        } finally {
            passage.back(back);
        }
    }

    private void showBody(int position, Stage stage, ByteBuffer chunk, boolean end) {
        Step step = stage.step(direction);
        if (step.state() == StepState.ALL_HELD) {
            step.enqueue(chunk, end);
            return;
        }
        boolean indifferent = step.state() == StepState.PASSING && !stage.has(direction.body);
        if (indifferent || step.state() == StepState.BYPASSED) {
            passBody(position + 1, chunk, end);
            return;
        }
        Event event = stage.body(direction, chunk, end);
        if (event == null) {
            return;
        }
        // Looked at only now: while the plugin was about to be asked, a resume may have let the headers go.
        boolean headersHeld = !step.state().headersPassed();
        step.on(event);
        if (!step.state().isHolding()) {
            letGo(position, step, headersHeld);
        } else if (step.isOverLimit() && !step.isWatermark()) {
            stream.tooLarge(stage, direction);
        }
    }

    private void passTrailers(int position) {
        if (isOver()) {
            return;
        }
        if (position == order.size()) {
            released.end();
            return;
        }
        int back = passage.comeTo(position);
        try {
            showTrailers(position, order.get(position));
        } finally {
            passage.back(back);
        }
    }

    private void showTrailers(int position, Stage stage) {
        Step step = stage.step(direction);
        if (step.state() == StepState.ALL_HELD) {
            step.enqueueTrailers();
            return;
        }
        if (step.state() == StepState.BYPASSED) {
            passTrailers(position + 1);
            return;
        }
        Event event = stage.trailers(direction);
        if (event != null) {
            boolean headersHeld = !step.state().headersPassed();
            step.on(event);
            if (!step.state().isHolding()) {
                letGo(position, step, headersHeld);
            }
        }
    }

    /** Sends on to the next plugin what one has seen and not sent on: headers if it held them, body, and the end if it has seen it. */
    private void letGo(int position, Step step, boolean headersHeld) {
        boolean hasTrailers = step.trailersSeen() || (step.ended() && hasTrailers());
        boolean endsWithHeaders = headersHeld && step.ended() && step.bodySize() == 0 && !hasTrailers;
        boolean endsWithBody = step.ended() && !hasTrailers;
        if (step.ended() || step.trailersSeen()) {
            step.passEnd();
        }
        if (headersHeld) {
            passHeaders(position + 1, endsWithHeaders);
        }
        if (endsWithHeaders) {
            return;
        }
        if (step.bodySize() > 0 || endsWithBody) {
            passBody(position + 1, step.body().take(), endsWithBody);
        }
        if (hasTrailers) {
            passTrailers(position + 1);
        }
    }

    /** How many headers there are. */
    int headerCount() {
        return knownHeaders().size();
    }

    private HeaderMap knownHeaders() {
        HeaderMap known = headers;
        if (known == null) {
            throw new IllegalStateException("headers pass before they were pushed");
        }
        return known;
    }

    private boolean isOver() {
        return state == HalfState.REPLIED
                || state == HalfState.ABORTED
                || stream.course().isReplying();
    }

    /** Whether this message passes a plugin: not if it is a local response that begins behind it. */
    boolean passes(Stage stage) {
        return position(stage) >= first;
    }

    /** Whether a plugin holds something that is still wanted. */
    boolean isHeldBy(Stage stage) {
        return passes(stage) && !isOver() && stage.step(direction).state().isHolding();
    }

    /** The plugin that keeps the server from pushing on or from having it all; null if none does. */
    @Nullable
    Stage blocker() {
        if (state == HalfState.REPLIED || state == HalfState.ABORTED) {
            return null;
        }
        boolean nothingMoreComes = state == HalfState.ENDED || (state == HalfState.OPEN && !wantsBody());
        for (int position = first; position < order.size(); position++) {
            Stage stage = order.get(position);
            Step step = stage.step(direction);
            StepState held = step.state();
            if (held == StepState.ALL_HELD
                    || held == StepState.TRAILERS_HELD
                    || step.isThrottled()
                    || (nothingMoreComes && held.isHolding())) {
                return stage;
            }
        }
        return null;
    }
}
