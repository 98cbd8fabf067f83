package dev.proxywasm.servlet;

import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.ProxyWasmException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers a {@link ProxyWasmFilter} for all requests of a web application that has a configuration and no such filter.
 *
 * <p>A configuration is a {@code proxy-wasm.yaml} in {@code /WEB-INF} or on the class path, or the properties {@code proxy-wasm.config} or
 * {@code proxy-wasm.plugins}. The container calls this; nothing else need do so.
 */
public final class SelfRegistration implements ServletContainerInitializer {

    private static final String FILTER = "proxy-wasm";

    /** For the container. */
    public SelfRegistration() {}

    /**
     * Registers the filter in front of those that the web.xml maps.
     *
     * @throws ServletException with the message of the configuration error
     */
    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        if (countFilters(context) > 0 || !isConfigured(context)) {
            return;
        }
        FilterRegistration.Dynamic registration = context.addFilter(FILTER, ProxyWasmFilter.selfRegistered());
        if (registration == null) {
            throw new ServletException("Proxy-Wasm cannot register its filter: another one is named '" + FILTER
                    + "'; rename that one, or register " + ProxyWasmFilter.class.getName() + " in the web.xml");
        }
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR), false, "/*");
    }

    /** How many filters of this kind are registered, by whomever. */
    static long countFilters(ServletContext context) {
        return context.getFilterRegistrations().values().stream()
                .filter(filter -> ProxyWasmFilter.class.getName().equals(filter.getClassName()))
                .count();
    }

    private static boolean isConfigured(ServletContext context) throws ServletException {
        try {
            ProxyWasmConfig config = new FilterSettings(context).find();
            return config != null && config.enabled();
        } catch (ProxyWasmException | IllegalArgumentException e) {
            throw new ServletException("Proxy-Wasm cannot start: " + e.getMessage(), e);
        }
    }
}
