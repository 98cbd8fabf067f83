package dev.proxywasm.benchmarks.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.proxywasm.benchmarks.measure.SampleMessages;
import dev.proxywasm.http.HeaderMap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One kept-alive connection: the sample request goes out, the response comes in, over and over. */
final class Connection implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");
    private static final byte[] REQUEST = request();
    private static final int STATUS_LINE = 12;
    private static final int TAIL = 8;

    private final SocketChannel channel;
    private final boolean filtered;
    private final ByteBuffer request = ByteBuffer.allocateDirect(REQUEST.length).put(REQUEST);
    private final ByteBuffer received = ByteBuffer.allocate(8192);
    private byte[] first = {};
    private int size;
    private long sentAt;

    /** Connects, and registers with the selector, attached to its key. */
    Connection(Selector selector, InetSocketAddress server, boolean filtered) throws IOException {
        this.filtered = filtered;
        channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send() throws IOException {
        received.clear();
        sentAt = System.nanoTime();
        if (channel.write(request.clear()) < REQUEST.length) {
            throw new IOException("a request did not fit into the socket's buffer");
        }
    }

    /** When the last request was sent, in nanoseconds of {@link System#nanoTime}. */
    long sentAt() {
        return sentAt;
    }

    /**
     * Reads what there is; tells whether the response is complete.
     *
     * <p>The first one is looked at closely. The others have its size, for a date has always the same length, and are checked for that, for
     * the status, and for the end of the body: the client has to share the processors with the server.
     */
    boolean receive() throws IOException {
        if (channel.read(received) < 0) {
            throw new IOException("the server has closed a connection");
        }
        if (size == 0) {
            size = sizeFromHead();
            return size > 0 && received.position() == size && keep();
        }
        if (received.position() < size) {
            return false;
        }
        if (received.position() > size || !isLikeFirst(0, STATUS_LINE) || !isLikeFirst(size - TAIL, size)) {
            throw new IOException("not like the first response: " + text());
        }
        return true;
    }

    private boolean keep() {
        first = Arrays.copyOf(received.array(), size);
        return true;
    }

    private boolean isLikeFirst(int from, int to) {
        return Arrays.equals(received.array(), from, to, first, from, to);
    }

    private String text() {
        return new String(received.array(), 0, received.position(), ISO_8859_1);
    }

    /** How long the response is, or 0 if its head is not complete. */
    private int sizeFromHead() throws IOException {
        String text = text();
        int headSize = text.indexOf("\r\n\r\n") + 4;
        if (headSize < 4) {
            return 0;
        }
        String head = text.substring(0, headSize).toLowerCase(Locale.ROOT);
        Matcher length = LENGTH.matcher(head);
        if (!head.startsWith("http/1.1 200") || filtered != head.contains("\r\nx-wasm-response:") || !length.find()) {
            throw new IOException("not the expected response: " + head);
        }
        return headSize + Integer.parseInt(length.group(1));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static byte[] request() {
        StringBuilder text = new StringBuilder("GET /bench?x=1 HTTP/1.1\r\n");
        SampleMessages.request((name, value) -> {
            if (!HeaderMap.isPseudo(name)) {
                text.append(name).append(": ").append(value).append("\r\n");
            }
        });
        return text.append("\r\n").toString().getBytes(ISO_8859_1);
    }
}
