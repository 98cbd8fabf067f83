package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.StackRoom;
import dev.proxywasm.internal.engine.shared.Ticker;
import dev.proxywasm.internal.engine.shared.Users;
import io.github.kawamuray.wasmtime.Config;
import io.github.kawamuray.wasmtime.Engine;
import io.github.kawamuray.wasmtime.Module;
import io.github.kawamuray.wasmtime.Store;
import io.github.kawamuray.wasmtime.WasmtimeException;
import java.nio.file.Path;

/**
 * The native engine behind several handles, each with a lock of its own: compiling holds the lock of its handle, so ticking and making
 * stores have others.
 *
 * <p>Lives as long as it has users: the {@link WasmtimeEngine} and every module.
 */
final class NativeEngine {

    private final Users users = new Users(this::release);
    private final NativeHandles handles = new NativeHandles();
    private final Store<Void> source;
    private final Engine stores;
    private final Ticker ticker;
    private final StackRoom stackRoom;

    NativeEngine(WasmtimeEngine.Options options) {
        stackRoom = StackRoom.of(options.maxWasmStackBytes() + StackRoom.OF_HOSTCALL.bytes());
        try (Config config = config(options)) {
            Engine first = handles.own(new Engine(config));
            source = handles.own(new Store<>(null, first));
            stores = handles.own(source.engine());
            // With a handle of its own, since a compile holds the lock of its handle for seconds.
            Engine ticked = source.engine();
            ticker = new Ticker(options.tick(), ticked::incrementEpoch, ticked::dispose);
        } catch (WasmtimeException e) {
            handles.close();
            throw new EngineException("cannot start the Wasm engine: " + e.getMessage(), e);
        }
    }

    private static Config config(WasmtimeEngine.Options options) {
        Config config = new Config().epochInterruption(true).maxWasmStack(options.maxWasmStackBytes());
        Path cache = options.cacheDirectory();
        return cache == null ? config : config.cacheConfigLoad(CompileCache.prepare(cache));
    }

    /** The users of this engine; closed engines take no new ones. */
    Users users() {
        return users;
    }

    /** The handle for stores and linkers. Never disposed while this engine has a user. */
    Engine stores() {
        return stores;
    }

    /**
     * For all that a guest may use, and a hostcall at the end of it. Where less is left, endless recursion meets the JVM's guard pages, and not
     * the engine's limit.
     */
    StackRoom stackRoom() {
        return stackRoom;
    }

    /** The clock of all guests. */
    Ticker ticker() {
        return ticker;
    }

    /**
     * Compiles a module; several threads may do so at once.
     *
     * @param code the module, as binary or, of our own making, as text
     * @throws WasmtimeException if it is invalid
     */
    Module compile(byte[] code) {
        try (Engine own = handle()) {
            return new Module(own, code);
        }
    }

    private Engine handle() {
        synchronized (source) {
            return source.engine();
        }
    }

    private void release() {
        ticker.stop();
        handles.close();
    }
}
