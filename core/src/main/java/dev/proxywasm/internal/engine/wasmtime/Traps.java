package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.WasmTrap;
import io.github.kawamuray.wasmtime.Trap;
import io.github.kawamuray.wasmtime.WasmFunctionError;

/** Translates what the binding throws when guest code ends other than by returning. */
final class Traps {

    private Traps() {}

    /** The trap behind an exception of the binding. */
    static WasmTrap of(Throwable failure) {
        if (failure instanceof WasmFunctionError.TrapError error) {
            return new WasmTrap(cause(error.trap()), "");
        }
        return new WasmTrap(WasmTrap.Cause.OTHER, String.valueOf(failure));
    }

    private static WasmTrap.Cause cause(Trap trap) {
        return switch (trap) {
            case UNREACHABLE_CODE_REACHED -> WasmTrap.Cause.UNREACHABLE;
            case MEMORY_OUT_OF_BOUNDS, HEAP_MISALIGNED -> WasmTrap.Cause.MEMORY_OUT_OF_BOUNDS;
            case TABLE_OUT_OF_BOUNDS, INDIRECT_CALL_TO_NULL, BAD_SIGNATURE -> WasmTrap.Cause.BAD_TABLE_CALL;
            case INTEGER_OVERFLOW, INTEGER_DIVISION_BY_ZERO, BAD_CONVERSION_TO_INTEGER -> WasmTrap.Cause.ARITHMETIC;
            case STACK_OVERFLOW -> WasmTrap.Cause.STACK_EXHAUSTED;
            case INTERRUPT -> WasmTrap.Cause.TIMEOUT;
            default -> WasmTrap.Cause.OTHER;
        };
    }
}
