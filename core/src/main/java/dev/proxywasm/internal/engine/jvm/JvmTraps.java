package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.WasmTrap;
import java.util.Locale;
import java.util.Map;
import run.endive.runtime.WasmInterruptedException;

/** Translates what translated code throws when it ends other than by returning. */
final class JvmTraps {

    /** By words of the messages, which are the specification's; the translator has one type of exception for most of them. */
    private static final Map<String, WasmTrap.Cause> CAUSES = Map.ofEntries(
            Map.entry("unreachable", WasmTrap.Cause.UNREACHABLE),
            Map.entry("out of bounds memory access", WasmTrap.Cause.MEMORY_OUT_OF_BOUNDS),
            Map.entry("out of bounds table access", WasmTrap.Cause.BAD_TABLE_CALL),
            Map.entry("undefined element", WasmTrap.Cause.BAD_TABLE_CALL),
            Map.entry("uninitialized element", WasmTrap.Cause.BAD_TABLE_CALL),
            Map.entry("null function reference", WasmTrap.Cause.BAD_TABLE_CALL),
            Map.entry("indirect call type mismatch", WasmTrap.Cause.BAD_TABLE_CALL),
            Map.entry("integer divide by zero", WasmTrap.Cause.ARITHMETIC),
            Map.entry("integer overflow", WasmTrap.Cause.ARITHMETIC),
            Map.entry("invalid conversion to integer", WasmTrap.Cause.ARITHMETIC),
            Map.entry("call stack exhausted", WasmTrap.Cause.STACK_EXHAUSTED));

    private JvmTraps() {}

    /** The trap behind a failure. */
    static WasmTrap of(Throwable failure) {
        if (failure instanceof WasmInterruptedException) {
            return new WasmTrap(WasmTrap.Cause.OTHER, "its thread was interrupted");
        }
        if (failure instanceof StackOverflowError) {
            return new WasmTrap(WasmTrap.Cause.STACK_EXHAUSTED, "");
        }
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return CAUSES.entrySet().stream()
                .filter(entry -> message.contains(entry.getKey()))
                .findFirst()
                .map(entry -> new WasmTrap(entry.getValue(), ""))
                .orElseGet(() -> new WasmTrap(WasmTrap.Cause.OTHER, String.valueOf(failure)));
    }
}
