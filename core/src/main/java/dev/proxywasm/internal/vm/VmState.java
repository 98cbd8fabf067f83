package dev.proxywasm.internal.vm;

/** How far the life of a VM has come. */
enum VmState {
    /** Instantiated; its start functions, vm_start and configure are under way. */
    STARTING,
    /** Ready for streams. */
    RUNNING,
    /** Its root context was told to end and asked for time. */
    FINISHING,
    /** It trapped or refused to start; it is never entered again. */
    FAILED,
    /** It ended in order. */
    CLOSED;

    /** What can happen to a VM. */
    enum Event {
        CONFIGURED,
        FINISH,
        FAIL,
        CLOSE
    }

    /** Whether guest code may be run. */
    boolean isLive() {
        return this == STARTING || this == RUNNING || this == FINISHING;
    }

    /**
     * The state after an event. A VM that is over stays as it is, whatever still happens to it.
     *
     * @throws IllegalStateException if the event is not possible in this state
     */
    VmState after(Event event) {
        if (!isLive() && event != Event.CONFIGURED) {
            return this;
        }
        boolean legal =
                switch (event) {
                    case CONFIGURED -> this == STARTING;
                    case FINISH -> this == RUNNING;
                    case FAIL, CLOSE -> true;
                };
        if (!legal) {
            throw new IllegalStateException(event + " is not possible for a VM that is " + this);
        }
        return switch (event) {
            case CONFIGURED -> RUNNING;
            case FINISH -> FINISHING;
            case FAIL -> FAILED;
            case CLOSE -> CLOSED;
        };
    }
}
