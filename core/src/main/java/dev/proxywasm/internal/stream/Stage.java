package dev.proxywasm.internal.stream;

import dev.proxywasm.FailurePolicy;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginCounter;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.internal.callback.Callback;
import dev.proxywasm.internal.context.ContextState;
import dev.proxywasm.internal.engine.StackRoom;
import dev.proxywasm.internal.stream.StepState.Event;
import dev.proxywasm.internal.vm.GuestFailure;
import dev.proxywasm.internal.vm.Vm;
import dev.proxywasm.internal.vm.VmPool;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plugin's part in one exchange: its VM and context, bound when the plugin is first asked, and what it holds in each direction.
 *
 * <p>Asks the guest, and turns its answer and what it asked for into an event; null where the exchange took another course (a local
 * response, a reset). The failure policy is applied here and nowhere else. Used by the thread that pushes into the stream.
 */
final class Stage {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.stream");

    private final DefaultHttpStream stream;
    private final VmPool pool;
    private final Step request;
    private final Step response;
    private @Nullable Vm vm;
    private @Nullable StreamContext context;
    private boolean out;

    Stage(DefaultHttpStream stream, VmPool pool) {
        this.stream = stream;
        this.pool = pool;
        this.request = new Step(Direction.REQUEST, pool.plugin());
        this.response = new Step(Direction.RESPONSE, pool.plugin());
    }

    PluginConfig plugin() {
        return pool.plugin();
    }

    /** What a thread that asks the guest must have left of its stack. */
    StackRoom stackRoom() {
        return pool.stackRoom();
    }

    void count(PluginCounter counter) {
        pool.tally().count(counter);
    }

    Step step(Direction direction) {
        return direction == Direction.REQUEST ? request : response;
    }

    /** Whether the guest has that callback. */
    boolean has(Callback callback) {
        return pool.exports().has(callback);
    }

    /** Whether the guest has seen a part of the exchange. */
    boolean isInvolved() {
        return context != null;
    }

    /** Whether its guest asked for something that has not been done, or its VM ended. */
    boolean hasNews() {
        StreamContext known = context;
        return known != null && known.hasNews();
    }

    /** Shows headers to the guest. */
    @Nullable
    Event headers(Direction direction, boolean end) {
        if (isInvolved() && !has(direction.headers)) {
            return out ? Event.BYPASS : Event.PASS_HEADERS;
        }
        StreamContext asked = takeTurn(direction);
        if (asked == null) {
            return refused();
        }
        step(direction).showHeaders();
        int count = stream.half(direction).headerCount(); // guests may have changed it while this one was waited for
        return ask(asked, direction, direction.headers, count, end ? 1 : 0);
    }

    /** Shows a body chunk to the guest, behind what it holds already. */
    @Nullable
    Event body(Direction direction, ByteBuffer chunk, boolean end) {
        StreamContext asked = takeTurn(direction);
        Step step = step(direction);
        int before = step.body().size();
        append(step, chunk, asked);
        if (end) {
            step.end();
        }
        if (asked == null) {
            return refused();
        }
        if (step.state().isHolding() && step.isOverLimit() && !step.isWatermark()) {
            asked.vm().unlock();
            stream.tooLarge(this, direction);
            return null;
        }
        step.enterBodyCallback(before);
        try {
            return ask(asked, direction, direction.body, step.body().size(), end ? 1 : 0);
        } finally {
            step.leaveBodyCallback();
        }
    }

    /** There may be no memory for it: the VM, if it was locked for that, must not stay so. */
    private static void append(Step step, ByteBuffer chunk, @Nullable StreamContext locked) {
        boolean appended = false;
        try {
            step.body().append(chunk);
            appended = true;
        } finally {
            if (!appended && locked != null) {
                locked.vm().unlock();
            }
        }
    }

    /** Shows trailers to the guest. */
    @Nullable
    Event trailers(Direction direction) {
        StreamContext asked = takeTurn(direction);
        step(direction).seeTrailers();
        int count = stream.half(direction).trailers().size();
        return asked == null ? refused() : ask(asked, direction, direction.trailers, count, 0);
    }

    /**
     * Locks the VM when nothing is left to be done that its guest asked for before: a resume that came in the meantime must meet what was
     * held then. The context to be asked in, its VM running; null if the guest cannot or need not be asked.
     */
    private @Nullable StreamContext takeTurn(Direction direction) {
        if (out) {
            return null;
        }
        Vm bound = lockOne(direction);
        if (bound == null) {
            return null;
        }
        StreamContext known = context;
        while (known != null && known.hasEffects()) {
            bound.unlock();
            stream.settle();
            if (out || stream.course().hasLeft(stream.half(direction))) {
                return null;
            }
            stream.turn().lock(bound);
        }
        if (!bound.isRunning()) {
            bound.unlock();
            failed(direction);
            return null;
        }
        bound.begin();
        return known == null ? createLocked(bound) : known;
    }

    private StreamContext createLocked(Vm bound) {
        boolean created = false;
        try {
            StreamContext fresh = create(bound);
            created = true;
            return fresh;
        } finally {
            if (!created) {
                bound.unlock();
            }
        }
    }

    /** The VM, locked. One that ended before it knew the exchange is no loss: the exchange takes another. */
    private @Nullable Vm lockOne(Direction direction) {
        while (true) {
            Vm bound = bind(direction);
            if (bound == null) {
                return null;
            }
            stream.turn().lock(bound);
            if (bound.isRunning() || context != null) {
                return bound;
            }
            bound.unlock();
            pool.release(bound);
            vm = null;
        }
    }

    private @Nullable Vm bind(Direction direction) {
        if (vm == null) {
            try {
                vm = acquire();
            } catch (GuestFailure down) {
                LOG.debug("{}", down.getMessage());
                failed(direction);
            }
        }
        return vm;
    }

    /** May take as long as a VM takes to start. */
    private Vm acquire() {
        boolean lent = stream.isShared() && stream.turn().lend();
        try {
            return pool.acquire();
        } finally {
            if (lent) {
                stream.turn().lock();
            }
        }
    }

    private StreamContext create(Vm bound) {
        StreamContext created = new StreamContext(stream, this, bound);
        bound.register(created);
        bound.add(Callback.CONTEXT_CREATE, created.id(), bound.root().id(), 0);
        created.on(ContextState.Event.CREATE);
        context = created;
        count(PluginCounter.REQUESTS);
        return created;
    }

    private @Nullable Event ask(StreamContext asked, Direction direction, Callback callback, int size, int end) {
        int answer;
        StreamEffects effects;
        stream.half(direction).show();
        try {
            int place = asked.vm().add(callback, asked.id(), size, end);
            asked.vm().run(asked);
            answer = asked.vm().answer(place);
            effects = asked.takeEffects();
        } catch (GuestFailure trapped) {
            effects = null;
            answer = 0;
        } finally {
            asked.vm().unlock();
        }
        return effects == null ? failed(direction) : resolve(direction, callback, answer, effects);
    }

    /** What follows from an answer and from what the guest asked for; the latter wins. */
    private @Nullable Event resolve(Direction direction, Callback callback, int answer, StreamEffects effects) {
        if (apply(effects, direction)) {
            return null;
        }
        boolean resumed = effects.takeResume(direction);
        if (effects.takeResume(direction.opposite())) {
            stream.half(direction.opposite()).resume(this);
        }
        int decided = resumed ? 0 : answer;
        if (callback == direction.headers) {
            return Verdict.ofHeaders(decided, plugin().allowOnHeadersStopIteration());
        }
        if (callback == direction.body) {
            step(direction).judgeBody(decided);
            return Verdict.ofBody(decided);
        }
        return Verdict.ofTrailers(decided);
    }

    /** Does what ends the exchange for this plugin; tells whether something did. */
    private boolean apply(StreamEffects effects, Direction direction) {
        LocalResponse reply = effects.reply();
        if (effects.isReset()) {
            count(PluginCounter.RESETS);
            stream.course().abort("plugin '" + plugin().name() + "' closed the stream");
        } else if (reply != null) {
            count(PluginCounter.LOCAL_RESPONSES);
            stream.course().reply(this, direction, reply);
        } else if (effects.isLate()) {
            // Nothing may go on as if this plugin had not answered.
            stream.settle();
        }
        return effects.isTerminal();
    }

    /** Does what the guest asked for outside of this exchange's own callbacks, and meets the end of its VM. */
    void settle() {
        StreamContext known = context;
        Vm bound = vm;
        if (known == null || bound == null || !hasNews()) {
            return;
        }
        StreamEffects effects;
        boolean running;
        stream.turn().lock(bound);
        try {
            effects = known.takeEffects();
            running = bound.isRunning();
        } finally {
            bound.unlock();
        }
        if (apply(effects, stream.activeDirection())) {
            return;
        }
        for (Direction direction : Direction.BOTH) {
            if (effects.takeResume(direction)) {
                stream.half(direction).resume(this);
            } else if (!running && stream.half(direction).isHeldBy(this) && failed(direction) == Event.BYPASS) {
                stream.half(direction).bypass(this);
            }
        }
    }

    private @Nullable Event refused() {
        return out ? Event.BYPASS : null;
    }

    /** The plugin cannot be asked: it is out of the chain, and the exchange passes or is refused. */
    private @Nullable Event failed(Direction direction) {
        boolean open = plugin().failurePolicy() == FailurePolicy.OPEN;
        if (!out) {
            count(open ? PluginCounter.BYPASSED : PluginCounter.REFUSED);
        }
        out = true;
        if (open) {
            return Event.BYPASS;
        }
        stream.refuse(this, direction);
        return null;
    }

    /** Ends the context: done, log, delete, once, if the guest knows it. */
    void close() {
        Vm bound = vm;
        if (bound == null) {
            return;
        }
        stream.turn().lock(bound);
        try {
            StreamContext known = context;
            if (known != null) {
                bound.endStream(known);
            }
        } catch (GuestFailure trapped) {
            LOG.debug("the end of an exchange met a trap", trapped);
        } finally {
            bound.unlock();
            pool.release(bound);
            vm = null;
        }
    }
}
