package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.EngineException;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.OpCode;

/**
 * The instructions that guests may use: those that the other engine has, less SIMD. The translator knows more of them, and not all of those
 * are safe: a function that calls itself in its own place (a tail call) never looks whether its time is up.
 */
final class GuestCode {

    private static final int PREFIX_GC = 0xFB;
    private static final int PREFIX_BULK = 0xFC;
    private static final int PREFIX_SIMD = 0xFD;

    private GuestCode() {}

    /**
     * Refuses a module that uses other instructions.
     *
     * @throws EngineException naming the module and the feature
     */
    static void requireSupported(String name, WasmModule module) {
        for (FunctionBody function : module.codeSection().functionBodies()) {
            for (Instruction instruction : function.instructions()) {
                String feature = missingFeature(instruction.opcode());
                if (feature != null) {
                    throw new EngineException("module '%s' uses %s (%s), which the engine jvm does not support"
                            .formatted(name, feature, instruction.opcode()));
                }
            }
        }
    }

    /** The feature that an instruction belongs to if guests may not use it, else null. */
    private static @Nullable String missingFeature(OpCode instruction) {
        return switch (instruction) {
            case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> "tail calls";
            case THROW, THROW_REF, TRY_TABLE -> "exceptions";
            case CALL_REF, REF_AS_NON_NULL, BR_ON_NULL, BR_ON_NON_NULL -> "typed references";
            case REF_EQ -> "garbage-collected types";
            default -> missingFeature(instruction.opcode() >> Byte.SIZE);
        };
    }

    private static @Nullable String missingFeature(int prefix) {
        return switch (prefix) {
            case 0, PREFIX_BULK -> null;
            case PREFIX_GC -> "garbage-collected types";
            case PREFIX_SIMD -> "SIMD";
            default -> "threads";
        };
    }
}
