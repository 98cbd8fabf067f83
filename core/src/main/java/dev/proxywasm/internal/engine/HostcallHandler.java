package dev.proxywasm.internal.engine;

import org.jspecify.annotations.Nullable;

/** The host's side of an instance's imports: one door for all of them. */
@FunctionalInterface
public interface HostcallHandler {

    /**
     * Answers a call of the guest, on the thread that entered the guest.
     *
     * <p>May read and write guest memory and may call {@link WasmInstance#allocate}, which can bring nested hostcalls; may not enter the
     * guest in any other way. Anything thrown stops the guest: the entry that is under way ends by throwing the same instance.
     *
     * @param importIndex position of the function among the module's imported <em>functions</em>, in import order
     * @param frame the arguments, and the place of the result; valid only during this call
     */
    void hostcall(int importIndex, HostcallFrame frame);

    /** What answers a function in plain cases, or null; asked once, before {@link #attach}. */
    default @Nullable PlainHostcall plain(int importIndex) {
        return null;
    }

    /** Hands over the instance that will call, before any of its code runs: a start section may call already. */
    default void attach(WasmInstance instance) {}
}
