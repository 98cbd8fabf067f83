package dev.proxywasm.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/**
 * The context of an asynchronous request that releases the response before it completes: afterwards, containers let nothing more be written.
 *
 * <p>Whatever may block does so in the thread that calls {@link #complete()}.
 */
final class AsyncCompletion implements AsyncContext {

    private final AsyncContext raw;
    private final ServletExchange exchange;
    private final boolean originals;

    /**
     * Over the container's context.
     *
     * @param originals whether the application asked for the request and response that it was given, and thus got our wrappers
     */
    AsyncCompletion(AsyncContext raw, ServletExchange exchange, boolean originals) {
        this.raw = raw;
        this.exchange = exchange;
        this.originals = originals;
        raw.addListener(new Cleanup(exchange));
    }

    /** Whether this is over that context; containers may hand out one object again and again. */
    boolean isOver(AsyncContext other) {
        return raw == other;
    }

    @Override
    public void complete() {
        exchange.requireStack();
        try {
            exchange.complete();
        } finally {
            raw.complete();
        }
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return originals;
    }

    @Override
    public void dispatch() {
        raw.dispatch();
    }

    @Override
    public void dispatch(String path) {
        raw.dispatch(path);
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        raw.dispatch(context, path);
    }

    @Override
    public void start(Runnable task) {
        raw.start(task);
    }

    @Override
    public ServletRequest getRequest() {
        return raw.getRequest();
    }

    @Override
    public ServletResponse getResponse() {
        return raw.getResponse();
    }

    @Override
    public void addListener(AsyncListener listener) {
        raw.addListener(new Listener(listener, this));
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        raw.addListener(new Listener(listener, this), request, response);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return raw.createListener(type);
    }

    @Override
    public void setTimeout(long timeoutMillis) {
        raw.setTimeout(timeoutMillis);
    }

    @Override
    public long getTimeout() {
        return raw.getTimeout();
    }

    /** An application's listener, which must not get at the container's context through the event. */
    private record Listener(AsyncListener listener, AsyncCompletion context) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            listener.onComplete(ours(event));
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            listener.onTimeout(ours(event));
        }

        @Override
        public void onError(AsyncEvent event) throws IOException {
            listener.onError(ours(event));
        }

        @Override
        public void onStartAsync(AsyncEvent event) throws IOException {
            listener.onStartAsync(ours(event));
        }

        private AsyncEvent ours(AsyncEvent event) {
            return new AsyncEvent(
                    context, event.getSuppliedRequest(), event.getSuppliedResponse(), event.getThrowable());
        }
    }

    /** Sees to it that the exchange ends, however the request does. */
    private record Cleanup(ServletExchange exchange) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            exchange.completed();
        }

        /** An application's listener may still answer; if none does, the container will. */
        @Override
        public void onTimeout(AsyncEvent event) {
            exchange.leaveToContainer();
        }

        @Override
        public void onError(AsyncEvent event) {
            exchange.leaveToContainer();
        }

        /** Containers drop listeners when a request becomes asynchronous again. */
        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
