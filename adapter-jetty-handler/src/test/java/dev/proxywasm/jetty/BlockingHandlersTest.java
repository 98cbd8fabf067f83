package dev.proxywasm.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers that block while a filter pauses: more of them than the server has threads. */
class BlockingHandlersTest {

    private static final int CLIENTS = 40;

    private static final Handler ECHO = Applications.doing((request, response, callback) -> {
        try (InputStream in = Content.Source.asInputStream(request);
                OutputStream out = Content.Sink.asOutputStream(response)) {
            in.transferTo(out);
        }
        callback.succeeded();
    });

    /** The end of a pause needs no thread of the server, all of which may wait for it. */
    @ParameterizedTest
    @ValueSource(strings = {"t", "H", "B"})
    void areAllWokenThoughNoThreadIsFree(String phase) throws Exception {
        String plugin = "{name: phases, module: \"classpath:wat/phases.wat\", configuration: \"" + phase + "p010\","
                + " instances: 1, limits: {request-body-buffer: 1KiB, response-body-buffer: 64KiB}}";
        try (TestSite site = TestSite.of(ECHO, plugin)) {
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Socket socket = site.connect();
                clients.add(socket);
                OutputStream out = socket.getOutputStream();
                out.write("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                        .getBytes(ISO_8859_1));
                out.write(("1000\r\n" + "x".repeat(0x1000) + "\r\n0\r\nX-Trailer: one\r\n\r\n").getBytes(ISO_8859_1));
                out.flush();
            }
            for (Socket socket : clients) {
                try (socket) {
                    byte[] head = socket.getInputStream().readNBytes(15);
                    assertThat(head).asString(ISO_8859_1).isEqualTo("HTTP/1.1 200 OK");
                }
            }
        }
    }
}
