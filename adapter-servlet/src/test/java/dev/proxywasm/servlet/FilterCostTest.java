package dev.proxywasm.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the filter allocates for a request, in front of a container that allocates nothing. */
class FilterCostTest {

    /** The headers twice in each direction, the wrappers, and the stream with its plugin: 1,936 when it was written. */
    private static final int BYTES_PER_REQUEST = 2200;

    /** The pseudo-headers, and a stream that is closed again: 760 when it was written, 864 since each direction knows how far a part has come. */
    private static final int BYTES_PER_UNWANTED_REQUEST = 900;

    /** A plugin that does nothing, and is never entered. */
    private static final String IDLE =
            """
            (module
              (memory (export "memory") 1)
              (func (export "malloc") (param i32) (result i32) (i32.const 1024))
              (func (export "proxy_abi_version_0_2_1")))
            """;

    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 2000;
    private static final byte[] BODY = "hello world".getBytes(StandardCharsets.US_ASCII);

    private final StillRequest request = new StillRequest();
    private final StillResponse response = new StillResponse();

    @Test
    void allocatesNoMoreForARequestThanIsDocumented(@TempDir Path directory) throws Exception {
        Path module = Files.writeString(directory.resolve("idle.wat"), IDLE);
        PluginConfig idle = PluginConfig.builder("idle", module.toString()).build();
        assertThat(bytesPerRequest(List.of(idle))).isLessThan(BYTES_PER_REQUEST);
    }

    @Test
    void allocatesNextToNothingForARequestThatNoPluginIsFor() throws Exception {
        assertThat(bytesPerRequest(List.of())).isLessThan(BYTES_PER_UNWANTED_REQUEST);
    }

    private long bytesPerRequest(List<PluginConfig> plugins) throws IOException, ServletException {
        ProxyWasmConfig config = new ProxyWasmConfig(true, plugins, Path.of(""));
        try (ProxyWasm host = ProxyWasm.builder().config(config).start()) {
            ProxyWasmFilter filter = new ProxyWasmFilter(host);
            repeat(WARM_UP, filter);
            long before = allocated();
            repeat(MEASURED, filter);
            long bytes = (allocated() - before) / MEASURED;
            assertThat(response.headers()).isEqualTo(1);
            assertThat(response.length()).isEqualTo(BODY.length);
            assertThat(response.bytes()).isEqualTo(BODY.length);
            return bytes;
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
