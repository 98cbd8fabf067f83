package dev.proxywasm.jetty;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The response that the application sees, and its way to say that it is done. */
final class GuestResponse extends Response.Wrapper implements Callback {

    private final JettyExchange exchange;
    private final ResponseFlow flow;
    private final AtomicBoolean failed = new AtomicBoolean();
    private @Nullable Supplier<HttpFields> trailers;
    private volatile @Nullable Throwable failure;

    /** The thread that is in {@link #write}, or null: then what cannot end here is refused to the application. */
    private volatile @Nullable Thread writing;

    /** The thread that ends the request, with stack enough also for the error page that it writes; or null. */
    private volatile @Nullable Thread ending;

    private boolean endsBehindWrite;

    GuestResponse(JettyExchange exchange, Request request, Response raw, ResponseFlow flow) {
        super(request, raw);
        this.exchange = exchange;
        this.flow = flow;
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
        if (ending != Thread.currentThread()) {
            exchange.requireStackToWrite(last);
        }
        Thread current = Thread.currentThread();
        Thread before = writing;
        writing = current;
        try {
            flow.write(last, content, callback);
        } finally {
            writing = before;
        }
        if (endsBehindWrite && before != current) {
            endsBehindWrite = false;
            end();
        }
    }

    @Override
    public void setStatus(int code) {
        if (flow.isOpen()) {
            super.setStatus(code);
        }
    }

    @Override
    public boolean isCommitted() {
        return !flow.isOpen();
    }

    @Override
    public boolean hasLastWrite() {
        return flow.hasLastWrite();
    }

    @Override
    public @Nullable Supplier<HttpFields> getTrailersSupplier() {
        return trailers;
    }

    @Override
    public void setTrailersSupplier(@Nullable Supplier<HttpFields> supplier) {
        trailers = supplier;
        flow.trailers(supplier);
    }

    @Override
    public void reset() {
        if (isCommitted()) {
            throw new IllegalStateException("the response has been committed");
        }
        super.reset();
        setTrailersSupplier(null);
    }

    @Override
    public void succeeded() {
        end();
    }

    @Override
    public void failed(Throwable cause) {
        failure = cause;
        end();
    }

    /**
     * Ends the request. Within a write, whose callback nobody calls twice, there may be too little left of the stack that was enough for the
     * write: then the request ends behind it.
     */
    private void end() {
        Thread current = Thread.currentThread();
        if (ending != current) {
            try {
                exchange.requireStack();
            } catch (StackOverflowError usedUp) {
                if (writing != current) {
                    throw usedUp;
                }
                endsBehindWrite = true;
                return;
            }
        }
        ending = current;
        try {
            endHere();
        } finally {
            ending = null;
        }
    }

    private void endHere() {
        Throwable cause = failure;
        failure = null; // an error page ends by a success
        if (cause == null) {
            flow.finish();
        } else {
            fail(cause);
        }
    }

    /** An error page goes through the chain like any other response, if there is still time for one. */
    private void fail(Throwable cause) {
        if (failed.compareAndSet(false, true) && flow.isOpen()) {
            Response.writeError(getRequest(), this, this, cause);
        } else {
            flow.fail(cause);
        }
    }

    /** The end of a request runs guests. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.BLOCKING;
    }
}
