package dev.proxywasm.internal.hostcall;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the author of a filter reads when the logger of hostcalls is at TRACE: one whole request, from the start of the plugin on. */
class WholeRequestTraceTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.proxywasm.hostcall");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
        logger.setLevel(Level.TRACE);
    }

    @AfterEach
    void stopListening() {
        logger.setLevel(null);
        logger.setAdditive(true);
        logger.detachAppender(lines);
    }

    @Test
    void showsEveryHostcallInTermsOfTheGuest() {
        PluginConfig plugin = PluginConfig.builder("auth", "hostcall/traced")
                .configuration("{\"key\":\"s3cret\"}")
                .instances(1)
                .build();
        try (TestHost host = TestHost.calling(AnsweringServices.all(), plugin);
                TestExchange exchange = host.get("x-api-key", "s3cret")) {
            exchange.bodylessRequest();
            host.runDue();
            exchange.responseHeaders("server", "test");
            exchange.responseBody("account ");
            exchange.lastResponseBody("data");
            assertThat(exchange.takeResponseBody()).isEqualTo("[hidden]");
        }

        assertThat(trace())
                .isEqualTo(
                        """
                auth root context 1 ==> env.proxy_get_buffer_bytes(buffer_id=PLUGIN_CONFIGURATION, start=0, max_size=4294967295)
                auth root context 1 <== OK value=16 bytes
                auth context 2 ==> env.proxy_get_header_map_value(map_id=HTTP_REQUEST_HEADERS, key="x-api-key")
                auth context 2 <== OK value=6 bytes
                auth context 2 ==> env.proxy_get_property(path="source\\0address")
                auth context 2 <== OK value=14 bytes
                auth context 2 ==> env.proxy_http_call(upstream_name="up", headers_map=61 bytes, body=5 bytes, trailers_map=0 bytes, timeout_milliseconds=1000)
                auth context 2 <== OK call_id=1
                auth root context 1 ==> env.proxy_get_header_map_value(map_id=HTTP_CALL_RESPONSE_HEADERS, key=":status")
                auth root context 1 <== OK value=3 bytes
                auth root context 1 ==> env.proxy_get_buffer_bytes(buffer_id=HTTP_CALL_RESPONSE_BODY, start=0, max_size=100)
                auth root context 1 <== OK value=100 bytes
                auth root context 1 ==> env.proxy_set_effective_context(context_id=2)
                auth context 2 <== OK
                auth context 2 ==> env.proxy_add_header_map_value(map_id=HTTP_REQUEST_HEADERS, key="x-user", value=5 bytes)
                auth context 2 <== OK
                auth context 2 ==> env.proxy_log(log_level=INFO, message="alice")
                auth context 2 <== OK
                auth context 2 ==> env.proxy_continue_stream(stream_type=HTTP_REQUEST)
                auth context 2 <== OK
                auth context 2 ==> env.proxy_remove_header_map_value(map_id=HTTP_RESPONSE_HEADERS, key="server")
                auth context 2 <== OK
                auth context 2 ==> env.proxy_remove_header_map_value(map_id=9, key="server")
                plugin 'auth' (context 2): proxy_remove_header_map_value was refused: map_id 9 does not exist; the highest is 7
                auth context 2 <== BAD_ARGUMENT (map_id 9 does not exist; the highest is 7)
                auth context 2 ==> env.proxy_set_buffer_bytes(buffer_id=HTTP_RESPONSE_BODY, start=0, size=4294967295, value=8 bytes)
                auth context 2 <== OK
                auth context 2 ==> env.proxy_get_property(path="connection\\0tls_version")
                auth context 2 <== NOT_FOUND
                """)
                .doesNotContain("s3cret");
    }

    private String trace() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n", "", "\n"));
    }
}
