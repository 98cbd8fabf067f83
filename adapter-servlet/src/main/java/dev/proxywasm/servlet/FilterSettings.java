package dev.proxywasm.servlet;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.ProxyWasmConfig;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;

final class FilterSettings {
    private FilterSettings() {}

    static ProxyWasmConfig read(FilterConfig config) {
        throw new ConfigurationException("not there yet");
    }

    static ClassLoader classLoader(ServletContext context) {
        return context.getClassLoader();
    }
}
