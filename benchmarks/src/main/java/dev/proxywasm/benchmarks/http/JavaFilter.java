package dev.proxywasm.benchmarks.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What bench-filter.wat does, written as anybody would for one application. */
final class JavaFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(JavaFilter.class);

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest incoming = (HttpServletRequest) request;
        String path = incoming.getRequestURI();
        String agent = incoming.getHeader("user-agent");
        String bench = incoming.getHeader("x-bench");
        LOG.info("java-filter: request seen");
        LOG.trace("{} {} {}", path, agent, bench);
        ((HttpServletResponse) response).addHeader("x-wasm-response", "bench");
        chain.doFilter(new AddedHeaderRequest(incoming, "x-wasm-request", "bench"), response);
    }
}
