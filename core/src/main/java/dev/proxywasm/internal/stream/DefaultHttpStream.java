package dev.proxywasm.internal.stream;

import dev.proxywasm.Limits;
import dev.proxywasm.PluginCounter;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.http.ReleasedMessage;
import dev.proxywasm.internal.engine.StackRoom;
import dev.proxywasm.internal.vm.HostServices;
import dev.proxywasm.internal.vm.VmPool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * One exchange: two {@link Half halves} over the same {@link Stage stages}, and the one course that it takes.
 *
 * <p>Guests may ask for something at any time, on other threads. They note it in their context and wake the stream ({@link #wake}); it is
 * done by the thread that pushes next or that waits ({@link #settle}). Whoever does something here has the {@link Turn turn}, so that a
 * wait that ends on a thread of the host and a server that gives up meet in order.
 */
public final class DefaultHttpStream implements HttpStream {

    private static final int NOTHING_HELD = Integer.MAX_VALUE;

    /** Of whoever pushes, goes on after a wait, or closes; and the lock of all that is here. */
    private final Turn turn = new Turn();

    private final HeaderMap requestHeaders;
    private final StreamWaits waits;
    private final List<Stage> stages;
    private final Half request;
    private final Half response;
    private final Course course;
    private final ExchangeProperties properties;
    private final OpenStreams open;
    private final boolean shared;
    private boolean closed;

    /**
     * A stream through plugins in that order.
     *
     * @param open among which it was counted
     */
    DefaultHttpStream(
            List<VmPool> plugins,
            HttpExchange exchange,
            HeaderMap requestHeaders,
            HostServices services,
            OpenStreams open) {
        this.open = open;
        this.shared = isShared(plugins);
        this.requestHeaders = requestHeaders;
        this.waits = new StreamWaits(this, services);
        this.stages = stages(plugins);
        this.request = new Half(this, Direction.REQUEST, stages);
        this.response = new Half(this, Direction.RESPONSE, reversed(stages));
        this.course = new Course(request, response);
        this.properties = new ExchangeProperties(exchange, this, services.clock());
    }

    private List<Stage> stages(List<VmPool> plugins) {
        List<Stage> made = new ArrayList<>(plugins.size());
        for (int i = 0; i < plugins.size(); i++) {
            made.add(new Stage(this, plugins.get(i)));
        }
        return made;
    }

    private static List<Stage> reversed(List<Stage> stages) {
        if (stages.size() < 2) {
            return stages;
        }
        List<Stage> reversed = new ArrayList<>(stages);
        Collections.reverse(reversed);
        return reversed;
    }

    @Override
    public boolean hasFilters() {
        return !stages.isEmpty();
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
    public void requireStack() {
        StackRoom needed = StackRoom.NONE;
        for (int i = 0; i < stages.size(); i++) {
            needed = needed.or(stages.get(i).stackRoom());
        }
        needed.require();
    }

    @Override
    public Outcome requestHeaders(boolean endOfStream) {
        return pushHeaders(Direction.REQUEST, requestHeaders, endOfStream);
    }

    @Override
    public Outcome requestBody(ByteBuffer chunk, boolean endOfStream) {
        return pushBody(Direction.REQUEST, chunk, endOfStream);
    }

    @Override
    public Outcome requestTrailers(HeaderMap trailers) {
        return pushTrailers(Direction.REQUEST, trailers);
    }

    @Override
    public ReleasedMessage request() {
        return request.released();
    }

    @Override
    public Outcome responseHeaders(HeaderMap headers, boolean endOfStream) {
        return pushHeaders(Direction.RESPONSE, headers, endOfStream);
    }

    @Override
    public Outcome responseBody(ByteBuffer chunk, boolean endOfStream) {
        return pushBody(Direction.RESPONSE, chunk, endOfStream);
    }

    @Override
    public Outcome responseTrailers(HeaderMap trailers) {
        return pushTrailers(Direction.RESPONSE, trailers);
    }

    @Override
    public ReleasedMessage response() {
        return response.released();
    }

    private Outcome pushHeaders(Direction direction, HeaderMap headers, boolean endOfStream) {
        turn.begin();
        try {
            if (takesParts()) {
                if (direction == Direction.RESPONSE) {
                    course.showResponse();
                }
                half(direction).pushHeaders(headers, endOfStream);
            }
            return outcome(direction);
        } finally {
            turn.end();
        }
    }

    private Outcome pushBody(Direction direction, ByteBuffer chunk, boolean endOfStream) {
        turn.begin();
        try {
            if (takesParts()) {
                half(direction).pushBody(chunk, endOfStream);
            }
            return outcome(direction);
        } finally {
            turn.end();
        }
    }

    private Outcome pushTrailers(Direction direction, HeaderMap trailers) {
        turn.begin();
        try {
            if (takesParts()) {
                half(direction).pushTrailers(trailers);
            }
            return outcome(direction);
        } finally {
            turn.end();
        }
    }

    /** Does what guests asked for meanwhile; tells whether that leaves anything to be pushed. */
    private boolean takesParts() {
        if (closed) {
            throw new IllegalStateException("the stream is closed");
        }
        settle();
        return course.goesOn();
    }

    @Override
    public void close() {
        turn.begin();
        try {
            if (!closed) {
                closed = true;
                end();
            }
        } finally {
            turn.end();
        }
    }

    private void end() {
        try {
            closeFrom(0);
        } finally {
            try {
                wake();
            } finally {
                open.ended();
            }
        }
    }

    /** Each of them, whatever becomes of those before. */
    private void closeFrom(int position) {
        if (position < stages.size()) {
            try {
                stages.get(position).close();
            } finally {
                closeFrom(position + 1);
            }
        }
    }

    /** Does what guests asked for since they were last heard. */
    void settle() {
        for (int i = 0; i < stages.size() && course.goesOn(); i++) {
            stages.get(i).settle();
        }
    }

    /** What the server has to do next in a direction. */
    private Outcome outcome(Direction direction) {
        Outcome end = course.end();
        if (end != null) {
            return end;
        }
        Stage blocker = half(direction).blocker();
        return blocker == null ? Outcome.FORWARD : waits.begin(direction, blocker, stages);
    }

    /** Ends the waits under way, because a guest was heard. Any thread. */
    void wake() {
        waits.end();
    }

    /** Goes on after a wait ended, because a guest was heard or because its time ran out. Any thread. */
    Outcome goOn(StreamWait ended) {
        turn.begin();
        try {
            if (closed) {
                return new Outcome.Abort("the stream was closed while it waited");
            }
            settle();
            Direction direction = ended.direction();
            Stage blocker = half(direction).blocker();
            if (course.goesOn() && blocker != null && ended.isExpiredFor(blocker)) {
                blocker.count(PluginCounter.PAUSE_TIMEOUTS);
                replyForHost(blocker, direction, hostReplies().pausedTooLong());
            }
            return outcome(direction);
        } finally {
            turn.end();
        }
    }

    private HostReplies hostReplies() {
        return new HostReplies(requestHeaders);
    }

    Half half(Direction direction) {
        return direction == Direction.REQUEST ? request : response;
    }

    /** What keeps threads apart that read or change what is here. */
    Turn turn() {
        return turn;
    }

    /** Whether guests of several plugins may act on it at the same time: one in its callback, another outside of any. */
    boolean isShared() {
        return shared;
    }

    private static boolean isShared(List<VmPool> plugins) {
        for (int i = 0; plugins.size() > 1 && i < plugins.size(); i++) {
            if (plugins.get(i).actsOutsideOfCallbacks()) {
                return true;
            }
        }
        return false;
    }

    /** The course that the exchange takes. */
    Course course() {
        return course;
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

    /** The host answers for a plugin, unless a guest has answered meanwhile. */
    private void replyForHost(Stage stage, Direction direction, LocalResponse response) {
        if (course.claimAnswer()) {
            course.reply(stage, direction, response);
        } else {
            settle();
        }
    }

    /** A plugin that cannot be asked, and whose policy is to let nothing pass. */
    void refuse(Stage stage, Direction direction) {
        replyForHost(stage, direction, hostReplies().unavailable());
    }

    /** A plugin holds more of a body than it may. */
    void tooLarge(Stage stage, Direction direction) {
        stage.count(PluginCounter.BODIES_TOO_LARGE);
        replyForHost(stage, direction, hostReplies().tooLarge(direction));
    }
}
