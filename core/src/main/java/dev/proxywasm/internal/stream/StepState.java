package dev.proxywasm.internal.stream;

/**
 * How one plugin stands to the message that passes it in one direction.
 *
 * <pre>
 *   IDLE ──▶ PASSING ◀──▶ BODY_HELD ──▶ TRAILERS_HELD ──▶ PASSING
 *     ├────▶ HEADERS_HELD ──▶ PASSING      (headers are held; body callbacks come and may hold the body as well)
 *     ├────▶ ALL_HELD ──▶ PASSING          (nothing more is shown to the plugin until it resumes)
 *     └────▶ BYPASSED                      (from any state: the plugin is out of the chain)
 * </pre>
 */
enum StepState {
    /** Has seen nothing. */
    IDLE,
    /** Lets everything pass. */
    PASSING,
    /** Holds headers, and the body if it asked for that too. */
    HEADERS_HELD,
    /** Holds headers; body and trailers wait in front of it. */
    ALL_HELD,
    /** Holds body bytes; headers have gone on. */
    BODY_HELD,
    /** Holds trailers, and body bytes if there were any held. */
    TRAILERS_HELD,
    /** Is out of the chain. */
    BYPASSED;

    /** What a plugin decides, or what is decided about it. */
    enum Event {
        /** Headers: continue. */
        PASS_HEADERS,
        /** Headers: hold them, but show me the body. */
        HOLD_HEADERS,
        /** Headers: hold everything. */
        HOLD_ALL,
        /** Body: continue. */
        PASS_BODY,
        /** Body: hold. */
        HOLD_BODY,
        /** Trailers: continue. */
        PASS_TRAILERS,
        /** Trailers: hold. */
        HOLD_TRAILERS,
        /** The plugin resumed. */
        RESUME,
        /** The plugin cannot be asked and requests pass without it. */
        BYPASS
    }

    /** Whether headers have gone on to the next plugin. */
    boolean headersPassed() {
        return this != IDLE && this != HEADERS_HELD && this != ALL_HELD;
    }

    /** Whether something is held that a resume would let go. */
    boolean isHolding() {
        return this == HEADERS_HELD || this == ALL_HELD || this == BODY_HELD || this == TRAILERS_HELD;
    }

    /**
     * The state after an event.
     *
     * @throws IllegalStateException if the event is not possible in this state
     */
    StepState after(Event event) {
        boolean showsBody = this == PASSING || this == HEADERS_HELD || this == BODY_HELD;
        boolean legal =
                switch (event) {
                    case PASS_HEADERS, HOLD_HEADERS, HOLD_ALL -> this == IDLE;
                    case PASS_BODY, HOLD_BODY, PASS_TRAILERS, HOLD_TRAILERS -> showsBody;
                    case RESUME, BYPASS -> true;
                };
        if (!legal) {
            throw new IllegalStateException(event + " is not possible for a plugin that is " + this);
        }
        return switch (event) {
            case PASS_HEADERS, PASS_BODY, PASS_TRAILERS -> PASSING;
            case HOLD_HEADERS -> HEADERS_HELD;
            case HOLD_ALL -> ALL_HELD;
            case HOLD_BODY -> this == HEADERS_HELD ? HEADERS_HELD : BODY_HELD;
            case HOLD_TRAILERS -> this == HEADERS_HELD ? HEADERS_HELD : TRAILERS_HELD;
            case RESUME -> isHolding() ? PASSING : this;
            case BYPASS -> BYPASSED;
        };
    }
}
