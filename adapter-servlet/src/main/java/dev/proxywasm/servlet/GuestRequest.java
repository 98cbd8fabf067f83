package dev.proxywasm.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import jakarta.servlet.http.PushBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The request that the application sees, as it left the chain.
 *
 * <p>Methods of Servlet 6.1 have neither {@code @Override} nor a call of {@code super}, so that the class also loads on 6.0.
 */
@SuppressWarnings("MissingOverride")
final class GuestRequest extends HeaderedRequest {

    private static final String SENDFILE_SUPPORT = "org.apache.tomcat.sendfile.support";

    private final RequestFlow flow;
    private final RequestTarget target;
    private final RequestParameters parameters = new RequestParameters(this);
    private @Nullable String charset;
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;

    GuestRequest(ServletExchange exchange, HttpServletRequest raw, RequestFlow flow, RequestHeaders headers) {
        super(exchange, raw, headers);
        this.flow = flow;
        this.target = RequestTarget.of(headers, exchange.path(), raw);
    }

    /** Where the chain wants the request to go. */
    RequestTarget target() {
        return target;
    }

    /** Whether the application has asked for the body as such. */
    boolean isBodyTaken() {
        return stream != null || reader != null;
    }

    /** The body, from the chain if it went through it. */
    ServletInputStream openBody() throws IOException {
        return flow.ownsBody()
                ? new RequestBody(this, flow, exchange.passes().listenerCalls())
                : new UnfilteredBody(super.getInputStream(), exchange.passes().listenerCalls());
    }

    /** A forward of the application's own changes the query beneath this wrapper, and then that one counts. */
    @Override
    public @Nullable String getQueryString() {
        String present = super.getQueryString();
        boolean forwarded = !target.movesPath() && !Objects.equals(present, target.originalQuery());
        return forwarded || !target.movesQuery() ? present : target.query();
    }

    /** The query with which the request left the chain. */
    @Nullable
    String ownQuery() {
        return target.movesQuery() ? target.query() : exchange.query();
    }

    /** Whether the container cannot be asked what the query says: it knows another one, or looks for parts in a body that it does not have. */
    boolean ownsQuery() {
        return target.movesQuery() || (flow.ownsBody() && isOfType("multipart/form-data"));
    }

    boolean ownsForm() {
        return flow.ownsBody() && getMethod().equals("POST") && isOfType("application/x-www-form-urlencoded");
    }

    /** The parameters of that query and those of the form. */
    Map<String, String[]> withForm(Map<String, String[]> query) {
        return parameters.withForm(query);
    }

    /** Whether the application waits, by a listener, for more of the body. */
    boolean isAwaitingBody() {
        return stream instanceof RequestBody body && body.isAwaited();
    }

    /** Those of the query, and of that of a forward or include. */
    Map<String, String[]> containerParameters() {
        return super.getParameterMap();
    }

    private boolean isOfType(String mediaType) {
        String type = getContentType();
        return type != null && ContentType.parse(type).is(mediaType);
    }

    private boolean ownsParameters() {
        return ownsQuery() || ownsForm();
    }

    @Override
    public @Nullable String getParameter(String name) {
        if (!ownsParameters()) {
            return super.getParameter(name);
        }
        String[] values = parameters.values(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        if (!ownsParameters()) {
            return super.getParameterValues(name);
        }
        String[] values = parameters.values(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return ownsParameters() ? parameters.map() : super.getParameterMap();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return ownsParameters() ? Collections.enumeration(parameters.map().keySet()) : super.getParameterNames();
    }

    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        requireUnfilteredBody();
        return super.getParts();
    }

    @Override
    public @Nullable Part getPart(String name) throws IOException, ServletException {
        requireUnfilteredBody();
        return super.getPart(name);
    }

    private void requireUnfilteredBody() throws ServletException {
        if (flow.ownsBody()) {
            throw new ServletException(
                    "the parts of this request are not available, because a Proxy-Wasm plugin reads request bodies; "
                            + "keep the plugin away from this path with its 'match', or parse getInputStream() in the application");
        }
    }

    @Override
    public @Nullable String getCharacterEncoding() {
        if (charset != null) {
            return charset;
        }
        String type = getContentType();
        String named = type == null ? null : ContentType.parse(type).charset();
        return named == null ? getServletContext().getRequestCharacterEncoding() : named;
    }

    @Override
    public void setCharacterEncoding(String name) throws UnsupportedEncodingException {
        if (reader != null || parameters.areRead()) {
            return;
        }
        if (!isSupported(name)) {
            throw new UnsupportedEncodingException(name);
        }
        super.setCharacterEncoding(name);
        charset = name;
    }

    private static boolean isSupported(String charset) {
        try {
            return Charset.isSupported(charset);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }

    public void setCharacterEncoding(Charset value) {
        try {
            setCharacterEncoding(value.name());
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("the container does not know the charset " + value, e);
        }
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (reader != null) {
            throw new IllegalStateException("getReader() has been called for this request");
        }
        if (stream == null) {
            stream = openBody();
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (stream != null) {
            throw new IllegalStateException("getInputStream() has been called for this request");
        }
        if (reader == null) {
            String name = getCharacterEncoding();
            reader = new BufferedReader(new InputStreamReader(openBody(), name == null ? "ISO-8859-1" : name));
        }
        return reader;
    }

    @Override
    public boolean isTrailerFieldsReady() {
        return flow.ownsBody() ? flow.isFinished() : super.isTrailerFieldsReady();
    }

    @Override
    public Map<String, String> getTrailerFields() {
        if (!flow.ownsBody()) {
            return super.getTrailerFields();
        }
        if (!flow.isFinished()) {
            throw new IllegalStateException("the trailers come after the body, which has not been read to its end");
        }
        return flow.trailers();
    }

    /** Tomcat offers to send a file by itself, behind all filters. */
    @Override
    public @Nullable Object getAttribute(String name) {
        return name.equals(SENDFILE_SUPPORT) ? null : super.getAttribute(name);
    }

    /** Drops what the application has written before a forward; some containers only look at their own buffer. */
    @Override
    public @Nullable RequestDispatcher getRequestDispatcher(String path) {
        RequestDispatcher dispatcher = super.getRequestDispatcher(path);
        return dispatcher == null ? null : new Dispatcher(dispatcher, exchange.response());
    }

    private record Dispatcher(RequestDispatcher dispatcher, GuestResponse own) implements RequestDispatcher {

        @Override
        public void forward(ServletRequest request, ServletResponse response) throws ServletException, IOException {
            own.resetBuffer();
            dispatcher.forward(request, response == own ? ForwardedResponse.of(own) : response);
        }

        @Override
        public void include(ServletRequest request, ServletResponse response) throws ServletException, IOException {
            dispatcher.include(request, response);
        }
    }

    /** None: a pushed response would pass by the chain. */
    @Override
    @SuppressWarnings("deprecation")
    public @Nullable PushBuilder newPushBuilder() {
        return null;
    }

    /** Binds the wrappers, which the container would leave out. */
    @Override
    public AsyncContext startAsync() {
        return exchange.passes().startAsync(super.startAsync(this, exchange.response()), true);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        boolean originals = request == this && response == exchange.response();
        return exchange.passes().startAsync(super.startAsync(request, response), originals);
    }

    @Override
    public AsyncContext getAsyncContext() {
        return exchange.passes().asyncContext(super.getAsyncContext());
    }
}
