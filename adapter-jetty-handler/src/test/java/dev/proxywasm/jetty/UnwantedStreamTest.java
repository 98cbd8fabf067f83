package dev.proxywasm.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.PingFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link UnwantedBodyTest} has over HTTP/1.1: a client that is told of a reset before it has read the answer drops that. */
class UnwantedStreamTest {

    private static final int PIECES = 20;
    private static final int PIECE_BYTES = 10_000;

    private final HTTP2Client client = new HTTP2Client();

    /** What the client is told, in this order. */
    private final List<String> told = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startClient() throws Exception {
        client.start();
    }

    @AfterEach
    void stopClient() throws Exception {
        client.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hr000", "br000", "Hr000"})
    void endsInOrderThoughTheClientWritesOn(String how) throws Exception {
        try (TestSite site = UnwantedBodyTest.acting(how, UnwantedBodyTest.IGNORANT)) {
            Session session = connect(site);
            Stream stream = open(session, site);
            write(stream, false);
            await().until(() -> told.contains("end"));
            for (int i = 2; i < PIECES; i++) {
                write(stream, false);
            }
            write(stream, true);
            await().until(() -> site.filters.getActiveExchanges() == 0);
            session.ping(new PingFrame(false), Callback.NOOP);
            await().until(() -> told.contains("ping"));
            assertThat(told).containsExactly("403", "end", "ping");
        }
    }

    private static void write(Stream stream, boolean last) throws Exception {
        stream.data(new DataFrame(stream.getId(), ByteBuffer.allocate(PIECE_BYTES), last))
                .get(5, TimeUnit.SECONDS);
    }

    private Session connect(TestSite site) throws Exception {
        return client.connect(new InetSocketAddress("localhost", site.port()), new Session.Listener() {
                    @Override
                    public void onPing(Session session, PingFrame frame) {
                        told.add("ping");
                    }
                })
                .get(5, TimeUnit.SECONDS);
    }

    private Stream open(Session session, TestSite site) throws Exception {
        HttpURI uri = HttpURI.from("http://localhost:" + site.port() + "/");
        MetaData.Request head = new MetaData.Request("POST", uri, HttpVersion.HTTP_2, HttpFields.EMPTY);
        return session.newStream(new HeadersFrame(head, null, false), new Answers())
                .get(5, TimeUnit.SECONDS);
    }

    private final class Answers implements Stream.Listener {

        @Override
        public void onHeaders(Stream stream, HeadersFrame frame) {
            told.add(String.valueOf(((MetaData.Response) frame.getMetaData()).getStatus()));
            stream.demand();
        }

        @Override
        public void onDataAvailable(Stream stream) {
            Stream.Data data = stream.readData();
            if (data == null) {
                stream.demand();
                return;
            }
            if (data.frame().isEndStream()) {
                told.add("end");
            } else {
                stream.demand();
            }
            data.release();
        }

        @Override
        public void onReset(Stream stream, ResetFrame frame, Callback callback) {
            told.add("reset");
            callback.succeeded();
        }
    }
}
