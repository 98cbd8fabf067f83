package dev.proxywasm.benchmarks.funcs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.proxywasm.http.HeaderMap;
import io.github.kawamuray.wasmtime.Config;
import io.github.kawamuray.wasmtime.Engine;
import io.github.kawamuray.wasmtime.Extern;
import io.github.kawamuray.wasmtime.Func;
import io.github.kawamuray.wasmtime.ImportType;
import io.github.kawamuray.wasmtime.Instance;
import io.github.kawamuray.wasmtime.Memory;
import io.github.kawamuray.wasmtime.Module;
import io.github.kawamuray.wasmtime.Store;
import io.github.kawamuray.wasmtime.Val;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A guest in a store of its own, with a Func for each of its imports, and the messages that it is shown.
 *
 * <p>Used by one thread. The binding's native library must have been loaded: start a host first, which does that without leaving files.
 */
final class FuncGuest implements AutoCloseable {

    private final Engine engine;
    private final Store<Void> store;
    private final Module module;
    private final Instance instance;
    private final Memory memory;
    private final Func allocator;
    private final Map<String, Func> exports = new HashMap<>();
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private HeaderMap request = new HeaderMap();
    private HeaderMap response = new HeaderMap();
    private @Nullable RuntimeException thrown;

    FuncGuest(byte[] wasm) {
        try (Config config = new Config()) {
            engine = own(new Engine(config));
        }
        store = own(new Store<>(null, engine));
        module = own(new Module(engine, wasm));
        instance = own(new Instance(store, module, imports()));
        memory = own(instance.getMemory(store, "memory").orElseThrow());
        allocator = own(instance.getFunc(store, "proxy_on_memory_allocate")
                .or(() -> instance.getFunc(store, "malloc"))
                .orElseThrow());
    }

    /** What the guest reads and changes from now on. */
    void show(HeaderMap requestHeaders, HeaderMap responseHeaders) {
        request = requestHeaders;
        response = responseHeaders;
    }

    /** The map of that number of the ABI; only those of request and response headers are there. */
    HeaderMap headers(int mapType) {
        return switch (mapType) {
            case 0 -> request;
            case 2 -> response;
            default -> throw new UnsupportedOperationException("map type " + mapType);
        };
    }

    /** Calls an export; its result, or 0 if it has none or is absent. */
    int call(String export, int... arguments) {
        Func function = exports.computeIfAbsent(export, this::find);
        if (function == null) {
            return 0;
        }
        Val[] values = new Val[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Val.fromI32(arguments[i]);
        }
        Val[] results = call(function, values);
        return results.length == 0 ? 0 : results[0].i32();
    }

    /** The guest's memory as it is now: any call into the guest may move it. */
    ByteBuffer memory() {
        return memory.buffer(store).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes that two arguments, the first of them at {@code index}, point to. */
    String text(Val[] arguments, int index) {
        byte[] bytes = new byte[arguments[index + 1].i32()];
        memory().get(arguments[index].i32(), bytes);
        return new String(bytes, ISO_8859_1);
    }

    /** Copies a text into memory that the guest allocates, and its place and size to where two arguments point. */
    void give(String text, Val[] arguments, int index) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        int address = bytes.length == 0 ? 0 : call(allocator, Val.fromI32(bytes.length))[0].i32();
        memory().put(address, bytes)
                .putInt(arguments[index].i32(), address)
                .putInt(arguments[index + 1].i32(), bytes.length);
    }

    @Override
    public void close() {
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot release the guest", e);
            }
        }
    }

    private Collection<Extern> imports() {
        List<Extern> externs = new ArrayList<>();
        for (ImportType type : module.imports()) {
            externs.add(Extern.fromFunc(own(function(type))));
        }
        return externs;
    }

    private Func function(ImportType type) {
        HostFunc function = HostFuncs.named(type.name());
        return new Func(store, type.func(), (caller, arguments, results) -> {
            int result = answer(function, arguments);
            if (results.length > 0) {
                results[0] = Val.fromI32(result);
            }
        });
    }

    /** The binding drops what a host function throws, all but the fact; {@link #call} throws the original. */
    private int answer(HostFunc function, Val[] arguments) {
        try {
            return function.call(this, arguments);
        } catch (RuntimeException e) {
            thrown = e;
            throw e;
        }
    }

    private Val[] call(Func function, Val... arguments) {
        try {
            return function.call(store, arguments);
        } catch (RuntimeException e) {
            RuntimeException original = thrown;
            thrown = null;
            throw original == null ? e : original;
        }
    }

    private @Nullable Func find(String export) {
        return instance.getFunc(store, export).map(this::own).orElse(null);
    }

    private <T extends AutoCloseable> T own(T handle) {
        owned.push(handle);
        return handle;
    }
}
