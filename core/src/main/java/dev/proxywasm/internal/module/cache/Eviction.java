package dev.proxywasm.internal.module.cache;

import dev.proxywasm.internal.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files of a cache have to go: those that nobody has used for too long, then the ones least recently used until the rest is small
 * enough; and what killed processes left behind. Several processes may do this at once.
 *
 * @param maxBytes how large all may be together
 * @param maxAge how long one may be unused
 */
record Eviction(long maxBytes, Duration maxAge) {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.module");
    private static final Duration UNFINISHED_AGE = Duration.ofHours(1);

    /** One file. */
    record Entry(Path file, long bytes, Instant lastUsed) {}

    /** Deletes them from a directory, but never {@code kept}. */
    void run(Path directory, Optional<Path> kept, Instant now) {
        try {
            for (Entry entry : victims(entries(directory), kept, now)) {
                LOG.debug("module cache: {} is deleted, last used at {}", entry.file(), entry.lastUsed());
                Files.deleteIfExists(entry.file());
            }
        } catch (IOException e) {
            LOG.warn("cannot clean up {} of the module cache: {}", directory, e.toString());
        }
    }

    /** Those that have to go. */
    List<Entry> victims(List<Entry> entries, Optional<Path> kept, Instant now) {
        List<Entry> victims = new ArrayList<>();
        long left = 0;
        for (Entry entry : byLastUse(entries)) {
            boolean isUnfinished = entry.file().toString().endsWith(AtomicFile.UNFINISHED);
            Duration age = Duration.between(entry.lastUsed(), now);
            boolean isTooOld = age.compareTo(isUnfinished ? UNFINISHED_AGE : maxAge) > 0;
            boolean isTooMuch = !isUnfinished && left + entry.bytes() > maxBytes;
            if ((isTooOld || isTooMuch) && !kept.equals(Optional.of(entry.file()))) {
                victims.add(entry);
            } else {
                left += entry.bytes();
            }
        }
        return victims;
    }

    /** The most recently used first. */
    private static List<Entry> byLastUse(List<Entry> entries) {
        return entries.stream()
                .sorted(Comparator.comparing(Entry::lastUsed).reversed())
                .toList();
    }

    private static List<Entry> entries(Path directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                try {
                    entries.add(new Entry(
                            file,
                            Files.size(file),
                            Files.getLastModifiedTime(file).toInstant()));
                } catch (NoSuchFileException deletedByAnother) {
                    LOG.trace("{} is gone already", file);
                }
            }
        }
        return entries;
    }
}
