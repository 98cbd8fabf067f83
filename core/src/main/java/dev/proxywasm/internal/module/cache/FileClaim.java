package dev.proxywasm.internal.module.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A claim by the lock of a file, which the operating system gives back when a process dies. Locks of files are for processes, so threads
 * have a lock of their own before it.
 *
 * <p>A claim spares work, and nothing else depends on it: where it cannot be had in time, or not at all, everyone fetches for himself.
 */
final class FileClaim implements ModuleCache.Claim {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.module");
    /** Somewhat longer than a fetch may take. */
    private static final long LONGEST_WAIT_NANOS = Duration.ofMinutes(11).toNanos();

    private static final long LOOK_MILLIS = 20;
    private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private @Nullable FileChannel channel;

    private FileClaim(ReentrantLock threads) {
        this.threads = threads;
    }

    /** Waits for the claim that a file stands for. The file stays. */
    static FileClaim wait(Path file) {
        FileClaim claim = new FileClaim(THREADS.computeIfAbsent(file, key -> new ReentrantLock()));
        claim.threads.lock();
        try {
            claim.lock(file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("{} cannot be locked; other processes may fetch the same", file, e);
        }
        return claim;
    }

    private void lock(Path file) throws IOException, InterruptedException {
        FileChannel opened = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel = opened;
        long begin = System.nanoTime();
        while (tryLock(opened) == null) {
            if (System.nanoTime() - begin > LONGEST_WAIT_NANOS) {
                LOG.warn("another process holds {} for too long; going on without it", file);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** Null if another process has it, or another copy of this class in this process. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException otherCopy) {
            return null;
        }
    }

    @Override
    public void close() {
        try (FileChannel locked = channel) {
            LOG.trace("giving back {}", locked);
        } catch (IOException e) {
            LOG.debug("closing the file of a claim failed", e);
        } finally {
            threads.unlock();
        }
    }
}
