package dev.proxywasm.internal.stream;

import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.StreamType;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.internal.codec.PropertyPath;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.context.GuestBuffer;
import dev.proxywasm.internal.property.ExchangeAttributes;
import dev.proxywasm.internal.vm.Vm;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One exchange as one plugin's guest knows it.
 *
 * <p>Confined to its VM but for {@link #hasNews}, which the stream asks from outside.
 */
final class StreamContext extends Context {

    private final DefaultHttpStream stream;
    private final Stage stage;
    private final Vm vm;
    private StreamEffects effects = StreamEffects.NONE;
    private boolean replied;
    private volatile boolean news;

    StreamContext(DefaultHttpStream stream, Stage stage, Vm vm) {
        super(vm.nextContextId());
        this.stream = stream;
        this.stage = stage;
        this.vm = vm;
    }

    /** The VM that it belongs to. */
    Vm vm() {
        return vm;
    }

    /** Whether a guest asked for something, or the VM ended, since the stream last looked. Any thread. */
    boolean hasNews() {
        return news;
    }

    boolean hasEffects() {
        return !effects.isEmpty();
    }

    /** Hands over what the guest asked for: never the object that gathers more, for whoever takes it reads on after the lock is gone. */
    StreamEffects takeEffects() {
        StreamEffects taken = effects;
        effects = StreamEffects.NONE;
        news = false;
        return taken;
    }

    @Override
    public boolean guard() {
        return stream.turn().guard();
    }

    @Override
    public boolean isGuarded() {
        return stream.turn().isHeldByCurrentThread();
    }

    @Override
    public void unguard() {
        stream.turn().unlock();
    }

    @Override
    public boolean lend() {
        return stream.isShared() && stream.turn().lend();
    }

    @Override
    public @Nullable HeaderMap headerMap(MapType type) {
        return switch (type) {
            case HTTP_REQUEST_HEADERS -> stream.half(Direction.REQUEST).headers();
            case HTTP_RESPONSE_HEADERS -> stream.half(Direction.RESPONSE).headers();
            case HTTP_REQUEST_TRAILERS -> trailers(Direction.REQUEST);
            case HTTP_RESPONSE_TRAILERS -> trailers(Direction.RESPONSE);
            default -> vm.root().headerMap(type);
        };
    }

    private @Nullable HeaderMap trailers(Direction direction) {
        HeaderMap trailers = stream.half(direction).trailers();
        return stage.step(direction).showsTrailers() || !trailers.isEmpty() ? trailers : null;
    }

    @Override
    public boolean canWrite(MapType type) {
        return switch (type) {
            case HTTP_REQUEST_HEADERS -> canWriteHeaders(Direction.REQUEST);
            case HTTP_RESPONSE_HEADERS -> canWriteHeaders(Direction.RESPONSE);
            case HTTP_REQUEST_TRAILERS -> canWriteTrailers(Direction.REQUEST);
            case HTTP_RESPONSE_TRAILERS -> canWriteTrailers(Direction.RESPONSE);
            default -> false;
        };
    }

    private boolean canWriteHeaders(Direction direction) {
        return stream.half(direction).passes(stage) && stage.step(direction).showsHeaders();
    }

    private boolean canWriteTrailers(Direction direction) {
        return stream.half(direction).passes(stage) && stage.step(direction).showsTrailers();
    }

    @Override
    public @Nullable GuestBuffer buffer(BufferType type) {
        return switch (type) {
            case HTTP_REQUEST_BODY -> body(Direction.REQUEST);
            case HTTP_RESPONSE_BODY -> body(Direction.RESPONSE);
            default -> vm.root().buffer(type);
        };
    }

    private @Nullable GuestBuffer body(Direction direction) {
        Step step = stage.step(direction);
        return step.showsBody() ? step.body() : null;
    }

    @Override
    public byte @Nullable [] attribute(PropertyPath path) {
        byte[] known = stream.properties().attribute(path);
        return known != null ? known : vm.root().attribute(path);
    }

    @Override
    public byte @Nullable [] stored(PropertyPath path) {
        byte[] own = stream.properties().stored(path);
        return own != null ? own : vm.root().stored(path);
    }

    @Override
    public boolean isSettled(PropertyPath path) {
        return ExchangeAttributes.TABLE.isSettled(path) && vm.root().isSettled(path);
    }

    @Override
    public boolean hasRoomForProperties() {
        return stream.properties().hasRoom();
    }

    @Override
    public boolean setProperty(PropertyPath path, byte[] value) {
        stream.properties().set(path, value);
        return true;
    }

    @Override
    public void continueStream(StreamType type) {
        for (Direction direction : Direction.BOTH) {
            if (direction.stream == type) {
                note(gathered -> gathered.resume(direction));
            }
        }
    }

    @Override
    public void closeStream(StreamType type) {
        if (type == StreamType.HTTP_REQUEST || type == StreamType.HTTP_RESPONSE) {
            note(StreamEffects::reset);
        }
    }

    @Override
    public boolean sendLocalResponse(LocalResponse response) {
        if (replied) {
            return false;
        }
        replied = true;
        note(gathered -> answer(gathered, response));
        return true;
    }

    private void answer(StreamEffects gathered, LocalResponse response) {
        if (stream.course().claimAnswer()) {
            gathered.reply(response);
        } else {
            gathered.replyTooLate();
            vm.warn("proxy_send_local_response has no effect: " + this + " was answered by another plugin before");
        }
    }

    @Override
    public void onVmEnded() {
        tell();
    }

    /**
     * Notes an effect when the callback under way, which may be one of another context, has returned: what a callback asked for that traps
     * is not done.
     */
    private void note(Consumer<StreamEffects> effect) {
        vm.defer(() -> {
            if (effects == StreamEffects.NONE) {
                effects = new StreamEffects();
            }
            // First: whoever meets a claimed answer looks for it here, and waits for the lock to do so.
            news = true;
            effect.accept(effects);
            tell();
        });
    }

    private void tell() {
        news = true;
        stream.wake();
    }
}
