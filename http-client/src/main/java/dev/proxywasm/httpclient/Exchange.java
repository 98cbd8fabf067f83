package dev.proxywasm.httpclient;

import dev.proxywasm.spi.Callout;
import dev.proxywasm.spi.HttpCall;
import dev.proxywasm.spi.HttpCallResult;
import dev.proxywasm.spi.HttpCallResult.Answer;
import dev.proxywasm.spi.HttpCallResult.Failure;
import java.io.InterruptedIOException;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.jspecify.annotations.Nullable;

/**
 * One call under way; its first end counts. Safe for use by several threads.
 *
 * <p>Apache's own future can lose a cancellation: its parts are replaced by several threads, and an older one may be set last. So a call
 * that is given up also closes its connection, or does not begin to use one.
 */
final class Exchange implements Callout, FutureCallback<Answer> {

    private static final String ATTRIBUTE = Exchange.class.getName();

    /** Kept, because its client lives as long as its TLS does. */
    @SuppressWarnings("UnusedVariable") // held, not read
    private final HttpCall call;

    private final Set<Exchange> underWay;
    private final Consumer<HttpCallResult> whenDone;

    // Guarded by this.
    private boolean givenUp;
    private boolean ended;
    private @Nullable Future<Answer> answer;
    private @Nullable AsyncExecRuntime connection;

    Exchange(HttpCall call, Set<Exchange> underWay, Consumer<HttpCallResult> whenDone) {
        this.call = call;
        this.underWay = underWay;
        this.whenDone = whenDone;
    }

    /** The call that a context belongs to. */
    static Exchange of(HttpClientContext context) {
        return (Exchange) context.getAttribute(ATTRIBUTE);
    }

    HttpClientContext context() {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(ATTRIBUTE, this);
        return context;
    }

    /** Starts it. */
    void run(Supplier<Future<Answer>> start) {
        try {
            Future<Answer> started = start.get();
            synchronized (this) {
                answer = started;
                if (!givenUp) {
                    return;
                }
            }
            started.cancel(true);
        } catch (RuntimeException refused) {
            end(new Failure(String.valueOf(refused)));
        }
    }

    /**
     * The call has a connection and is about to be sent.
     *
     * @throws InterruptedIOException if it was given up meanwhile
     */
    synchronized void connected(AsyncExecRuntime runtime) throws InterruptedIOException {
        if (givenUp) {
            throw new InterruptedIOException("the call was given up");
        }
        connection = runtime;
    }

    @Override
    public void cancel() {
        Future<Answer> started;
        AsyncExecRuntime used;
        synchronized (this) {
            if (ended) {
                return;
            }
            givenUp = true;
            started = answer;
            used = connection;
        }
        if (started != null) {
            started.cancel(true);
        }
        if (used != null) {
            used.discardEndpoint();
        }
    }

    @Override
    public void completed(Answer whole) {
        end(whole);
    }

    @Override
    public void failed(Exception failure) {
        end(new Failure(String.valueOf(failure)));
    }

    @Override
    public void cancelled() {
        end(new Failure("the call was given up"));
    }

    private void end(HttpCallResult result) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            connection = null;
        }
        underWay.remove(this);
        whenDone.accept(result);
    }
}
