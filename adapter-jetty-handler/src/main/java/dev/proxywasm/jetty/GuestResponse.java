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

    private final ResponseFlow flow;
    private final AtomicBoolean failed = new AtomicBoolean();
    private @Nullable Supplier<HttpFields> trailers;

    GuestResponse(Request request, Response raw, ResponseFlow flow) {
        super(request, raw);
        this.flow = flow;
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
        flow.write(last, content, callback);
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
        flow.finish();
    }

    /** An error page goes through the chain like any other response, if there is still time for one. */
    @Override
    public void failed(Throwable cause) {
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
