package dev.proxywasm.internal.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an instance is to be linked with.
 *
 * @param hostcalls answers every imported function
 * @param entryPoints exports that the host may call, by name; their position in this list is the number that {@link GuestCalls#add}
 *     takes. An export that the module lacks is simply never callable ({@link WasmInstance#hasEntryPoint})
 * @param allocator the export {@code (i32 size) -> i32 pointer} that {@link WasmInstance#allocate} calls, or null if there is none
 * @param sandbox host code that answers some imports inside the sandbox
 * @param startTimeoutNanos how long the module's start section may run
 * @param hostcallsPerEntry how many times one entry may cross to the host before it is trapped
 */
public record InstanceSpec(
        HostcallHandler hostcalls,
        List<String> entryPoints,
        @Nullable String allocator,
        SandboxCode sandbox,
        long startTimeoutNanos,
        int hostcallsPerEntry) {

    /** Copies the list. */
    public InstanceSpec {
        entryPoints = List.copyOf(entryPoints);
    }
}
