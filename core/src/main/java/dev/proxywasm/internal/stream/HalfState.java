package dev.proxywasm.internal.stream;

/** What the server has pushed in one direction. */
enum HalfState {
    /** Nothing yet. */
    IDLE,
    /** Headers; body or trailers may follow. */
    OPEN,
    /** Everything. */
    ENDED,
    /** The chain answered instead: what else arrives in this direction does not matter. */
    REPLIED,
    /** The exchange was reset. */
    ABORTED;

    /** What can happen to a direction. */
    enum Event {
        /** Headers with something behind them. */
        HEADERS,
        /** Headers and nothing else. */
        HEADERS_AND_END,
        /** A part of the body. */
        BODY,
        /** The last part of the body, or trailers. */
        END,
        /** The chain answers instead. */
        REPLY,
        /** Another response takes the place of the one under way. */
        RESTART,
        /** A reset. */
        ABORT
    }

    /**
     * The state after an event.
     *
     * @throws IllegalStateException if the event is not possible in this state
     */
    HalfState after(Event event) {
        boolean legal =
                switch (event) {
                    case HEADERS, HEADERS_AND_END -> this == IDLE;
                    case BODY, END -> this == OPEN;
                    case REPLY, RESTART -> this != ABORTED;
                    case ABORT -> true;
                };
        if (!legal) {
            throw new IllegalStateException(event + " is not possible in a direction that is " + this);
        }
        return switch (event) {
            case HEADERS, BODY -> OPEN;
            case HEADERS_AND_END, END -> ENDED;
            case REPLY -> REPLIED;
            case RESTART -> IDLE;
            case ABORT -> ABORTED;
        };
    }
}
