package dev.proxywasm.internal.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DirectoryEventsTest {

    @TempDir
    private Path directory;

    @Test
    @Timeout(20)
    void isNotKeptFromLookingByAFileThatIsWrittenAllTheTime() throws Exception {
        Path log = directory.resolve("log");
        AtomicBoolean over = new AtomicBoolean();
        Thread writer = new Thread(() -> write(log, over));
        writer.start();
        try (DirectoryEvents events = DirectoryEvents.ofTheSystem()) {
            events.await(Set.of(directory.resolve("filter.wasm")), Duration.ofMillis(500));
        } finally {
            over.set(true);
            writer.join();
        }
        assertThat(log).isNotEmptyFile();
    }

    private static void write(Path log, AtomicBoolean over) {
        try {
            for (int i = 0; !over.get(); i++) {
                Files.writeString(log, "line " + i);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
