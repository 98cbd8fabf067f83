package dev.proxywasm.internal.callout;

import dev.proxywasm.abi.Status;

/**
 * What became of a guest's wish to call someone.
 *
 * @param status what the guest is told
 * @param token by which the guest will know the answer; 0 if the call was not started
 * @param reason why it was not started, for the log; empty if it was
 */
public record CalloutStart(Status status, int token, String reason) {

    static CalloutStart started(int token) {
        return new CalloutStart(Status.OK, token, "");
    }

    static CalloutStart refused(Status status, String reason) {
        return new CalloutStart(status, 0, reason);
    }
}
