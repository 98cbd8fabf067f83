package dev.proxywasm.internal.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.ReloadConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a host is reloaded, by a clock that stands still. */
class ChangeWatchTest {

    private static final Duration IMAGES = Duration.ofMinutes(5);
    private static final ReloadConfig CONFIG =
            new ReloadConfig(true, Duration.ofMillis(100), IMAGES, Duration.ofSeconds(1));

    @TempDir
    private Path directory;

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE);
    private final Looks looks = new Looks();
    private final Host host = new Host();
    private Path file = Path.of("");
    private ChangeWatch watch = new ChangeWatch(host, CONFIG, nanoTime::get, looks);

    /** A host that reloads as a test says. */
    private static final class Host implements ChangeWatch.Subject {
        private Set<Path> files = Set.of();
        private FileState whenRead = FileState.of(Set.of());
        private boolean mayChangeElsewhere;
        private Runnable onReload = () -> {};
        private boolean usable = true;
        private volatile int reloads;

        @Override
        public Set<Path> files() {
            return files;
        }

        @Override
        public FileState filesWhenRead() {
            return whenRead;
        }

        @Override
        public boolean mayChangeElsewhere() {
            return mayChangeElsewhere;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reloads
        public boolean reload() {
            reloads++;
            onReload.run();
            return usable;
        }
    }

    /** Events that a test gives. */
    private static final class Looks implements DirectoryEvents {
        private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();

        @Override
        public void await(Set<Path> files, Duration atMost) throws InterruptedException {
            events.take();
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }

    @BeforeEach
    void open() throws IOException {
        file = Files.writeString(directory.resolve("file"), "one");
        read(file);
        watch = new ChangeWatch(host, CONFIG, nanoTime::get, looks);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private void read(Path... files) {
        host.files = Set.of(files);
        host.whenRead = FileState.of(host.files);
    }

    private int reloadsAfterALook() {
        watch.look();
        return host.reloads;
    }

    @Test
    void reloadsOnceForAChange() throws IOException {
        assertThat(reloadsAfterALook()).isZero();
        Files.writeString(file, "three");
        assertThat(reloadsAfterALook()).isOne();
        assertThat(reloadsAfterALook()).isOne();
        Files.delete(file);
        assertThat(reloadsAfterALook()).isEqualTo(2);
    }

    @Test
    void seesWhatChangedWhileItWasRead() throws IOException {
        host.whenRead = FileState.of(host.files);
        Files.writeString(file, "another");
        watch = new ChangeWatch(host, CONFIG, nanoTime::get, looks);
        assertThat(reloadsAfterALook()).isOne();
        Path other = directory.resolve("other");
        host.onReload = () -> {
            read(file, other);
            write(other);
        };
        Files.writeString(file, "x");
        assertThat(reloadsAfterALook()).isEqualTo(2);
        host.onReload = () -> {};
        assertThat(reloadsAfterALook()).as("another file, changed since").isEqualTo(3);
        assertThat(reloadsAfterALook()).isEqualTo(3);
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "new");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFileBesideTheDocumentsOfADirectoryIsOneLook() throws IOException {
        Path documents = Files.createDirectory(directory.resolve("documents"));
        read(documents);
        watch = new ChangeWatch(host, CONFIG, nanoTime::get, looks);
        Files.writeString(documents.resolve(".x.swp"), "x");
        assertThat(reloadsAfterALook()).isOne();
        assertThat(reloadsAfterALook()).isOne();
    }

    @Test
    void asksElsewhereAtEachIntervalWhereItHasTo() {
        nanoTime.addAndGet(IMAGES.toNanos());
        assertThat(reloadsAfterALook()).isZero();
        host.mayChangeElsewhere = true;
        assertThat(reloadsAfterALook()).isOne();
        nanoTime.addAndGet(IMAGES.toNanos() - 1);
        assertThat(reloadsAfterALook()).isOne();
        nanoTime.addAndGet(1);
        assertThat(reloadsAfterALook()).isEqualTo(2);
    }

    @Test
    void triesAgainWhatFailed() throws IOException {
        host.usable = false;
        nanoTime.addAndGet(IMAGES.toNanos() * 2);
        Files.writeString(file, "names a registry that is down");
        assertThat(reloadsAfterALook()).isOne();
        assertThat(reloadsAfterALook()).as("not at once").isOne();
        nanoTime.addAndGet(IMAGES.toNanos());
        host.usable = true;
        assertThat(reloadsAfterALook()).isEqualTo(2);
        nanoTime.addAndGet(IMAGES.toNanos());
        assertThat(reloadsAfterALook()).isEqualTo(2);
    }

    @Test
    void goesOnWhateverAReloadThrows() throws IOException {
        watch.start();
        host.onReload = () -> {
            throw new UnsupportedOperationException("a supplier of configuration that fails");
        };
        Files.writeString(file, "three");
        looks.events.add("first");
        await().until(() -> host.reloads == 1);
        Files.writeString(file, "fourth");
        looks.events.add("second");
        await().until(() -> host.reloads == 2);
    }
}
