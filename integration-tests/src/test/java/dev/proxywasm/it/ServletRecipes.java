package dev.proxywasm.it;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.servlet.ProxyWasmFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** What docs/SERVLET.md shows, line by line. */
final class ServletRecipes {

    private ServletRecipes() {}

    static void code(ServletContext servletContext, ProxyWasmConfig config) {
        FilterRegistration.Dynamic filter = servletContext.addFilter("proxy-wasm", new ProxyWasmFilter(config));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR), false, "/*");
    }

    static void embeddedJetty(ServletContextHandler context, ProxyWasmConfig config) {
        FilterHolder filter = new FilterHolder(new ProxyWasmFilter(config));
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
    }

    static Filter filter(ProxyWasmConfig config) {
        Filter filter = new ProxyWasmFilter(config);
        return filter;
    }

    static ProxyWasm services(ProxyWasmConfig config, InstantSource clock, Consumer<Filter> server) {
        ProxyWasm host = ProxyWasm.builder().config(config).clock(clock).start();
        Filter filter = new ProxyWasmFilter(host);
        server.accept(filter);
        return host;
    }
}
