package dev.proxywasm.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.PluginStatus;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that leave in the middle of each phase, in which a filter has paused the exchange for longer than the test takes. */
class AbandonedTest {

    private static final int CLIENTS = 100;
    private static final int ROUNDS = 2;

    private final HTTP2Client client = new HTTP2Client();

    @BeforeEach
    void startClient() throws Exception {
        client.start();
    }

    @AfterEach
    void stopClient() throws Exception {
        client.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h", "b", "t", "H", "B", "T"})
    void leavesNothingBehind(String phase) throws Exception {
        try (TestSite site = TestSite.acting(phase + "p999", Applications.echo())) {
            Session session = client.connect(new InetSocketAddress("localhost", site.port()), new Session.Listener() {})
                    .get(5, TimeUnit.SECONDS);
            long memory = 0;
            for (int round = 0; round < ROUNDS; round++) {
                List<Stream> streams = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    streams.add(open(session, site, phase.equalsIgnoreCase("t")));
                }
                await().until(() -> site.filters.getPausedExchanges() == CLIENTS);
                for (Stream stream : streams) {
                    stream.reset(new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
                }
                await().until(() -> site.filters.getActiveExchanges() == 0);
                PluginStatus phases = status(site);
                long used = phases.memoryBytes() / phases.instances();
                assertThat(used)
                        .as("the memory of an instance in round %d", round)
                        .isEqualTo(round == 0 ? used : memory);
                memory = used;
            }
            await().untilAsserted(() -> {
                assertThat(site.counts())
                        .allSatisfy((what, count) -> assertThat(count).as(what).isEqualTo(CLIENTS * ROUNDS));
                assertNothingUnderWay(site);
            });
            session.close(0, "", Callback.NOOP);
            await().untilAsserted(() -> assertThat(site.buffers.getLeaks()).isEmpty());
        }
    }

    /** Jetty learns of it when it reads or writes: the pauses are short here. */
    @ParameterizedTest
    @ValueSource(strings = {"hp005", "bp005", "bn000", "Hp005", "Bp005"})
    void leavesNothingBehindOverHttp1(String how) throws Exception {
        String post = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\nabc"
                + (how.startsWith("bn") ? "" : "def");
        try (TestSite site = TestSite.acting(how, Applications.echo())) {
            for (int i = 0; i < CLIENTS; i++) {
                try (Socket socket = site.connect()) {
                    socket.getOutputStream().write(post.getBytes(ISO_8859_1));
                }
            }
            await().untilAsserted(() -> {
                assertThat(site.counts()).allSatisfy((what, count) -> assertThat(count)
                        .as(what)
                        .isEqualTo(site.counts().get("created")));
                assertThat(site.filters.getExchanges()).isEqualTo(CLIENTS);
                assertNothingUnderWay(site);
                assertThat(site.buffers.getLeaks()).isEmpty();
            });
            assertThat(site.counts().get("created")).isEqualTo(CLIENTS);
        }
    }

    private static PluginStatus status(TestSite site) {
        return site.filters.getHost().plugins().get(0);
    }

    private static void assertNothingUnderWay(TestSite site) {
        assertThat(site.filters.getActiveExchanges()).isZero();
        assertThat(site.filters.getPausedExchanges()).isZero();
        assertThat(status(site).streams()).isZero();
        assertThat(site.threads.getUtilizedThreads()).isZero();
    }

    private static Stream open(Session session, TestSite site, boolean hasTrailers) throws Exception {
        HttpURI uri = HttpURI.from("http://localhost:" + site.port() + "/");
        MetaData.Request head = new MetaData.Request("POST", uri, HttpVersion.HTTP_2, HttpFields.EMPTY);
        Stream stream = session.newStream(new HeadersFrame(head, null, false), new Stream.Listener() {})
                .get(5, TimeUnit.SECONDS);
        stream.data(new DataFrame(stream.getId(), Applications.bytes("abc"), !hasTrailers))
                .get(5, TimeUnit.SECONDS);
        if (hasTrailers) {
            MetaData trailers =
                    new MetaData(HttpVersion.HTTP_2, HttpFields.build().add("x-trailer", "one"));
            stream.headers(new HeadersFrame(stream.getId(), trailers, null, true))
                    .get(5, TimeUnit.SECONDS);
        }
        return stream;
    }
}
