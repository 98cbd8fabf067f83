package dev.proxywasm.servlet;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.ProxyWasmException;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests and responses of a web application through Proxy-Wasm plugins.
 *
 * <p>Map it in front of everything that the plugins are to see, for the dispatcher types REQUEST, ASYNC and ERROR, with
 * {@code async-supported}. Each request passes through the plugins once, however often it is dispatched.
 *
 * <p>What the plugins are comes from the constructor or, for the constructor without arguments, from the init-params, a
 * {@code proxy-wasm.yaml} or MicroProfile Config: see the package.
 */
public final class ProxyWasmFilter implements Filter {

    private static final AtomicLong INSTANCES = new AtomicLong();

    private final String attribute = ProxyWasmFilter.class.getName() + ".exchange." + INSTANCES.incrementAndGet();
    private final @Nullable ProxyWasmConfig config;
    private final boolean owner;
    private final boolean selfRegistered;
    private final ScheduledThreadPoolExecutor timer = newTimer();
    private boolean standsDown;
    private @Nullable ProxyWasm host;

    /** For a container, which calls {@link #init} with the init-params. */
    public ProxyWasmFilter() {
        this(null, null, false);
    }

    /** Over a host of that configuration, started by {@link #init} and closed by {@link #destroy}. */
    public ProxyWasmFilter(ProxyWasmConfig config) {
        this(Objects.requireNonNull(config, "config"), null, false);
    }

    /** Over a host that the caller has started, owns and closes, after the filter is out of use. */
    public ProxyWasmFilter(ProxyWasm host) {
        this(null, Objects.requireNonNull(host, "host"), false);
    }

    private ProxyWasmFilter(@Nullable ProxyWasmConfig config, @Nullable ProxyWasm host, boolean selfRegistered) {
        this.config = config;
        this.host = host;
        this.owner = host == null;
        this.selfRegistered = selfRegistered;
    }

    /** Has a thread only while it has something to do. */
    private static ScheduledThreadPoolExecutor newTimer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "proxy-wasm-error-pages");
            thread.setDaemon(true);
            return thread;
        });
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    /** A filter that nobody asked for by name: it stands down if another one is registered after it. */
    static ProxyWasmFilter selfRegistered() {
        return new ProxyWasmFilter(null, null, true);
    }

    /**
     * Starts the plugins, unless the filter was given a running host.
     *
     * @throws ServletException with the message of the configuration or load error, which names the plugin, the place and the cure
     */
    @Override
    public void init(FilterConfig filterConfig) throws ServletException {
        ServletContext context = filterConfig.getServletContext();
        standsDown = selfRegistered && SelfRegistration.countFilters(context) > 1;
        if (host != null || standsDown) {
            return;
        }
        try {
            ProxyWasmConfig fixed = config;
            FilterSettings settings = new FilterSettings(context);
            host = ProxyWasm.builder()
                    .config(() -> fixed == null ? settings.read(filterConfig) : fixed)
                    .classLoader(ApplicationClasses.of(context))
                    .start();
        } catch (ProxyWasmException | IllegalArgumentException e) {
            throw new ServletException(
                    "Proxy-Wasm filter '" + filterConfig.getFilterName() + "' cannot start: " + e.getMessage(), e);
        }
    }

    /**
     * Lets a request pass through the plugins, or lets a plugin answer it.
     *
     * <p>Blocks while a plugin pauses. An exception of the application is rethrown unchanged, after the plugins have seen the response.
     */
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (standsDown) {
            chain.doFilter(request, response);
            return;
        }
        DispatcherType dispatch = request.getDispatcherType();
        Object known = dispatch == DispatcherType.REQUEST ? null : request.getAttribute(attribute);
        if (known instanceof ServletExchange exchange && dispatch == DispatcherType.ASYNC) {
            exchange.resume(chain, request, response);
        } else if (known instanceof ServletExchange exchange
                && dispatch == DispatcherType.ERROR
                && request instanceof HttpServletRequest httpRequest
                && response instanceof HttpServletResponse httpResponse) {
            exchange.sendErrorPage(chain, httpRequest, httpResponse);
        } else if (dispatch == DispatcherType.REQUEST
                && request instanceof HttpServletRequest httpRequest
                && response instanceof HttpServletResponse httpResponse
                && !ServletExchange.isPassing(request, attribute)) {
            begin(httpRequest, httpResponse, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** A request that no plugin is for goes by untouched. */
    private void begin(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HeaderMap headers = RequestHead.pseudoHeaders(request);
        HttpStream stream = started().newStream(new ExchangeFacts(request), headers);
        if (!stream.hasFilters()) {
            stream.close();
            chain.doFilter(request, response);
            return;
        }
        new ServletExchange(stream, headers, request, response, attribute, timer).run(chain);
    }

    /** Stops the plugins that {@link #init} has started. */
    @Override
    public void destroy() {
        timer.shutdown();
        ProxyWasm present = host;
        if (owner && present != null) {
            host = null;
            present.close();
        }
    }

    private ProxyWasm started() {
        ProxyWasm present = host;
        if (present == null) {
            throw new IllegalStateException("the Proxy-Wasm filter is used before init() or after destroy()");
        }
        return present;
    }
}
