package dev.proxywasm.jetty;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.http.Outcome;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through the chain, the handler below and the chain again.
 *
 * <p>An application may read on one thread and write on another while a third goes on after a pause: {@link #locked} lets one at a time use
 * the stream. The lock is held while guest code runs, and never while anything of Jetty's or of the application is called.
 */
final class JettyExchange {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.jetty");

    private final ReentrantLock lock = new ReentrantLock();
    private final ExchangeCounts counts;
    private final Handler application;
    private final Request raw;
    private final HttpStream stream;
    private final RequestHead head;
    private final RequestFlow requestFlow;
    private final ResponseFlow responseFlow;
    private final Completion completion;
    private final Response response;
    private final IdleTimeouts idleTimeouts;
    private boolean closed;
    private volatile boolean applicationStarted;

    JettyExchange(
            ProxyWasm host,
            ExchangeCounts counts,
            Handler application,
            Request raw,
            Response response,
            Callback callback) {
        this.counts = counts;
        this.application = application;
        this.raw = raw;
        this.head = RequestHead.of(raw);
        this.idleTimeouts = new IdleTimeouts(raw);
        HttpFields fields = raw.getHeaders();
        this.stream = host.newStream(new ConnectionFacts(raw), head.withHeaders(fields));
        this.requestFlow = new RequestFlow(this, raw, stream);
        this.response = response;
        this.completion = new Completion(callback, this::dropRest);
        ResponseMessage message = new ResponseMessage(this, new ResponseHead(raw, response), response, stream);
        this.responseFlow = new ResponseFlow(this, raw, response, message, completion);
    }

    /** Lets the request pass as far as it goes without waiting; tells whether this or a later task of the server answers it. */
    boolean handle() {
        counts.began();
        Request.addCompletionListener(raw, this::completed);
        raw.addFailureListener(this::lost);
        return !new Admission(this, raw, requestFlow).admit() || callApplication();
    }

    /** In a task of the server, after the request had to wait. */
    void startApplication() {
        if (!callApplication()) {
            answerNotFound();
        }
    }

    private boolean callApplication() {
        GuestRequest request = GuestRequest.of(this, raw, requestFlow, head, idleTimeouts);
        if (request == null) {
            LOG.warn("a filter rewrote {} to an address that this server does not accept", path());
            return answerNotFound();
        }
        GuestResponse guest = new GuestResponse(this, request, response, responseFlow);
        applicationStarted = true;
        completion.applicationStarts();
        try {
            boolean handled = application.handle(request, guest, guest);
            return handled || (!requestFlow.isUntouched() && writeError(request, HttpStatus.NOT_FOUND_404, null));
        } catch (Throwable thrown) {
            guest.failed(thrown);
            return true;
        }
    }

    private boolean answerNotFound() {
        return writeError(raw, HttpStatus.NOT_FOUND_404, null);
    }

    private boolean writeError(Request request, int status, @Nullable Throwable cause) {
        GuestResponse guest = new GuestResponse(this, request, response, responseFlow);
        Response.writeError(request, guest, guest, status, null, cause);
        return true;
    }

    /**
     * To be called by what the application calls, if that may push: before anything else, the lock included.
     *
     * @throws StackOverflowError if the application has left too little of its stack for that
     */
    void requireStack() {
        stream.requireStack();
    }

    /** Likewise for a write, which does not push if the headers are sent and no filter looks at bodies; the end may follow the last. */
    void requireStackToWrite(boolean last) {
        if (last || stream.wantsResponseBody() || !response.isCommitted()) {
            stream.requireStack();
        }
    }

    /** Runs something that uses the stream. */
    void update(Runnable use) {
        lock.lock();
        try {
            use.run();
        } finally {
            lock.unlock();
        }
    }

    /** Answers something of the stream. */
    <T extends @Nullable Object> T locked(Supplier<T> use) {
        lock.lock();
        try {
            return use.get();
        } finally {
            lock.unlock();
        }
    }

    /** Pushes something, unless the request is over. Under the lock. */
    Outcome push(Supplier<Outcome> part) {
        return closed ? new Outcome.Abort("the request is over") : part.get();
    }

    /** The outcome if a pause is over by now; otherwise null, and {@code then} is called later, in a task of the server. */
    @Nullable
    Outcome await(Outcome.Wait wait, Supplier<InvocationType> type, Consumer<Outcome> then) {
        counts.paused();
        idleTimeouts.pause();
        Outcome known = new Resumption(this, type, outcome -> {
                    resumed();
                    then.accept(outcome);
                })
                .begin(wait);
        if (known != null) {
            resumed();
        }
        return known;
    }

    private void resumed() {
        idleTimeouts.resume();
        counts.resumed();
    }

    /** Sends a response of the chain's own instead of the application's. */
    void answer(LocalResponse response) {
        responseFlow.answer(response);
    }

    /** Ends the exchange without a response. */
    void abort(String reason) {
        if (locked(() -> closed)) {
            return;
        }
        LOG.warn("{} {}: the filter chain aborted the exchange: {}", head.method(), path(), reason);
        responseFlow.abort(reason);
    }

    /** The request cannot be read to where the application could be called: the client has left, is silent, or sends nonsense. */
    void failRequest(Throwable failure) {
        if (failure instanceof HttpException invalid) {
            writeError(raw, invalid.getCode(), failure);
        } else if (failure instanceof TimeoutException) {
            writeError(raw, HttpStatus.REQUEST_TIMEOUT_408, failure);
        } else {
            completion.answered(failure);
        }
    }

    private String path() {
        return String.valueOf(raw.getHttpURI().getPath());
    }

    /** Threads for what goes on later; virtual ones if the server has them. */
    Executor executor() {
        return raw.getComponents().getExecutor();
    }

    /** Whether the connection can be used again when the chain has answered: what is left of the request is nothing or can be dropped. */
    boolean canGoOn() {
        return requestFlow.isRestShort();
    }

    /** The exchange has ended by an answer of the chain; Jetty is to know only when nothing is left of the request. */
    private void dropRest(Runnable then) {
        if (requestFlow.mayHaveRest()) {
            close();
            new UnwantedBody(raw, then).run();
        } else {
            then.run();
        }
    }

    boolean isApplicationStarted() {
        return applicationStarted;
    }

    /** Jetty knows that the client has left: what waits for a filter would otherwise wait on. */
    private void lost(Throwable failure) {
        requestFlow.lost(failure);
        responseFlow.lost(failure);
    }

    private void completed(@Nullable Throwable failure) {
        close();
        requestFlow.close();
    }

    private void close() {
        update(() -> {
            if (!closed) {
                closed = true;
                stream.close();
                counts.ended();
            }
        });
    }
}
