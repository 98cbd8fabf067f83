package dev.proxywasm.internal.reload;

import dev.proxywasm.ReloadConfig;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a host reload when its files change, and every now and then when it uses images that are to be pulled always.
 *
 * <p>One thread of its own. It looks when the system tells of something in the directories of the files ({@link DirectoryEvents}), and at
 * every interval, which is the fallback for file systems that tell nothing. A change that cannot be used is reported once, and tried again
 * when there is another.
 */
public final class ChangeWatch implements AutoCloseable {

    /** What is watched. */
    public interface Subject {

        /** The files and directories that count at present, absolute. */
        Set<Path> files();

        /** Whether registries have to be asked as well. */
        boolean usesMovingImages();

        /** Loads what has changed; says in the log how that went, and throws nothing. */
        void reload();
    }

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.reload");

    private final Subject subject;
    private final ReloadConfig config;
    private final Supplier<Long> nanoTime;
    private final DirectoryEvents events;
    private final Thread thread;
    private FileState seen;
    private long imagesAskedAt;

    /** Watches nothing yet. */
    public ChangeWatch(Subject subject, ReloadConfig config) {
        this(subject, config, System::nanoTime, DirectoryEvents.ofTheSystem());
    }

    /** With another clock and other events. */
    ChangeWatch(Subject subject, ReloadConfig config, Supplier<Long> nanoTime, DirectoryEvents events) {
        this.subject = subject;
        this.config = config;
        this.nanoTime = nanoTime;
        this.events = events;
        this.seen = FileState.of(subject.files());
        this.imagesAskedAt = nanoTime.get();
        this.thread = new Thread(this::run, "proxy-wasm-reload");
        thread.setDaemon(true);
    }

    /** Begins to watch. */
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!Thread.interrupted()) {
                events.await(subject.files(), config.interval());
                look();
            }
        } catch (InterruptedException closed) {
            LOG.debug("no longer watching for changes");
        }
    }

    /** Has the host reload if something changed since the last look. */
    void look() {
        FileState now = FileState.of(subject.files());
        if (!now.equals(seen) || imagesAreDue()) {
            subject.reload();
            // Another configuration may name other files: those count from now on, as they were before it was read.
            FileState after = FileState.of(subject.files());
            seen = after.files().keySet().equals(now.files().keySet()) ? now : after;
        }
    }

    private boolean imagesAreDue() {
        long now = nanoTime.get();
        if (!subject.usesMovingImages()
                || now - imagesAskedAt < config.imageInterval().toNanos()) {
            return false;
        }
        imagesAskedAt = now;
        return true;
    }

    /** Stops; a reload under way is not waited for. */
    @Override
    public void close() {
        thread.interrupt();
        events.close();
    }
}
