package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.Guest;
import dev.proxywasm.testing.Wat;

/** A main class: has a small module compiled whose function has more values than the native compiler can number. */
final class HugeFunctionScenario {

    private HugeFunctionScenario() {}

    public static void main(String[] arguments) {
        String wat =
                """
                (module
                  (func $many (result %s) unreachable)
                  (func (export "a") %s))
                """
                        .formatted("i32 ".repeat(1000), "(block call $many br 0)".repeat(2000));
        byte[] module = Wat.compile(wat);
        try (WasmtimeEngine engine = new WasmtimeEngine(WasmtimeEngine.Options.DEFAULT)) {
            engine.compile("huge", module, Guest.LIMITS).close();
            System.out.println("compiled");
        } catch (EngineException refused) {
            System.out.println("refused: " + refused.getMessage());
        }
    }
}
