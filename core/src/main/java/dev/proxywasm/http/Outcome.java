package dev.proxywasm.http;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What a server has to do after it pushed something into an {@link HttpStream}. */
public sealed interface Outcome {

    /** Take what has been released, if anything, and go on pushing. */
    Outcome FORWARD = new Forward();

    /** Take what has been released, if anything, and go on pushing. */
    record Forward() implements Outcome {}

    /**
     * A filter paused and nothing more may be pushed in this direction until it resumes or its time runs out; reading more from the peer
     * should stop as well.
     *
     * <p>Use one of the two ways to wait, once. Neither holds a lock or a VM.
     */
    non-sealed interface Wait extends Outcome {

        /**
         * Blocks the calling thread until the stream goes on, and returns what to do then.
         *
         * @throws InterruptedException if the thread is interrupted; the stream is as before and may be waited for again, or closed
         */
        Outcome await() throws InterruptedException;

        /**
         * Calls {@code continuation} once, with what to do then, when the stream goes on: on the calling thread if it already does,
         * otherwise as a task of {@code executor}.
         *
         * <p>Going on changes the stream and may run filters. It belongs to the same task, so an executor decides which thread that is,
         * and what it holds, such as a lock by which a server keeps two threads from using the stream at once. Tasks are handed to it
         * on a thread of the host, which must not be kept.
         */
        void whenResumed(Executor executor, Consumer<Outcome> continuation);
    }

    /**
     * The chain answers instead of the application. Write this response as if the application had produced it: push its headers and body
     * through the response side of the same stream, which knows the filters that are to see it. Drop the rest of the request, and of a
     * response under way.
     */
    record Reply(LocalResponse response) implements Outcome {}

    /**
     * The stream is over without a response that could still be sent: reset the connection or stream.
     *
     * @param reason for logs
     */
    record Abort(String reason) implements Outcome {}
}
