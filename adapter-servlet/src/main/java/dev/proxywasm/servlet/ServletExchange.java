package dev.proxywasm.servlet;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.Outcome;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through the chain, the application and the chain again.
 *
 * <p>Where the request may be dispatched again, for an error or because it became asynchronous, the exchange lives on in an attribute of it,
 * and moves from thread to thread with it. It is closed when the request's pass through the filter ends or, if that left the request
 * asynchronous, when the container completes it.
 */
final class ServletExchange {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.servlet");
    private static final int PAGE_TIMEOUT_MILLIS = 1000;

    private final String attribute;
    private final ScheduledExecutorService timer;
    private final HttpServletRequest rawRequest;
    private final HttpServletResponse rawResponse;
    private final String authority;
    private final String path;
    private final String method;
    private final String scheme;
    private final HttpStream stream;
    private final RequestFlow requestFlow;
    private final ResponseFlow responseFlow;
    private final GuestResponse response;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean pageBegun = new AtomicBoolean();
    private final Passes passes = new Passes(this);
    private @Nullable GuestRequest request;
    private volatile boolean leftToContainer;

    /**
     * Over the container's request and response.
     *
     * @param stream through the filters, which are some
     * @param headers what the stream was opened with: the pseudo-headers
     * @param attribute of the request, in which the filter finds the exchange again
     * @param timer for error pages that do not come
     */
    ServletExchange(
            HttpStream stream,
            HeaderMap headers,
            HttpServletRequest rawRequest,
            HttpServletResponse rawResponse,
            String attribute,
            ScheduledExecutorService timer) {
        this.attribute = attribute;
        this.timer = timer;
        this.rawRequest = rawRequest;
        this.rawResponse = rawResponse;
        this.authority = headers.value(RequestHead.AUTHORITY);
        this.path = headers.value(RequestHead.PATH);
        this.method = headers.value(RequestHead.METHOD);
        this.scheme = headers.value(RequestHead.SCHEME);
        this.stream = stream;
        this.requestFlow = new RequestFlow(this, rawRequest, stream, headers);
        this.responseFlow = new ResponseFlow(this, rawResponse, stream, isHead());
        this.response = newResponse(rawResponse);
    }

    private GuestResponse newResponse(HttpServletResponse raw) {
        return new GuestResponse(this, rawRequest, raw, responseFlow);
    }

    /** Whether a request is on its way through the filter already, as where the filter is mapped twice. */
    static boolean isPassing(ServletRequest request, String attribute) {
        ServletRequest present = request;
        while (present instanceof ServletRequestWrapper wrapper) {
            if (wrapper instanceof GuestRequest guest && guest.exchange.attribute.equals(attribute)) {
                return true;
            }
            present = wrapper.getRequest();
        }
        return false;
    }

    /** Has the filter find this exchange when the container dispatches the request again. */
    void expectDispatch() {
        rawRequest.setAttribute(attribute, this);
    }

    /** The whole life of the request, but for what goes on asynchronously. */
    void run(FilterChain chain) throws IOException, ServletException {
        boolean goesOn = false;
        try {
            if (requestFlow.admit()) {
                RequestHeaders headers = new RequestHeaders(requestFlow.takeHeaders(), rawRequest);
                GuestRequest admitted = new GuestRequest(this, rawRequest, requestFlow, headers);
                request = admitted;
                goesOn = pass(behindChain(admitted, chain), admitted, response);
            }
        } finally {
            if (!goesOn) {
                end();
            }
        }
    }

    /** A pass after {@code AsyncContext.dispatch()}: the application goes on. */
    void resume(FilterChain chain, ServletRequest given, ServletResponse givenResponse)
            throws IOException, ServletException {
        boolean wrapped = wraps(given, request);
        passes.dispatch();
        boolean goesOn = false;
        try {
            goesOn = pass(chain, wrapped ? given : request, wrapped ? givenResponse : response);
        } finally {
            if (!goesOn) {
                end();
            }
        }
    }

    /**
     * The container dispatches to its page of an error. What the chain has not seen of that response yet passes through it: all of it
     * after an asynchronous failure, otherwise the body.
     */
    void sendErrorPage(FilterChain chain, HttpServletRequest given, HttpServletResponse givenResponse)
            throws IOException, ServletException {
        requireStack(); // Undertow dispatches within sendError, and thus from as deep within the application
        HttpServletResponse container = behindOurs(givenResponse);
        boolean wanted = pageBegun.compareAndSet(false, true)
                && !closed.get()
                && !container.isCommitted()
                && (responseFlow.awaitsPage() || responseFlow.isOpen());
        responseFlow.openPage();
        GuestRequest admitted = request;
        HttpServletRequest seen = admitted == null || wraps(given, admitted) ? given : new PageRequest(given, admitted);
        if (!wanted) {
            chain.doFilter(seen, container);
            return;
        }
        passes.dispatch();
        try {
            GuestResponse page = newResponse(container);
            page.setStatus(container.getStatus());
            chain.doFilter(seen, page);
            page.finish();
        } finally {
            close();
        }
    }

    /** After an asynchronous start, Undertow hands back our own response, through which nothing more passes, and insists on a wrapper of it. */
    private HttpServletResponse behindOurs(HttpServletResponse given) {
        if (given != response) {
            return given;
        }
        return new HttpServletResponseWrapper(rawResponse) {
            @Override
            public ServletResponse getResponse() {
                return response;
            }
        };
    }

    /** Does what the chain says; false if it answered instead of letting the message go on. */
    boolean obey(Outcome outcome) throws IOException {
        Outcome settled = settled(outcome);
        if (settled instanceof Outcome.Reply reply) {
            responseFlow.answer(reply.response(), requestFlow.dropRest());
            return false;
        }
        if (settled instanceof Outcome.Abort abort) {
            LOG.warn(
                    "{} {}: the filter chain aborted the exchange: {}",
                    method,
                    rawRequest.getRequestURI(),
                    abort.reason());
            responseFlow.abort(abort.reason());
            return false;
        }
        return true;
    }

    private static Outcome settled(Outcome outcome) {
        Outcome settled = outcome;
        while (settled instanceof Outcome.Wait wait) {
            try {
                settled = wait.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Outcome.Abort("the request's thread was interrupted while a filter paused");
            }
        }
        return settled;
    }

    /** Runs the application and settles the response; tells whether the request goes on asynchronously. */
    private boolean pass(FilterChain application, @Nullable ServletRequest passed, ServletResponse passedResponse)
            throws IOException, ServletException {
        passes.begin();
        try {
            application.doFilter(passed, passedResponse);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            boolean goesOn = passes.end();
            if (AnsweredByChainException.caused(e) && responseFlow.isEnded()) {
                passes.releaseListeners();
                return goesOn;
            }
            settleFailure(e);
            throw e;
        }
        if (passes.end()) {
            passes.releaseListeners();
            return true;
        }
        response.finish();
        return false;
    }

    private void settleFailure(Throwable thrown) {
        expectDispatch();
        try {
            response.fail(thrown);
        } catch (IOException | RuntimeException e) {
            thrown.addSuppressed(e);
        }
    }

    /** The application, or a forward within it if a filter moved the path. */
    private FilterChain behindChain(GuestRequest admitted, FilterChain chain) {
        return admitted.target().movesPath() ? (passed, given) -> forward(admitted) : chain;
    }

    private void forward(GuestRequest admitted) throws IOException, ServletException {
        String path = admitted.target().withinContext(rawRequest.getContextPath());
        RequestDispatcher dispatcher = path == null ? null : rawRequest.getRequestDispatcher(path);
        if (dispatcher == null) {
            LOG.warn(
                    "a filter rewrote {} to {}, which is no path of this application",
                    rawRequest.getRequestURI(),
                    admitted.target().path());
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            dispatcher.forward(admitted, ForwardedResponse.of(response));
        }
    }

    GuestResponse response() {
        return response;
    }

    Passes passes() {
        return passes;
    }

    /** To be called before anything else by what the application calls, if that may end the exchange. */
    void requireStack() {
        stream.requireStack();
    }

    /** The application has completed the request: what it left behind goes out first, or behind the pass that it does this in. */
    void complete() {
        if (passes.completeWithin()) {
            return;
        }
        GuestRequest admitted = request;
        if (admitted != null && admitted.isAwaitingBody()) {
            responseFlow.endConnection();
        }
        try {
            response.finish();
        } catch (IOException e) {
            LOG.debug("{} {}: the response could not be completed", method, rawRequest.getRequestURI(), e);
        } finally {
            end();
        }
    }

    /** The container makes the response, unless the application still does. */
    void leaveToContainer() {
        leftToContainer = true;
    }

    /** The container has completed the request: only a dispatch that passed by the filter has left something behind. */
    void completed() {
        if (leftToContainer || closed.get()) {
            close();
        } else {
            complete();
        }
    }

    /**
     * Closes, unless the container is going to send an error page whose body the chain waits for. Whether there is one, the container does
     * not tell; it begins at once or never.
     */
    private void end() {
        if (responseFlow.awaitsPage() && !pageBegun.get()) {
            ScheduledFuture<?> unused = timer.schedule(this::giveUpPage, PAGE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            close();
        }
    }

    private void giveUpPage() {
        if (pageBegun.compareAndSet(false, true)) {
            close();
        }
    }

    boolean isClosed() {
        return closed.get();
    }

    private void close() {
        if (closed.compareAndSet(false, true)) {
            stream.close();
        }
    }

    private static boolean wraps(ServletRequest given, @Nullable ServletRequest wanted) {
        ServletRequest present = given;
        while (present != wanted && present instanceof ServletRequestWrapper wrapper) {
            present = wrapper.getRequest();
        }
        return present == wanted;
    }

    /** What the client sent. */
    String authority() {
        return authority;
    }

    /** What the client sent, with its query. */
    String path() {
        return path;
    }

    /** What the client sent, without its question mark; null if there is none. */
    @Nullable
    String query() {
        int mark = path.indexOf('?');
        return mark < 0 ? null : path.substring(mark + 1);
    }

    /** What the client sent. */
    String method() {
        return method;
    }

    /** What the client sent. */
    String scheme() {
        return scheme;
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    boolean supportsTrailers() {
        return !rawRequest.getProtocol().equals("HTTP/1.0");
    }

    boolean isHttp1() {
        return rawRequest.getProtocol().startsWith("HTTP/1");
    }
}
