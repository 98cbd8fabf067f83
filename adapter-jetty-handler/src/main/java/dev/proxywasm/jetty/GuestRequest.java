package dev.proxywasm.jetty;

import dev.proxywasm.http.HeaderMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The request that the application sees, as it left the chain. */
final class GuestRequest extends Request.Wrapper {

    private final RequestFlow flow;
    private final IdleTimeouts idleTimeouts;
    private final String method;
    private final HttpURI uri;
    private final HttpFields fields;

    private GuestRequest(
            Request raw, RequestFlow flow, IdleTimeouts idleTimeouts, String method, HttpURI uri, HttpFields fields) {
        super(raw);
        this.flow = flow;
        this.idleTimeouts = idleTimeouts;
        this.method = method;
        this.uri = uri;
        this.fields = fields;
    }

    /** Null if the chain wants it to go where no client may. */
    static @Nullable GuestRequest of(
            JettyExchange exchange, Request raw, RequestFlow flow, RequestHead head, IdleTimeouts idleTimeouts) {
        return exchange.locked(() -> {
            HeaderMap headers = flow.takeHeaders();
            HttpURI uri = RequestTarget.of(headers, head, raw);
            if (uri == null) {
                return null;
            }
            String method = headers.get(":method");
            HttpFields fields = fields(headers, head, raw.getHeaders());
            return new GuestRequest(raw, flow, idleTimeouts, method == null ? head.method() : method, uri, fields);
        });
    }

    /** With a Host header if the client sent one, or a filter has made another. */
    private static HttpFields fields(HeaderMap headers, RequestHead head, HttpFields original) {
        HttpFields.Mutable fields = HttpFields.build();
        String authority = RequestTarget.changed(headers, ":authority", head.authority());
        if (authority != null) {
            fields.add(HttpHeader.HOST, authority);
        } else if (original.contains(HttpHeader.HOST)) {
            fields.add(original.getField(HttpHeader.HOST));
        }
        return fields.add(Fields.toFields(headers)).asImmutable();
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public HttpURI getHttpURI() {
        return uri;
    }

    @Override
    public HttpFields getHeaders() {
        return fields;
    }

    @Override
    public boolean isSecure() {
        return HttpScheme.HTTPS.is(uri.getScheme());
    }

    @Override
    public long getLength() {
        return flow.ownsBody() ? fields.getLongField(HttpHeader.CONTENT_LENGTH) : super.getLength();
    }

    @Override
    public Content.@Nullable Chunk read() {
        return flow.read();
    }

    @Override
    public void demand(Runnable demandCallback) {
        flow.demand(demandCallback);
    }

    @Override
    public @Nullable HttpFields getTrailers() {
        return flow.trailers();
    }

    @Override
    public void addIdleTimeoutListener(Predicate<TimeoutException> onIdleTimeout) {
        idleTimeouts.addApplicationListener(onIdleTimeout);
    }
}
