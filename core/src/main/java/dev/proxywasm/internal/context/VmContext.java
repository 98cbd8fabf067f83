package dev.proxywasm.internal.context;

/** Context 0: current while start functions run and while the guest allocates. It has nothing. */
public final class VmContext extends Context {

    /** The context of one VM. */
    public VmContext() {
        super(0);
        on(ContextState.Event.CREATE);
    }

    @Override
    public String toString() {
        return "vm context";
    }
}
