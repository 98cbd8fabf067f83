package dev.proxywasm.internal.reload;

import dev.proxywasm.ReloadConfig;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a host reload when its files change, and every now and then when only a look elsewhere can tell: for images that are to be pulled
 * always, and for what could not be used, since a registry may be back.
 *
 * <p>One thread of its own. It looks when the system tells of something in the directories of the files ({@link DirectoryEvents}), and at
 * every interval, which is the fallback for file systems that tell nothing. Nothing that a reload throws ends it.
 */
public final class ChangeWatch implements AutoCloseable {

    /** What is watched. */
    public interface Subject {

        /** The files and directories that count at present, absolute. */
        Set<Path> files();

        /** What they looked like just before they were read. */
        FileState filesWhenRead();

        /** Whether a module may change, or come within reach, where no file tells of it. */
        boolean mayChangeElsewhere();

        /** Loads what has changed, and says in the log how that went; false if something could not be used. */
        boolean reload();
    }

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.reload");

    private final Subject subject;
    private final ReloadConfig config;
    private final Supplier<Long> nanoTime;
    private final DirectoryEvents events;
    private final Thread thread;
    private FileState seen;
    private boolean failed;
    private long lookedElsewhereAt;

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
        this.seen = subject.filesWhenRead();
        this.lookedElsewhereAt = nanoTime.get();
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
        Set<Path> files = subject.files();
        FileState now = FileState.of(files);
        if (!now.equals(seen) || isLookElsewhereDue()) {
            failed = !reload();
            lookedElsewhereAt = nanoTime.get();
            // Another configuration may name other files, which may have changed since they were read.
            seen = subject.files().equals(files) ? now : subject.filesWhenRead();
        }
    }

    private boolean isLookElsewhereDue() {
        return (failed || subject.mayChangeElsewhere())
                && nanoTime.get() - lookedElsewhereAt >= config.imageInterval().toNanos();
    }

    private boolean reload() {
        try {
            return subject.reload();
        } catch (RuntimeException unexpected) {
            LOG.error("a reload failed, and everything goes on as it was", unexpected);
            return false;
        }
    }

    /** Stops; a reload under way is not waited for. */
    @Override
    public void close() {
        thread.interrupt();
        events.close();
    }
}
