package dev.proxywasm.internal.module.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.internal.module.cache.Eviction.Entry;
import dev.proxywasm.internal.module.cache.ModuleCache.Reference;
import dev.proxywasm.internal.module.source.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DirectoryCacheTest {

    private static final byte[] MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final String DIGEST = Sha256.of(MODULE);
    private static final Reference REFERENCE = new Reference(DIGEST, "etag:\"1\"");

    @TempDir
    private Path directory;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private DirectoryCache cache;

    @BeforeEach
    void open() throws IOException {
        cache = cache(1000);
    }

    private DirectoryCache cache(long maxBytes) throws IOException {
        return new DirectoryCache(directory.resolve("cache"), maxBytes, Duration.ofDays(10), () -> now);
    }

    private Path file(String name) {
        return directory.resolve("cache").resolve(name);
    }

    @Test
    void keepsModulesAndReferencesForTheNextStart() throws IOException {
        cache.keep(MODULE);
        cache.refer("here", REFERENCE);
        DirectoryCache next = cache(1000);
        assertThat(next.module(DIGEST)).contains(MODULE);
        assertThat(next.reference("here")).contains(REFERENCE);
        assertThat(next.reference("there")).isEmpty();
        assertThat(next.module("0".repeat(64))).isEmpty();
    }

    @Test
    void aLaterReferenceCounts() {
        cache.refer("here", new Reference("0".repeat(64), ""));
        cache.refer("here", REFERENCE);
        assertThat(cache.reference("here")).contains(REFERENCE);
    }

    @Test
    void namesThatAreNoDigestLeadNowhere() throws IOException {
        Files.write(file("secret"), MODULE);
        assertThat(cache.module("../secret")).isEmpty();
        assertThat(cache.module("")).isEmpty();
    }

    @Test
    void findsDamageAndDeletesIt() throws IOException {
        cache.keep(MODULE);
        Files.write(file("modules").resolve(DIGEST), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 1});
        assertThat(cache.module(DIGEST)).isEmpty();
        assertThat(file("modules").resolve(DIGEST)).doesNotExist();
        cache.refer("here", REFERENCE);
        Path reference = file("references").resolve(Sha256.of("here".getBytes(UTF_8)));
        for (String damaged :
                List.of("", "\n\n\n\n", Files.readString(reference).replace(DIGEST, "0".repeat(64)))) {
            cache.refer("here", REFERENCE);
            Files.writeString(reference, damaged);
            assertThat(cache.reference("here")).as(damaged).isEmpty();
            assertThat(reference).doesNotExist();
        }
    }

    @Test
    void dropsWhatNobodyUses() {
        cache.keep(MODULE);
        cache.refer("here", REFERENCE);
        now = now.plus(Duration.ofDays(9));
        assertThat(cache.module(DIGEST)).isPresent();
        now = now.plus(Duration.ofDays(9));
        cache.keep(new byte[] {1});
        assertThat(cache.module(DIGEST)).as("used nine days ago").isPresent();
        assertThat(cache.reference("here")).as("not used for 18 days").isEmpty();
        now = now.plus(Duration.ofDays(11));
        cache.keep(new byte[] {2});
        assertThat(cache.module(DIGEST)).isEmpty();
    }

    @Test
    void dropsTheLeastRecentlyUsedWhenItIsFull() throws IOException {
        DirectoryCache small = cache(250);
        List<byte[]> modules =
                IntStream.range(0, 3).mapToObj(i -> new byte[100 + i]).toList();
        for (byte[] module : modules) {
            now = now.plusSeconds(1);
            small.keep(module);
            now = now.plusSeconds(1);
            small.module(Sha256.of(modules.get(0)));
        }
        assertThat(small.module(Sha256.of(modules.get(0)))).isPresent();
        assertThat(small.module(Sha256.of(modules.get(1)))).isEmpty();
        assertThat(small.module(Sha256.of(modules.get(2)))).isPresent();
        byte[] large = new byte[300];
        now = now.plusSeconds(1);
        small.keep(large);
        assertThat(small.module(Sha256.of(large))).as("the last one stays").contains(large);
    }

    @Test
    void dropsWhatKilledProcessesLeftBehind() throws IOException {
        Path old = Files.createFile(file("modules").resolve("write-1.tmp"));
        Path young = Files.createFile(file("modules").resolve("write-2.tmp"));
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofMinutes(61))));
        Files.setLastModifiedTime(young, FileTime.from(now.minus(Duration.ofMinutes(59))));
        cache.keep(MODULE);
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void theRulesOfEvictionInOneTable() {
        Eviction eviction = new Eviction(10, Duration.ofDays(1));
        Entry first = new Entry(Path.of("first"), 6, now);
        Entry second = new Entry(Path.of("second"), 5, now.minusSeconds(1));
        Entry third = new Entry(Path.of("third"), 4, now.minusSeconds(2));
        Entry old = new Entry(Path.of("old"), 0, now.minus(Duration.ofDays(2)));
        assertThat(eviction.victims(List.of(old, third, second, first), Optional.empty(), now))
                .containsExactly(second, old);
        assertThat(eviction.victims(List.of(old, second), Optional.of(old.file()), now))
                .isEmpty();
    }

    @Test
    void goesOnWithoutADiskThatFails() throws IOException {
        Files.delete(file("modules"));
        Files.delete(file("references"));
        cache.keep(MODULE);
        cache.refer("here", REFERENCE);
        assertThat(cache.module(DIGEST)).isEmpty();
        assertThat(cache.reference("here")).isEmpty();
    }

    @Test
    void oneThreadAtATimeHasAClaim() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        List<CompletableFuture<Void>> threads = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    for (int j = 0; j < 25; j++) {
                        ModuleCache.Claim claim = cache.claim("here");
                        assertThat(inside.incrementAndGet()).isEqualTo(1);
                        inside.decrementAndGet();
                        claim.close();
                    }
                }))
                .toList();
        for (CompletableFuture<Void> thread : threads) {
            thread.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isPrivateAndRefusesADirectoryThatIsNot() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("cache"))))
                .isEqualTo("rwx------");
        Path shared = Files.createDirectory(directory.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> new DirectoryCache(shared, 1, Duration.ofDays(1), () -> now))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is writable by other users");
    }

    @Test
    void noCacheKeepsNothing() {
        ModuleCache.NONE.keep(MODULE);
        ModuleCache.NONE.refer("here", REFERENCE);
        ModuleCache.NONE.claim("here").close();
        assertThat(ModuleCache.NONE.module(REFERENCE)).isEmpty();
        assertThat(ModuleCache.NONE.reference("here")).isEmpty();
    }
}
