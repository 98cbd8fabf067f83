package dev.proxywasm.internal.stream;

import dev.proxywasm.internal.stream.StepState.Event;

/**
 * What a number that a callback answered means. Envoy's own filter statuses are understood, since plugins written in C++
 * answer them; a number that means nothing counts as the strictest one, never as an error.
 */
final class Verdict {

    /** Body: hold until flow control says otherwise, rather than fail at the limit. */
    static final int WATERMARK = 2;

    /** Body: stop, and do not keep this chunk. */
    private static final int NO_BUFFER = 3;

    private Verdict() {}

    /** The meaning of a headers callback's answer. */
    static Event ofHeaders(int answer, boolean allowStopIteration) {
        return switch (answer) {
            case 0, 2 -> Event.PASS_HEADERS;
            case 1 -> allowStopIteration ? Event.HOLD_HEADERS : Event.HOLD_ALL;
            default -> Event.HOLD_ALL;
        };
    }

    /** The meaning of a body callback's answer. */
    static Event ofBody(int answer) {
        return answer == 0 ? Event.PASS_BODY : Event.HOLD_BODY;
    }

    /** Whether a body callback's answer means that the chunk is not kept. */
    static boolean dropsChunk(int answer) {
        return answer != 0 && Integer.compareUnsigned(answer, NO_BUFFER) >= 0;
    }

    /** The meaning of a trailers callback's answer. */
    static Event ofTrailers(int answer) {
        return answer == 0 ? Event.PASS_TRAILERS : Event.HOLD_TRAILERS;
    }
}
