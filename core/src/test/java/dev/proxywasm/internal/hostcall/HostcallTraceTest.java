package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_0;
import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.http.HeaderMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class HostcallTraceTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.proxywasm.hostcall");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final FakeGuest guest = new FakeGuest();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
        logger.setLevel(Level.TRACE);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void showsACallInTheGuestsTerms() {
        guest.scope.context.properties.put("source.address", new byte[11]);
        guest.call("proxy_get_property", guest.text("source\0address"), RESULT_0, RESULT_1);

        assertThat(trace())
                .isEqualTo(
                        """
                waf context 17 ==> env.proxy_get_property(path="source\\0address")
                waf context 17 <== OK value=11 bytes""");
    }

    @Test
    void showsNumbersAndNumericResults() {
        guest.call("proxy_get_current_time_nanoseconds", RESULT_0);
        guest.wasi("clock_res_get", 1, RESULT_0);

        assertThat(trace())
                .isEqualTo(
                        """
                waf context 17 ==> env.proxy_get_current_time_nanoseconds()
                waf context 17 <== OK time=1700000000123456789
                waf context 17 ==> wasi_snapshot_preview1.clock_res_get(clock_id=1)
                waf context 17 <== errno 0 resolution=1""");
    }

    @Test
    void showsValuesByLengthOnly() {
        guest.scope.context.maps.put(MapType.HTTP_REQUEST_HEADERS, new HeaderMap());
        guest.call("proxy_add_header_map_value", 0, guest.text("authorization"), guest.text("secret"));
        guest.call("proxy_get_header_map_value", 0, guest.text("authorization"), RESULT_0, RESULT_1);

        assertThat(trace())
                .isEqualTo(
                        """
                waf context 17 ==> env.proxy_add_header_map_value(map_id=HTTP_REQUEST_HEADERS, key="authorization", value=6 bytes)
                waf context 17 <== OK
                waf context 17 ==> env.proxy_get_header_map_value(map_id=HTTP_REQUEST_HEADERS, key="authorization")
                waf context 17 <== OK value=6 bytes""");
    }

    @Test
    void saysWhyACallWasRefused() {
        guest.call("proxy_get_buffer_status", 9, RESULT_0, RESULT_1);

        assertThat(trace())
                .isEqualTo(
                        """
                waf context 17 ==> env.proxy_get_buffer_status(buffer_id=9)
                waf context 17 <== BAD_ARGUMENT (buffer_id 9 does not exist; the highest is 8)""");
    }

    @Test
    void showsTextsOnOneLineAndCut() {
        guest.call("proxy_log", 2, guest.text("a\r\n\"b\"" + "x".repeat(1000)));

        assertThat(trace().lines()).hasSize(2);
        assertThat(trace()).contains("message=\"a\\r\\n\\\"b\\\"xxx").contains("x...\")");
    }

    @Test
    void survivesTextsOutsideMemory() {
        guest.call("proxy_log", 2, FakeMemory.SIZE, 7);

        assertThat(trace()).contains("message=7 bytes outside memory").contains("<== INVALID_MEMORY_ACCESS (range");
    }

    @Test
    void saysThatACallDoesNotReturn() {
        assertThatThrownBy(() -> guest.invoke("wasi_unstable", "proc_exit", 2)).isInstanceOf(GuestExit.class);

        assertThat(trace()).endsWith("<== stopped: " + GuestExit.class.getName() + ": proc_exit(2)");
    }

    @Test
    void isSilentUnlessAskedFor() {
        logger.setLevel(Level.DEBUG);
        guest.call("proxy_done");

        assertThat(lines.list).isEmpty();
    }

    private String trace() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
    }
}
