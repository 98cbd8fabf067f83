package dev.proxywasm.internal.engine.wasmtime;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.proxywasm.internal.engine.EngineException;
import java.lang.management.ManagementFactory;

/**
 * Whether threads have the stack that guests need.
 *
 * <p>Guest code runs on the caller's stack, up to the engine's limit. When less than that is left, endless recursion runs into the JVM's
 * guard pages instead of the limit, and the JVM dies. Java cannot ask a thread how much it has left, so this looks at the default of all
 * threads; one that is created with a smaller stack of its own is not seen.
 */
final class ThreadStacks {

    /** For Java's own frames, the JVM's guard pages and the engine's native code. */
    private static final long RESERVE_BYTES = 256 * 1024;

    private ThreadStacks() {}

    /**
     * Checks the default stack size.
     *
     * @throws EngineException if it is known and too small
     */
    static void check(long maxWasmStackBytes) {
        long defaultBytes = defaultBytes();
        long neededBytes = maxWasmStackBytes + RESERVE_BYTES;
        if (defaultBytes > 0 && defaultBytes < neededBytes) {
            throw new EngineException(
                    "threads of this JVM have stacks of %d KiB, but a guest that recurses for ever is stopped safely only with %d KiB or more: start the JVM with -Xss1m"
                            .formatted(defaultBytes / 1024, neededBytes / 1024));
        }
    }

    /** The value of {@code -Xss}, or 0 where it cannot be known. */
    private static long defaultBytes() {
        try {
            HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return hotSpot == null
                    ? 0
                    : Long.parseLong(hotSpot.getVMOption("ThreadStackSize").getValue()) * 1024;
        } catch (NoClassDefFoundError | IllegalArgumentException e) {
            return 0; // a runtime image without jdk.management, or a JVM without that option: nothing to compare with
        }
    }
}
