package dev.proxywasm.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.Test;

/** A request that meets the filter again on its way to the application. */
class MappedTwiceTest {

    private final ScriptedHost host = new ScriptedHost();
    private final ProxyWasmFilter filter = new ProxyWasmFilter(host);
    private final StillRequest request = new StillRequest();
    private final StillResponse response = new StillResponse();

    @Test
    void passesThePluginsOnce() throws Exception {
        FilterChain again = (passed, wrapped) -> filter.doFilter(passed, wrapped, MappedTwiceTest::nothing);
        filter.doFilter(request.again(), response.again(), again);
        assertThat(host.streams).hasSize(1);
    }

    @Test
    void passesThePluginsOnceHoweverItIsWrapped() throws Exception {
        FilterChain again = (passed, wrapped) -> filter.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) passed), wrapped, MappedTwiceTest::nothing);
        filter.doFilter(request.again(), response.again(), again);
        assertThat(host.streams).hasSize(1);
    }

    @Test
    void passesThePluginsOfEachFilter() throws Exception {
        ScriptedHost other = new ScriptedHost();
        FilterChain next =
                (passed, wrapped) -> new ProxyWasmFilter(other).doFilter(passed, wrapped, MappedTwiceTest::nothing);
        filter.doFilter(request.again(), response.again(), next);
        assertThat(host.streams).hasSize(1);
        assertThat(other.streams).hasSize(1);
    }

    private static void nothing(Object request, Object response) {
        // The application answers with an empty body.
    }
}
