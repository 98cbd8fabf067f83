package dev.proxywasm.jetty;

import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.http.Outcome;
import java.nio.ByteBuffer;
import java.nio.channels.WritePendingException;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * The response on its way through the chain to Jetty, which is not touched before the chain has released something.
 *
 * <p>Each write of the application is pushed in pieces. What the chain releases of one goes to Jetty before the next is pushed, and the
 * application's callback is called behind the last, so that the application feels the pace of the client. Once the headers are sent, and if
 * no filter looks at bodies, writes go straight to Jetty.
 *
 * <p>The fields are guarded by the lock of the exchange.
 */
final class ResponseFlow extends IteratingCallback {

    private final JettyExchange exchange;
    private final Request request;
    private final Response raw;
    private final ResponseMessage message;
    private final Completion completion;

    /** Whose write is under way. */
    private @Nullable Callback writer;

    private boolean lastWritten;
    private boolean answering;
    private boolean begun;
    private boolean sending;
    private @Nullable Throwable failure;
    private Outcome.@Nullable Wait waitingFor;
    private @Nullable Outcome pending;

    ResponseFlow(
            JettyExchange exchange, Request request, Response raw, ResponseMessage message, Completion completion) {
        this.exchange = exchange;
        this.request = request;
        this.raw = raw;
        this.message = message;
        this.completion = completion;
    }

    /** Whether the application can still change the headers. */
    boolean isOpen() {
        return exchange.locked(() -> message.isOpen() && !answering) && !raw.isCommitted();
    }

    /** Whether the application has written its last. */
    boolean hasLastWrite() {
        return exchange.locked(() -> lastWritten || answering || failure != null);
    }

    /** Trailers that follow the body; asked for when the body is complete. */
    void trailers(@Nullable Supplier<HttpFields> supplier) {
        exchange.update(() -> message.trailers(supplier));
    }

    /** Pushes a part of the body, with the headers before the first. */
    void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
        ByteBuffer bytes = content == null ? ResponseMessage.NOTHING : content;
        exchange.locked(() -> accept(last, bytes, callback)).run();
    }

    private Runnable accept(boolean last, ByteBuffer content, Callback callback) {
        Throwable refusal = refusal(content.hasRemaining());
        if (refusal != null) {
            return () -> callback.failed(refusal);
        }
        if (lastWritten) {
            return callback::succeeded;
        }
        lastWritten = last;
        ByteBuffer direct = message.direct(content);
        if (direct != null) {
            return () -> raw.write(last, direct, callback);
        }
        writer = callback;
        message.offer(content, last);
        return this::iterate;
    }

    private @Nullable Throwable refusal(boolean hasContent) {
        if (failure != null) {
            return failure;
        }
        if (answering) {
            return new AnsweredByChainException();
        }
        if (writer != null) {
            return new WritePendingException();
        }
        return lastWritten && hasContent ? new IllegalStateException("the last part has been written") : null;
    }

    @Override
    protected Action process() {
        while (true) {
            Outcome outcome = settled(exchange.locked(this::next));
            if (outcome instanceof Outcome.Wait) {
                return Action.IDLE;
            } else if (outcome instanceof Outcome.Reply reply) {
                begin(reply.response());
            } else if (outcome instanceof Outcome.Abort abort) {
                exchange.abort(abort.reason());
            } else if (send()) {
                return Action.SCHEDULED;
            } else if (outcome == null) {
                finishWrite();
                return Action.IDLE;
            }
        }
    }

    /** What another thread has learnt, or what comes of the next part; null if there is none. */
    private @Nullable Outcome next() {
        Outcome known = pending;
        pending = null;
        boolean idle = waitingFor != null || (writer == null && !begun);
        return known != null || idle ? known : message.pushNext();
    }

    private boolean send() {
        ResponseMessage.Write write = exchange.locked(() -> {
            ResponseMessage.Write taken = message.take();
            sending = taken != null;
            return taken;
        });
        if (write == null) {
            return false;
        }
        raw.write(write.last(), write.bytes(), this);
        return true;
    }

    /** A wait only if it still goes on. */
    private @Nullable Outcome settled(@Nullable Outcome pushed) {
        Outcome outcome = pushed;
        while (outcome instanceof Outcome.Wait wait) {
            exchange.update(() -> waitingFor = wait);
            Outcome known = exchange.await(wait, this::getInvocationType, next -> resumed(wait, next));
            if (known == null) {
                return wait;
            }
            exchange.update(() -> waitingFor = null);
            outcome = known;
        }
        return outcome;
    }

    /** Forgets a wait that an answer or a failure has overtaken. */
    private void resumed(Outcome.Wait wait, Outcome outcome) {
        boolean wanted = exchange.locked(() -> {
            boolean current = waitingFor == wait;
            waitingFor = current ? null : waitingFor;
            pending = current ? outcome : pending;
            return current;
        });
        if (wanted) {
            iterate();
        }
    }

    @Override
    protected void onSuccess() {
        exchange.update(() -> sending = false);
    }

    private void finishWrite() {
        if (exchange.locked(() -> waitingFor != null)) {
            return;
        }
        Throwable cause = exchange.locked(() -> failure);
        Callback callback = takeWriter();
        if (callback != null && cause != null) {
            callback.failed(cause);
        } else if (callback != null) {
            callback.succeeded();
        }
        if (exchange.locked(message::isAnswered)) {
            completion.answered(null);
        }
    }

    private @Nullable Callback takeWriter() {
        return exchange.locked(() -> {
            Callback callback = writer;
            writer = null;
            return callback;
        });
    }

    /** Sends a response of the chain's own instead of the application's. Any thread. */
    void answer(LocalResponse response) {
        exchange.update(() -> {
            waitingFor = null;
            pending = new Outcome.Reply(response);
        });
        overrule();
        iterate();
    }

    private void overrule() {
        boolean possible = exchange.locked(() -> {
            answering = true;
            return failure == null;
        });
        if (possible) {
            completion.answering();
        }
    }

    private void begin(LocalResponse response) {
        overrule();
        exchange.update(() -> {
            begun = true;
            message.begin(response);
        });
        if (RequestHead.isHttp1(request) && !exchange.canGoOn()) {
            raw.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
    }

    /** Ends the exchange without the response that it should have had: the connection, or the stream of HTTP/2, is reset. Any thread. */
    void abort(String reason) {
        Throwable cause =
                new Request.Handler.AbortException("the Proxy-Wasm filter chain aborted the exchange: " + reason);
        completion.aborted(cause);
        end(cause);
    }

    /** Jetty cannot go on with this response. What Jetty has been asked to write it fails itself. */
    void lost(Throwable cause) {
        boolean waited = exchange.locked(() -> waitingFor != null || !exchange.isApplicationStarted());
        if (waited) {
            end(cause);
            completion.answered(cause);
        }
    }

    private void end(Throwable cause) {
        boolean later = exchange.locked(() -> {
            failure = failure == null ? cause : failure;
            message.end();
            waitingFor = null;
            return sending;
        });
        Callback callback = later ? null : takeWriter();
        if (callback != null) {
            callback.failed(cause);
        }
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        exchange.update(() -> sending = false);
        end(cause);
        completion.answered(cause);
    }

    /** The application is done: what it has left open is ended. */
    void finish() {
        boolean open = exchange.locked(() -> !lastWritten && !answering && failure == null && writer == null);
        if (open) {
            write(true, null, Callback.from(() -> completion.applicationEnded(null), completion::applicationEnded));
        } else {
            completion.applicationEnded(exchange.locked(this::leftOpen));
        }
    }

    private @Nullable Throwable leftOpen() {
        return writer == null || answering ? failure : new WritePendingException();
    }

    /** The application has failed when it was too late for an error page. */
    void fail(Throwable cause) {
        completion.applicationEnded(cause);
        if (!exchange.locked(() -> answering)) {
            end(cause);
        }
    }

    /** As the application's own callback: what runs when Jetty has written may be what a blocked thread of the application waits for. */
    @Override
    public Invocable.InvocationType getInvocationType() {
        return exchange.locked(() -> writer == null ? InvocationType.BLOCKING : Invocable.getInvocationType(writer));
    }
}
