package dev.proxywasm.jetty;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.http.ReleasedMessage;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.SerializedInvoker;
import org.jspecify.annotations.Nullable;

/**
 * The request on its way from Jetty through the chain to the application.
 *
 * <p>The head, and the body up to the stream's buffer, pass before the application is called ({@link Admission}); the rest as the application
 * reads, so that it is the application's demand that the client feels. If no filter looks at bodies, the body is left in Jetty, untouched.
 *
 * <p>The fields are guarded by the lock of the exchange.
 */
final class RequestFlow {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final JettyExchange exchange;
    private final Request raw;
    private final HttpStream stream;
    private final ReleasedMessage released;
    private final SerializedInvoker invoker = new SerializedInvoker(RequestFlow.class);

    /** The length at which a body ends that is known to have no trailers; otherwise -1. */
    private final long length;

    /** Read to find out whether there is a body; the first that anybody gets. */
    private Content.@Nullable Chunk first;

    private boolean ownsBody;
    private boolean hasBody;
    private boolean pushedAll;
    private long pushedBytes;
    private boolean waiting;
    private @Nullable Throwable failure;
    private @Nullable Runnable demand;
    private @Nullable HttpFields trailers;

    RequestFlow(JettyExchange exchange, Request raw, HttpStream stream) {
        this.exchange = exchange;
        this.raw = raw;
        this.stream = stream;
        this.released = stream.request();
        this.length = RequestHead.isHttp1(raw) ? raw.getLength() : -1;
    }

    /** Pushes the head. */
    Outcome pushHead() {
        boolean tunnel = RequestHead.startsTunnel(raw);
        hasBody = !tunnel && findBody();
        ownsBody = hasBody && stream.wantsRequestBody();
        return exchange.locked(() -> exchange.push(() -> stream.requestHeaders(!hasBody && !tunnel)));
    }

    /** Only reading tells whether there is a body where the headers do not say. */
    private boolean findBody() {
        if (!RequestHead.mayHaveBody(raw)) {
            return false;
        }
        if (raw.getLength() < 0 && !RequestHead.isHttp1(raw)) {
            first = raw.read();
            return !isEnd(first);
        }
        return true;
    }

    private static boolean isEnd(Content.@Nullable Chunk chunk) {
        return chunk != null
                && chunk.isLast()
                && !chunk.hasRemaining()
                && !Content.Chunk.isFailure(chunk)
                && !(chunk instanceof Trailers);
    }

    /**
     * Whether the application may be called: the buffer is full and no filter holds all there is, or that is all. The stream itself bounds
     * what a filter may hold.
     */
    boolean isAdmitted() {
        return exchange.locked(() -> {
            takeGivenBody();
            return isFilled();
        });
    }

    /** A body that a plugin gave to a request without is read from here. */
    private void takeGivenBody() {
        if (!hasBody && released.bodyAvailable() > 0) {
            ownsBody = true;
            pushedAll = true;
        }
    }

    private boolean isFilled() {
        boolean held = !released.hasHeaders() || released.bodyAvailable() == 0;
        return !ownsBody || pushedAll || (pushedBytes >= stream.requestBodyBuffer() && !held);
    }

    /** What Jetty has of the body; null if that is nothing yet. */
    Content.@Nullable Chunk readRaw() {
        Content.Chunk chunk = takeFirst();
        return chunk == null ? raw.read() : chunk;
    }

    private Content.@Nullable Chunk takeFirst() {
        return exchange.locked(() -> {
            Content.Chunk chunk = first;
            first = Content.Chunk.next(chunk);
            return chunk;
        });
    }

    /** Gives back what nobody has read. */
    void close() {
        Content.Chunk chunk = takeFirst();
        if (chunk != null) {
            chunk.release();
        }
    }

    /** Pushes what Jetty has given, and gives it back. */
    Outcome push(Content.Chunk chunk) {
        try {
            return exchange.locked(() -> exchange.push(() -> pushPart(chunk)));
        } finally {
            chunk.release();
        }
    }

    private Outcome pushPart(Content.Chunk chunk) {
        if (chunk instanceof Trailers last) {
            pushedAll = true;
            return last.getTrailers().size() == 0
                    ? stream.requestBody(NOTHING.duplicate(), true)
                    : stream.requestTrailers(Fields.toMap(last.getTrailers()));
        }
        pushedBytes += chunk.remaining();
        pushedAll = chunk.isLast() || pushedBytes == length;
        return stream.requestBody(chunk.getByteBuffer(), pushedAll);
    }

    /** The headers as they left the chain. */
    HeaderMap takeHeaders() {
        return exchange.locked(released::takeHeaders);
    }

    /** Whether the application gets the body from here instead of from Jetty. */
    boolean ownsBody() {
        return ownsBody;
    }

    /** Whether what nobody has read of a body can be dropped to its end; true as well if the application reads it from Jetty. */
    boolean isRestShort() {
        boolean leftToJetty = !ownsBody && exchange.isApplicationStarted();
        return leftToJetty
                || isRead()
                || (!awaitsContinue() && length - exchange.locked(() -> pushedBytes) <= UnwantedBody.MAX_BYTES);
    }

    /** Whether something may be left to come that the client sends unasked. */
    boolean mayHaveRest() {
        boolean endless = !RequestHead.isHttp1(raw) && RequestHead.startsTunnel(raw);
        return !endless && !isRead() && !awaitsContinue();
    }

    private boolean isRead() {
        return !RequestHead.mayHaveBody(raw) || exchange.locked(() -> pushedAll);
    }

    /** Whether the client waits to be asked for the body, which an answer forestalls: the rest may then never come. */
    private boolean awaitsContinue() {
        return raw.getHeaders().contains(HttpHeader.EXPECT) && exchange.locked(() -> pushedBytes == 0);
    }

    /** Whether another handler would find the request as it came. */
    boolean isUntouched() {
        return !ownsBody && (first == null || isEnd(first));
    }

    /** What the application reads; null if there is nothing yet. */
    Content.@Nullable Chunk read() {
        if (!ownsBody) {
            return readRaw();
        }
        exchange.requireStack();
        while (true) {
            Content.Chunk ready = exchange.locked(this::takeReady);
            if (ready != null || exchange.locked(() -> waiting)) {
                return ready;
            }
            Content.Chunk chunk = raw.read();
            if (chunk == null || Content.Chunk.isFailure(chunk)) {
                return chunk;
            }
            obey(push(chunk));
        }
    }

    private Content.@Nullable Chunk takeReady() {
        if (failure != null) {
            return Content.Chunk.from(failure, true);
        }
        if (released.bodyAvailable() > 0) {
            ByteBuffer bytes = released.takeBody();
            return Content.Chunk.from(bytes, isFinished());
        }
        if (!released.isComplete()) {
            return null;
        }
        if (trailers == null && !released.trailers().isEmpty()) {
            trailers = Fields.toFields(released.trailers()).asImmutable();
            return new Trailers(trailers);
        }
        return Content.Chunk.EOF;
    }

    private boolean isFinished() {
        return released.isComplete() && released.trailers().isEmpty();
    }

    /** Does what the chain says while the application reads. */
    private void obey(Outcome pushed) {
        @Nullable Outcome outcome = pushed;
        while (outcome instanceof Outcome.Wait wait) {
            exchange.update(() -> waiting = true);
            outcome = exchange.await(wait, this::demandType, this::readResumed);
            if (outcome != null) {
                exchange.update(() -> waiting = false);
            }
        }
        if (outcome instanceof Outcome.Reply reply) {
            fail(new AnsweredByChainException());
            exchange.answer(reply.response());
        } else if (outcome instanceof Outcome.Abort abort) {
            fail(new AnsweredByChainException());
            exchange.abort(abort.reason());
        }
    }

    /** What waits for the end of a pause: a blocked thread of the application may, which no other thread should be needed to wake. */
    private InvocationType demandType() {
        return exchange.locked(
                () -> demand == null ? InvocationType.NON_BLOCKING : Invocable.getInvocationType(demand));
    }

    private void readResumed(Outcome outcome) {
        exchange.update(() -> waiting = false);
        obey(outcome);
        callDemand();
    }

    /** Calls back, once, whoever waits for more of the body while a filter no longer makes it wait. */
    private void callDemand() {
        Runnable waiter = exchange.locked(() -> {
            Runnable known = waiting ? null : demand;
            demand = waiting ? demand : null;
            return known;
        });
        if (waiter != null) {
            demand(waiter);
        }
    }

    /** Calls back when there may be something to read. */
    void demand(Runnable callback) {
        if (!ownsBody) {
            demandRaw(callback, first != null);
            return;
        }
        boolean later = exchange.locked(() -> {
            demand = waiting && failure == null ? callback : null;
            return demand != null;
        });
        if (!later) {
            demandRaw(callback, exchange.locked(this::isReady));
        }
    }

    private void demandRaw(Runnable callback, boolean ready) {
        if (ready) {
            invoker.run(callback);
        } else {
            raw.demand(callback);
        }
    }

    private boolean isReady() {
        return failure != null || released.bodyAvailable() > 0 || released.isComplete();
    }

    /** The trailers that the application has read; null before, and if there are none. */
    @Nullable
    HttpFields trailers() {
        return ownsBody ? trailers : raw.getTrailers();
    }

    /** Jetty cannot go on with this request. */
    void lost(Throwable cause) {
        boolean wakes = exchange.locked(() -> {
            boolean waited = waiting || !exchange.isApplicationStarted();
            if (waited) {
                fail(cause);
                waiting = false;
            }
            return waited;
        });
        if (wakes) {
            callDemand();
        }
    }

    boolean hasFailed() {
        return exchange.locked(() -> failure != null);
    }

    private void fail(Throwable cause) {
        exchange.update(() -> failure = failure == null ? cause : failure);
    }
}
