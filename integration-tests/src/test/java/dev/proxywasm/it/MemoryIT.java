package dev.proxywasm.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory does not grow with a body that nobody holds. */
class MemoryIT {

    private static final long BYTES = 200L * 1024 * 1024;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"filter, /none", "filter, /pass", "handler, /none", "handler, /pass"})
    void streams200MebibytesBothWaysInAHeapOf64(String adapter, String path) throws Exception {
        assertThat(run(adapter, path)).contains("uploaded " + BYTES + ", downloaded " + BYTES);
    }

    @Tag("long")
    @Test
    void streams200MebibytesThroughABodyPluginOnUndertow() throws Exception {
        assertThat(run("undertow", "/pass")).contains("uploaded " + BYTES + ", downloaded " + BYTES);
    }

    /** On Tomcat 10.1, and on 11. */
    @Tag("long")
    @Tag("tomcat")
    @Test
    void streams200MebibytesThroughABodyPluginOnTomcat() throws Exception {
        assertThat(run("tomcat", "/pass")).contains("uploaded " + BYTES + ", downloaded " + BYTES);
    }

    @Tag("long")
    @Tag("servlet-6.1")
    @Test
    void streams200MebibytesThroughABodyPluginOnJettyEe11() throws Exception {
        assertThat(run("jetty-ee11", "/pass")).contains("uploaded " + BYTES + ", downloaded " + BYTES);
    }

    private String run(String adapter, String path) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UploadScenario.class.getName(),
                        adapter,
                        path)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String printed = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        assertThat(ended).as("ends within 120 s; it printed:%n%s", printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
