package dev.proxywasm.internal.stream;

import dev.proxywasm.Limits;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.http.ReleasedMessage;
import dev.proxywasm.internal.hostcall.LocalReplies;
import dev.proxywasm.internal.vm.HostServices;
import dev.proxywasm.internal.vm.VmPool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One exchange: two {@link Half halves} over the same {@link Stage stages}, and the one course that it takes.
 *
 * <p>Guests may ask for something at any time, on other threads. They note it in their context and wake the stream ({@link #wake}); it is
 * done by the thread that pushes next or that waits ({@link #settle}), so that everything else here belongs to one thread at a time.
 */
public final class DefaultHttpStream implements HttpStream {

    private static final int NOTHING_HELD = Integer.MAX_VALUE;

    private final HostServices services;
    private final HeaderMap requestHeaders;
    private final List<Stage> stages;
    private final Half request;
    private final Half response;
    private final ExchangeProperties properties;
    private @Nullable LocalResponse reply;
    private @Nullable String aborted;
    private boolean closed;
    private volatile @Nullable StreamWait waiting;

    /** A stream through plugins in that order. */
    DefaultHttpStream(List<VmPool> plugins, HttpExchange exchange, HeaderMap requestHeaders, HostServices services) {
        this.services = services;
        this.requestHeaders = requestHeaders;
        this.stages = stages(plugins);
        this.request = new Half(this, Direction.REQUEST, stages);
        this.response = new Half(this, Direction.RESPONSE, reversed(stages));
        this.properties = new ExchangeProperties(exchange, this, services.clock());
    }

    private List<Stage> stages(List<VmPool> plugins) {
        List<Stage> made = new ArrayList<>(plugins.size());
        for (VmPool plugin : plugins) {
            made.add(new Stage(this, plugin));
        }
        return made;
    }

    private static List<Stage> reversed(List<Stage> stages) {
        List<Stage> reversed = new ArrayList<>(stages);
        Collections.reverse(reversed);
        return reversed;
    }

    @Override
    public boolean wantsRequestBody() {
        return request.wantsBody();
    }

    @Override
    public boolean wantsResponseBody() {
        return response.wantsBody();
    }

    @Override
    public int requestBodyBuffer() {
        return smallest(Limits::requestBodyBufferBytes);
    }

    @Override
    public int responseBodyBuffer() {
        return smallest(Limits::responseBodyBufferBytes);
    }

    private int smallest(ToIntFunction<Limits> limit) {
        int smallest = NOTHING_HELD;
        for (Stage stage : stages) {
            smallest = Math.min(smallest, limit.applyAsInt(stage.plugin().limits()));
        }
        return smallest;
    }

    @Override
    public Outcome requestHeaders(boolean endOfStream) {
        requireOpen();
        request.pushHeaders(requestHeaders, endOfStream);
        return outcome(Direction.REQUEST);
    }

    @Override
    public Outcome requestBody(ByteBuffer chunk, boolean endOfStream) {
        if (mayPush()) {
            request.pushBody(chunk, endOfStream);
        }
        return outcome(Direction.REQUEST);
    }

    @Override
    public Outcome requestTrailers(HeaderMap trailers) {
        if (mayPush()) {
            request.pushTrailers(trailers);
        }
        return outcome(Direction.REQUEST);
    }

    @Override
    public ReleasedMessage request() {
        return request.released();
    }

    @Override
    public Outcome responseHeaders(HeaderMap headers, boolean endOfStream) {
        if (mayPush()) {
            response.pushHeaders(headers, endOfStream);
        }
        return outcome(Direction.RESPONSE);
    }

    @Override
    public Outcome responseBody(ByteBuffer chunk, boolean endOfStream) {
        if (mayPush()) {
            response.pushBody(chunk, endOfStream);
        }
        return outcome(Direction.RESPONSE);
    }

    @Override
    public Outcome responseTrailers(HeaderMap trailers) {
        if (mayPush()) {
            response.pushTrailers(trailers);
        }
        return outcome(Direction.RESPONSE);
    }

    @Override
    public ReleasedMessage response() {
        return response.released();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (Stage stage : stages) {
            stage.close();
        }
        wake();
    }

    /** Does what guests asked for meanwhile; tells whether the exchange still goes its way, so that something may be pushed. */
    private boolean mayPush() {
        requireOpen();
        settle();
        return reply == null && aborted == null;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the stream is closed");
        }
    }

    /** Does what guests asked for since they were last heard. */
    void settle() {
        for (Stage stage : stages) {
            if (reply != null || aborted != null) {
                return;
            }
            stage.settle();
        }
    }

    /** What the server has to do next in a direction. */
    private Outcome outcome(Direction direction) {
        LocalResponse pending = reply;
        if (aborted != null) {
            return new Outcome.Abort(aborted);
        }
        if (pending != null) {
            reply = null;
            return new Outcome.Reply(pending);
        }
        Stage blocker = half(direction).blocker();
        return blocker == null ? Outcome.FORWARD : pause(direction, blocker);
    }

    /** A wait that ends at once if a guest was heard while it was made. */
    private Outcome pause(Direction direction, Stage blocker) {
        int pauses = blocker.step(direction).holds();
        StreamWait last = waiting;
        StreamWait wait = last != null && last.isFor(direction, blocker, pauses)
                ? last.again()
                : new StreamWait(this, direction, blocker, pauses, services);
        waiting = wait;
        for (Stage stage : stages) {
            if (stage.hasNews()) {
                wait.end();
            }
        }
        return wait;
    }

    /** Ends the wait under way, if there is one. Any thread. */
    void wake() {
        StreamWait wait = waiting;
        if (wait != null) {
            wait.end();
        }
    }

    /** Goes on after a wait ended, because a guest was heard or because its time ran out. */
    Outcome goOn(StreamWait ended) {
        if (closed) {
            return new Outcome.Abort("the stream was closed while it waited");
        }
        settle();
        Stage blocker = half(ended.direction()).blocker();
        if (reply == null
                && aborted == null
                && blocker != null
                && ended.isExpired()
                && ended.isFor(
                        ended.direction(),
                        blocker,
                        blocker.step(ended.direction()).holds())) {
            reply(blocker, ended.direction(), localResponse(504, "pause_timeout"));
        }
        return outcome(ended.direction());
    }

    Half half(Direction direction) {
        return direction == Direction.REQUEST ? request : response;
    }

    ExchangeProperties properties() {
        return properties;
    }

    /** Whether the exchange is over and its plugins are being told. */
    boolean isClosing() {
        return closed;
    }

    /** The direction that a guest means that answers outside of a callback of this exchange. */
    Direction activeDirection() {
        return response.state() == HalfState.IDLE ? Direction.REQUEST : Direction.RESPONSE;
    }

    /** Whether the exchange has taken another course than the one that a direction was on. */
    boolean isOver(Direction direction) {
        HalfState state = half(direction).state();
        return reply != null || aborted != null || state == HalfState.REPLIED;
    }

    /** Whether a local response waits to be handed to the server. */
    boolean isReplying() {
        return reply != null;
    }

    /** A plugin answers. Those that are to see the answer: from the request path, it and those before it; else, those behind it. */
    void reply(Stage stage, Direction direction, LocalResponse answer) {
        if (response.released().areHeadersTaken()) {
            abort("plugin '" + stage.plugin().name() + "' answered after the response had begun: " + answer.details());
            return;
        }
        request.replied();
        response.restart(firstToSee(stage, direction));
        reply = answer;
    }

    private int firstToSee(Stage stage, Direction direction) {
        int position = response.position(stage);
        if (direction == Direction.REQUEST) {
            return position;
        }
        boolean nextHasSeenAnother = position + 1 < response.length()
                && response.stageAt(position + 1).step(Direction.RESPONSE).state() != StepState.IDLE;
        return nextHasSeenAnother ? response.length() : position + 1;
    }

    /** A plugin that cannot be asked, and whose policy is to let nothing pass. */
    void refuse(Stage stage, Direction direction) {
        reply(stage, direction, localResponse(503, "wasm_fail_stream"));
    }

    /** A plugin holds more of a body than it may. */
    void tooLarge(Stage stage, Direction direction) {
        boolean isRequest = direction == Direction.REQUEST;
        reply(
                stage,
                direction,
                localResponse(
                        isRequest ? 413 : 500, isRequest ? "request_payload_too_large" : "response_payload_too_large"));
    }

    private LocalResponse localResponse(int status, String details) {
        return LocalReplies.of(requestHeaders, status, details, new byte[0], new HeaderMap(0), -1);
    }

    /** The exchange ends without an answer. */
    void abort(String reason) {
        aborted = reason;
        request.aborted();
        response.aborted();
    }
}
