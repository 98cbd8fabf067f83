package dev.proxywasm.internal.callout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server that says something to each connection whatever it asks, and then keeps silent or hangs up. */
public final class RawServer implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private final String answer;
    private final boolean hangsUp;

    private RawServer(String answer, boolean hangsUp) throws IOException {
        this.answer = answer;
        this.hangsUp = hangsUp;
        threads.execute(this::accept);
    }

    /** Says that and closes the connection. */
    public static RawServer thatHangsUpAfter(String answer) throws IOException {
        return new RawServer(answer, true);
    }

    /** Says that and nothing more. */
    public static RawServer thatIsSilentAfter(String answer) throws IOException {
        return new RawServer(answer, false);
    }

    /** Where it listens, on the loopback address. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Waits until someone has asked something. */
    public void awaitQuestion() throws InterruptedException {
        await(asked, "asked anything");
    }

    /** Waits until whoever asked has closed the connection. */
    public void awaitHangUp() throws InterruptedException {
        await(left, "closed the connection");
    }

    private static void await(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody " + what);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                threads.execute(() -> serve(connection));
            }
        } catch (IOException closed) {
            // close() ends the loop this way.
            left.countDown();
        }
    }

    private void serve(Socket socket) {
        try (Socket connection = socket) {
            InputStream in = connection.getInputStream();
            in.read();
            asked.countDown();
            connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
            connection.getOutputStream().flush();
            while (!hangsUp && in.read() >= 0) {
                asked.countDown();
            }
            left.countDown();
        } catch (IOException reset) {
            // A reset is a way to hang up.
            left.countDown();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
