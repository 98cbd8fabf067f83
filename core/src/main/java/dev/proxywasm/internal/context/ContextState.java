package dev.proxywasm.internal.context;

/** How far the life of a context has come, as its guest knows it. */
public enum ContextState {
    /** The host has it; the guest has not been told. */
    NEW,
    /** The guest created it; callbacks may be made. */
    ACTIVE,
    /** {@code proxy_on_done} was called and its answer is awaited; only for root contexts. */
    FINISHING,
    /** {@code proxy_on_delete} was called, or the VM failed; nothing may be called with it. */
    DELETED;

    /** What can happen to a context. */
    public enum Event {
        /** {@code proxy_on_context_create}. */
        CREATE,
        /** {@code proxy_on_done} answered false: the guest calls {@code proxy_done} later. */
        DEFER,
        /** {@code proxy_on_delete}, or the end of the VM. */
        DELETE
    }

    /**
     * The state after an event.
     *
     * @throws IllegalStateException if the event is not possible in this state
     */
    public ContextState after(Event event) {
        boolean legal =
                switch (event) {
                    case CREATE -> this == NEW;
                    case DEFER -> this == ACTIVE;
                    case DELETE -> this != DELETED;
                };
        if (!legal) {
            throw new IllegalStateException(event + " is not possible for a context that is " + this);
        }
        return switch (event) {
            case CREATE -> ACTIVE;
            case DEFER -> FINISHING;
            case DELETE -> DELETED;
        };
    }
}
