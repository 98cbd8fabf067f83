package dev.proxywasm.internal.reload;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells that something may have changed. */
interface DirectoryEvents extends AutoCloseable {

    /**
     * Waits until something may have changed in a directory of these files and it is quiet there, or the time is over.
     *
     * @throws InterruptedException if the thread was interrupted, or this was closed
     */
    void await(Set<Path> files, Duration atMost) throws InterruptedException;

    @Override
    void close();

    /** Those of the system; where it has none, the time alone counts. */
    static DirectoryEvents ofTheSystem() {
        return new OfTheSystem();
    }

    /** Over a {@link WatchService}, opened when it is first needed. */
    final class OfTheSystem implements DirectoryEvents {

        /** Whoever writes a file writes it piece by piece: only when it is quiet for that long, it counts as written. */
        private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

        private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.reload");

        private final Map<Path, WatchKey> watched = new HashMap<>();
        private @Nullable WatchService service;
        private boolean unavailable;
        private volatile boolean closed;

        @Override
        public void await(Set<Path> files, Duration atMost) throws InterruptedException {
            WatchService present = service();
            if (present == null) {
                TimeUnit.NANOSECONDS.sleep(atMost.toNanos());
                return;
            }
            try {
                watch(present, directoriesOf(files));
                awaitQuiet(present, System.nanoTime() + atMost.toNanos());
            } catch (ClosedWatchServiceException e) {
                throw new InterruptedException("closed");
            }
        }

        /** Where something is written all the time, a log perhaps, the end of the time counts. */
        private void awaitQuiet(WatchService present, long endNanos) throws InterruptedException {
            WatchKey key = present.poll(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            while (key != null) {
                key.pollEvents();
                if (!key.reset()) {
                    watched.values().remove(key);
                }
                long left = endNanos - System.nanoTime();
                key = left <= 0 ? null : present.poll(Math.min(left, QUIET_NANOS), TimeUnit.NANOSECONDS);
            }
        }

        private @Nullable WatchService service() {
            if (service == null && !unavailable && !closed) {
                try {
                    service = FileSystems.getDefault().newWatchService();
                } catch (IOException | UnsupportedOperationException e) {
                    unavailable = true;
                    LOG.info(
                            "the system tells of no changed files ({}); they are looked at every now and then",
                            e.getMessage());
                }
            }
            return service;
        }

        private static Set<Path> directoriesOf(Set<Path> files) {
            Set<Path> directories = new HashSet<>();
            for (Path file : files) {
                Path parent = file.getParent();
                if (parent != null && Files.isDirectory(parent)) {
                    directories.add(parent);
                }
                if (Files.isDirectory(file)) {
                    directories.add(file);
                }
            }
            return directories;
        }

        private void watch(WatchService present, Set<Path> directories) {
            watched.entrySet().removeIf(entry -> {
                boolean stale = !directories.contains(entry.getKey())
                        || !entry.getValue().isValid();
                if (stale) {
                    entry.getValue().cancel();
                }
                return stale;
            });
            for (Path directory : directories) {
                if (!watched.containsKey(directory)) {
                    register(present, directory);
                }
            }
        }

        /** A directory that cannot be watched is looked at at every interval. */
        private void register(WatchService present, Path directory) {
            try {
                watched.put(
                        directory,
                        directory.register(
                                present,
                                StandardWatchEventKinds.ENTRY_CREATE,
                                StandardWatchEventKinds.ENTRY_MODIFY,
                                StandardWatchEventKinds.ENTRY_DELETE));
            } catch (IOException | UnsupportedOperationException e) {
                LOG.debug("the system does not tell of changes in {}", directory, e);
            }
        }

        @Override
        public void close() {
            closed = true;
            WatchService present = service;
            if (present != null) {
                try {
                    present.close();
                } catch (IOException e) {
                    LOG.debug("the watch of directories could not be closed", e);
                }
            }
        }
    }
}
