package dev.proxywasm.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the filter allocates for a request, before a container that allocates nothing and over a chain without plugins. */
class FilterCostTest {

    /** The headers twice in each direction, the wrappers, and the stream of an empty chain: 1,904 when it was written. */
    private static final int BYTES_PER_REQUEST = 2200;

    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 2000;
    private static final byte[] BODY = "hello world".getBytes(StandardCharsets.US_ASCII);

    private final StillRequest request = new StillRequest();
    private final StillResponse response = new StillResponse();

    @Test
    void allocatesNoMoreForARequestThanIsDocumented() throws Exception {
        ProxyWasmConfig nothing = new ProxyWasmConfig(true, List.of(), Path.of(""));
        try (ProxyWasm host = ProxyWasm.builder().config(nothing).start()) {
            ProxyWasmFilter filter = new ProxyWasmFilter(host);
            repeat(WARM_UP, filter);
            long before = allocated();
            repeat(MEASURED, filter);
            assertThat((allocated() - before) / MEASURED).isLessThan(BYTES_PER_REQUEST);
            assertThat(response.headers()).isEqualTo(1);
            assertThat(response.length()).isEqualTo(BODY.length);
            assertThat(response.bytes()).isEqualTo(BODY.length);
        }
    }

    private void repeat(int times, ProxyWasmFilter filter) throws IOException, ServletException {
        FilterChain application =
                (passed, wrapped) -> answer((HttpServletRequest) passed, (HttpServletResponse) wrapped);
        for (int i = 0; i < times; i++) {
            filter.doFilter(request.again(), response.again(), application);
        }
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setContentLength(BODY.length);
        response.setHeader("X-Agent", String.valueOf(request.getHeader("user-agent")));
        response.getOutputStream().write(BODY);
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
