package dev.proxywasm.internal.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileStateTest {

    @TempDir
    private Path directory;

    private FileState look(String file) {
        return FileState.of(Set.of(directory.resolve(file)));
    }

    /** As Kubernetes mounts one: the file is a link through {@code ..data}, which is moved to the directory of the new version. */
    @Test
    @DisabledOnOs(OS.WINDOWS) // where making links needs a right
    void aConfigMapThatWasReplacedLooksDifferent() throws IOException {
        version("..1", "one");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(directory.resolve("plugin.yaml"), Path.of("..data/plugin.yaml"));
        FileState before = look("plugin.yaml");
        FileState listed = look(".");
        version("..2", "two");
        Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2"));
        Files.move(directory.resolve("..data_tmp"), directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(look("plugin.yaml")).isNotEqualTo(before);
        assertThat(look(".")).isNotEqualTo(listed);
    }

    private void version(String name, String content) throws IOException {
        Path file =
                Files.writeString(Files.createDirectory(directory.resolve(name)).resolve("plugin.yaml"), content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    }

    @Test
    void whatAppearsLooksDifferent() throws IOException {
        FileState before = look("documents");
        Path documents = Files.createDirectory(directory.resolve("documents"));
        FileState empty = look("documents");
        assertThat(empty).isNotEqualTo(before);
        Files.createFile(documents.resolve("a.yaml"));
        assertThat(look("documents")).isNotEqualTo(empty).isEqualTo(look("documents"));
    }
}
