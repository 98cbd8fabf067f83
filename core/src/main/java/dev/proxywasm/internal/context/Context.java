package dev.proxywasm.internal.context;

import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.StreamType;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.internal.codec.PropertyPath;
import org.jspecify.annotations.Nullable;

/**
 * What a hostcall acts on. This class answers as a context that has nothing; each kind overrides what it has.
 *
 * <p>Effects that would re-enter the guest (resume, reply, close) are only noted here; whoever made the callback applies them after it
 * returned.
 */
public abstract class Context {

    private final int id;
    private ContextState state = ContextState.NEW;

    /** A context that the guest will know by that number. */
    protected Context(int id) {
        this.id = id;
    }

    /** The number by which the guest knows it; 0 for the VM's own. */
    public final int id() {
        return id;
    }

    /** How far its life has come. */
    public final ContextState state() {
        return state;
    }

    /** Moves its life on. */
    public final void on(ContextState.Event event) {
        state = state.after(event);
    }

    /**
     * Keeps other threads away from what is read and changed here, where there are any and the thread does not do so already; tells whether
     * {@link #unguard} is to follow. Taken under the VM's lock, for as long as a hostcall takes.
     */
    public boolean guard() {
        return false;
    }

    /** Whether other threads are kept away, by this one or because there are none. */
    public boolean isGuarded() {
        return true;
    }

    /** Lets other threads come again. */
    public void unguard() {}

    /** Lets other threads come while guest code runs in this context, if there may be any; tells whether {@link #guard} is to follow. */
    public boolean lend() {
        return false;
    }

    /** The header map of that type, or null if it has not arrived or this context has none. */
    public @Nullable HeaderMap headerMap(MapType type) {
        return null;
    }

    /** Whether {@link #headerMap} may be changed: it is there and has not been sent on. */
    public boolean canWrite(MapType type) {
        return false;
    }

    /** The buffer of that type, or null if this context has none now. */
    public @Nullable GuestBuffer buffer(BufferType type) {
        return null;
    }

    /** The encoded value of a property, or null if it is not known. What is stored does not hide what the host knows. */
    public final byte @Nullable [] property(PropertyPath path) {
        byte[] known = attribute(path);
        return known != null ? known : stored(path);
    }

    /** The encoded value that the host gives a property, or null. */
    public byte @Nullable [] attribute(PropertyPath path) {
        return null;
    }

    /** The encoded value that a guest stored in a property, or null. */
    public byte @Nullable [] stored(PropertyPath path) {
        return null;
    }

    /**
     * Whether a property, present or not, is cheap to find and stays as it is during a callback, whatever the guest does to headers that
     * are no pseudo-headers, unless it is stored.
     */
    public boolean isSettled(PropertyPath path) {
        return false;
    }

    /** Whether some hundred small properties can be stored without being refused. */
    public boolean hasRoomForProperties() {
        return false;
    }

    /** Stores a property; tells whether this context can. */
    public boolean setProperty(PropertyPath path, byte[] value) {
        return false;
    }

    /** Notes that a paused direction shall go on; without effect where there is none. */
    public void continueStream(StreamType type) {}

    /** Notes that the stream shall be reset; without effect where there is none. */
    public void closeStream(StreamType type) {}

    /** The headers of the request that a local response would answer, or null where there is none. */
    public @Nullable HeaderMap requestHeaders() {
        return headerMap(MapType.HTTP_REQUEST_HEADERS);
    }

    /** Notes a local response; tells whether it can be sent (false: there is no stream, or one was sent before). */
    public boolean sendLocalResponse(LocalResponse response) {
        return false;
    }

    /** Notice that the VM is over and no callback will follow. */
    public void onVmEnded() {}

    /** As messages name it. */
    @Override
    public String toString() {
        return "context " + id;
    }
}
