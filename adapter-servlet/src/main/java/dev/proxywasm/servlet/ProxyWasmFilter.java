package dev.proxywasm.servlet;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.ProxyWasmException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
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
    private @Nullable ProxyWasm host;

    /** For a container, which calls {@link #init} with the init-params. */
    public ProxyWasmFilter() {
        this.config = null;
        this.owner = true;
    }

    /** Over a host of that configuration, started by {@link #init} and closed by {@link #destroy}. */
    public ProxyWasmFilter(ProxyWasmConfig config) {
        this.config = Objects.requireNonNull(config, "config");
        this.owner = true;
    }

    /** Over a host that the caller has started, owns and closes, after the filter is out of use. */
    public ProxyWasmFilter(ProxyWasm host) {
        this.config = null;
        this.host = Objects.requireNonNull(host, "host");
        this.owner = false;
    }

    /**
     * Starts the plugins, unless the filter was given a running host.
     *
     * @throws ServletException with the message of the configuration or load error, which names the plugin, the place and the cure
     */
    @Override
    public void init(FilterConfig filterConfig) throws ServletException {
        if (host != null) {
            return;
        }
        try {
            ProxyWasmConfig found = config == null ? FilterSettings.read(filterConfig) : config;
            host = ProxyWasm.start(found, FilterSettings.classLoader(filterConfig.getServletContext()));
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
        Object known = request.getAttribute(attribute);
        if (known instanceof ServletExchange exchange && request.getDispatcherType() == DispatcherType.ASYNC) {
            exchange.resume(chain, request, response);
        } else if (known == null
                && request.getDispatcherType() == DispatcherType.REQUEST
                && request instanceof HttpServletRequest httpRequest
                && response instanceof HttpServletResponse httpResponse) {
            ServletExchange exchange = new ServletExchange(started(), httpRequest, httpResponse);
            request.setAttribute(attribute, exchange);
            exchange.run(chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Stops the plugins that {@link #init} has started. */
    @Override
    public void destroy() {
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
