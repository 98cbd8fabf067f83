package dev.proxywasm.servlet;

import dev.proxywasm.PluginStatus;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.ReloadOutcome;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.spi.Metric;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A host without Wasm: its chain does what a script says, and is strict about how it is used. */
final class ScriptedHost implements ProxyWasm {

    final List<ScriptedStream> streams = new CopyOnWriteArrayList<>();
    volatile Script script = new Script();
    volatile boolean closed;

    @Override
    public HttpStream newStream(HttpExchange exchange, HeaderMap requestHeaders) {
        ScriptedStream stream = new ScriptedStream(script, exchange, requestHeaders);
        streams.add(stream);
        return stream;
    }

    /** The only stream there was. */
    ScriptedStream stream() {
        if (streams.size() != 1) {
            throw new AssertionError("there were " + streams.size() + " streams, not one");
        }
        return streams.get(0);
    }

    @Override
    public ProxyWasmConfig config() {
        return new ProxyWasmConfig(true, List.of(), Path.of("."));
    }

    @Override
    public List<PluginStatus> plugins() {
        return List.of();
    }

    @Override
    public List<String> reload() {
        return List.of();
    }

    @Override
    public Optional<ReloadOutcome> lastReload() {
        return Optional.empty();
    }

    @Override
    public void onReload(Consumer<ReloadOutcome> listener) {
        // It is never reloaded.
    }

    @Override
    public List<Metric> metrics() {
        return List.of();
    }

    @Override
    public void close() {
        closed = true;
    }
}
