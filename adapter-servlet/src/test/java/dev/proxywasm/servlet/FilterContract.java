package dev.proxywasm.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.http.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with the filter over a scripted chain, which must have been used as its port says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class FilterContract {

    static final int MEBIBYTE = 1024 * 1024;

    static {
        // What tests wait for behind an exchange has mostly happened already.
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(2));
    }

    TestServer server;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        server = newServer(directory);
    }

    /** Starts the server, with nothing behind the filter yet. */
    abstract TestServer newServer(Path directory) throws Exception;

    @AfterAll
    void stop() throws Exception {
        server.stop();
    }

    @BeforeEach
    void beginAnew() {
        server.host.streams.clear();
        server.host.script = new Script();
        server.applicationFailure.set(null);
    }

    @AfterEach
    void everyStreamWasUsedAsThePortSaysAndClosedOnce() {
        await().untilAsserted(() -> assertThat(server.host.streams)
                .allSatisfy(stream -> assertThat(stream.closes).hasValue(1)));
        assertThat(server.host.streams)
                .allSatisfy(stream -> assertThat(stream.violations).isEmpty());
    }

    Script script() {
        return server.host.script;
    }

    List<String> events() {
        ScriptedStream stream = server.host.stream();
        await().until(() -> stream.closes.get() > 0);
        return stream.events;
    }

    static byte[] upperCase(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8)
                .toUpperCase(Locale.ROOT)
                .getBytes(StandardCharsets.UTF_8);
    }

    static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A pause that a test ends. */
    static final class ManualWait implements Outcome.Wait {
        private final CountDownLatch resumed = new CountDownLatch(1);
        private volatile Outcome outcome = Outcome.FORWARD;
        volatile Runnable onAwait = () -> {};

        void resume(Outcome next) {
            outcome = next;
            resumed.countDown();
        }

        @Override
        public Outcome await() throws InterruptedException {
            onAwait.run();
            resumed.await();
            return outcome;
        }

        @Override
        public void whenResumed(Executor executor, Consumer<Outcome> continuation) {
            throw new UnsupportedOperationException("the servlet adapter blocks");
        }
    }
}
