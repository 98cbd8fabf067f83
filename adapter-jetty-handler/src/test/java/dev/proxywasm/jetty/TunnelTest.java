package dev.proxywasm.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.handler.ConnectHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** Requests that change the protocol of their connection: the chain sees their headers, and nothing of what follows. */
class TunnelTest {

    private static final String UPGRADE =
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";

    private static final Handler UPGRADING = Applications.doing((request, response, callback) -> {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, new Greeting(endPoint));
        response.setStatus(HttpStatus.SWITCHING_PROTOCOLS_101);
        response.getHeaders().put(HttpHeader.UPGRADE, "echo").put(HttpHeader.CONNECTION, "Upgrade");
        response.getHeaders().put("X-Seen", request.getHeaders().get("x-added"));
        response.write(true, null, callback);
    });

    private static final class Greeting extends AbstractConnection {
        Greeting(EndPoint endPoint) {
            super(endPoint, Runnable::run);
        }

        @Override
        public void onOpen() {
            super.onOpen();
            getEndPoint().write(Callback.from(getEndPoint()::close), BufferUtil.toBuffer("another protocol"));
        }

        @Override
        public void onFillable() {}
    }

    @Test
    void passesAnUpgradeWithItsRequestHeaders() throws Exception {
        try (TestSite site = TestSite.of(
                        UPGRADING,
                        TestSite.header("0+x-added: of a filter"),
                        TestSite.header("2+x-response: of a filter"),
                        "{name: body, module: \"classpath:wat/body.wat\", configuration: \"0h\"}",
                        "{name: bodies, module: \"classpath:wat/body.wat\", configuration: \"1h\"}");
                Socket socket = site.connect()) {
            socket.getOutputStream().write(UPGRADE.getBytes(ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 101")
                    .contains("X-Seen: of a filter")
                    .doesNotContain("x-response")
                    .endsWith("another protocol");
        }
    }

    @Test
    void filtersTheResponseOfAnUpgradeThatIsRefused() throws Exception {
        try (TestSite site = TestSite.of(Applications.saying("no"), TestSite.header("2+x-response: of a filter"));
                Socket socket = site.connect()) {
            socket.getOutputStream()
                    .write(UPGRADE.replace("Upgrade\r\nU", "Upgrade, close\r\nU")
                            .getBytes(ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 200")
                    .contains("x-response: of a filter")
                    .endsWith("no");
        }
    }

    /** Of a body plugin, too, which would not let a body pass. */
    @Test
    void passesATunnelWithItsRequestHeaders() throws Exception {
        ConnectHandler proxy = new ConnectHandler();
        try (ServerSocket upstream = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestSite site = TestSite.of(
                        proxy,
                        "{name: phases, module: \"classpath:wat/phases.wat\", configuration: \"bx000\"}",
                        "{name: body, module: \"classpath:wat/body.wat\", configuration: \"0h\"}");
                Socket socket = site.connect()) {
            String target = upstream.getInetAddress().getHostAddress() + ":" + upstream.getLocalPort();
            socket.getOutputStream().write(connect(target));
            try (Socket tunnel = upstream.accept()) {
                assertThat(socket.getInputStream().readNBytes("HTTP/1.1 200".length()))
                        .asString(ISO_8859_1)
                        .isEqualTo("HTTP/1.1 200");
                socket.getOutputStream().write("there".getBytes(ISO_8859_1));
                assertThat(tunnel.getInputStream().readNBytes(5))
                        .asString(ISO_8859_1)
                        .isEqualTo("there");
                tunnel.getOutputStream().write("back".getBytes(ISO_8859_1));
            }
            assertThat(socket.getInputStream().readAllBytes())
                    .asString(ISO_8859_1)
                    .endsWith("back");
            await().untilAsserted(() -> assertThat(site.counts().get("delete")).isEqualTo(1));
        }
    }

    @Test
    void refusesATunnelThatAFilterDoesNotWant() throws Exception {
        try (TestSite site = TestSite.acting("hr000", new ConnectHandler());
                Socket socket = site.connect()) {
            socket.getOutputStream().write(connect("localhost:1"));
            assertThat(socket.getInputStream().readNBytes("HTTP/1.1 403".length()))
                    .asString(ISO_8859_1)
                    .isEqualTo("HTTP/1.1 403");
        }
    }

    private static byte[] connect(String target) {
        return ("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n").getBytes(ISO_8859_1);
    }
}
