package dev.proxywasm.jetty;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * What is left to come of a request's body when the chain has answered and nobody wants the rest.
 *
 * <p>A connection that is closed while its client still writes is reset, and with it may go an answer that the client has not read yet. Jetty
 * reads what has come by then, and closes. So the rest is read and dropped here, after the answer is sent and before Jetty is told that the
 * request is over. This order is nginx's (its lingering close): a client that reads first, or never sends the rest, has its answer at once,
 * and no thread waits. Over HTTP/2, Jetty resets the stream of a request whose body has not come to its end, and a client that sees the reset
 * first drops the answer.
 *
 * <p>It goes on until the end of the body, so that the connection can be used again; or for {@link #MAX_BYTES} or {@link #MAX_SECONDS}, or
 * until the idle timeout, and then Jetty closes the connection, or resets the stream.
 */
final class UnwantedBody implements Runnable {

    /** As much as Tomcat swallows unless told otherwise. */
    static final int MAX_BYTES = 2 * 1024 * 1024;

    /** As long as nginx lingers unless told otherwise. */
    private static final int MAX_SECONDS = 30;

    private final Request raw;
    private final Runnable then;
    private final long start = System.nanoTime();
    private long droppedBytes;

    /** Of a request that nobody reads any more; {@code then} is called once, when no more is read. */
    UnwantedBody(Request raw, Runnable then) {
        this.raw = raw;
        this.then = then;
    }

    /** Drops what has come; what has not, later, in tasks of the server. */
    @Override
    public void run() {
        while (isWithinLimits()) {
            Content.Chunk chunk = raw.read();
            if (chunk == null) {
                demand();
                return;
            }
            droppedBytes += chunk.remaining();
            chunk.release();
            if (chunk.isLast() || Content.Chunk.isFailure(chunk)) {
                break;
            }
        }
        then.run();
    }

    /** An application that still waits to read keeps others from it; Jetty then fails the request. */
    private void demand() {
        try {
            raw.demand(this);
        } catch (IllegalArgumentException demandPending) {
            then.run();
        }
    }

    private boolean isWithinLimits() {
        return droppedBytes <= MAX_BYTES && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(MAX_SECONDS);
    }
}
