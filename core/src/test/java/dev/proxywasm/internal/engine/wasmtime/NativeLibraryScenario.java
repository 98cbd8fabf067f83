package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.Guest;
import dev.proxywasm.testing.Wat;
import java.nio.file.Path;

/** A main class: starts an engine, with the cache directory that is its argument if there is one, and runs a guest. */
final class NativeLibraryScenario {

    private static final String ANSWER = "(module (func (export \"a\") (result i32) (i32.const 42)))";

    private NativeLibraryScenario() {}

    public static void main(String[] arguments) {
        Path cache = arguments.length == 0 ? null : Path.of(arguments[0]);
        try (var engine = new WasmtimeEngine(WasmtimeEngine.Options.DEFAULT.withCacheDirectory(cache));
                var module = engine.compile("answer", Wat.compile(ANSWER), Guest.LIMITS);
                var instance = module.instantiate(Guest.spec(Guest.ZERO))) {
            var calls = instance.newCalls();
            calls.add(0, 0, 0, 0, 0, 0);
            instance.run(calls, Guest.SECOND);
            System.out.println("answer " + calls.result(0));
        } catch (EngineException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }
}
