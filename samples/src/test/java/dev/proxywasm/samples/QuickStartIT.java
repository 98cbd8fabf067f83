package dev.proxywasm.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The quick start as {@code quickstart.sh} runs it: from the folder into which its libraries were copied. */
@Timeout(60)
class QuickStartIT {

    @Test
    void startsFromTheFolderOfItsLibraries() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = "target/classes" + File.pathSeparator + "target/lib/*";
        Process process = new ProcessBuilder(
                        java, "--enable-native-access=ALL-UNNAMED", "-cp", classPath, QuickStart.class.getName(), "0")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            assertThat(untilReady(output)).contains("Ready on http");
        } finally {
            process.destroy();
        }
    }

    @Test
    void losesNoLibraryToAnotherOfItsName() {
        assertThat(new File("target/lib").list())
                .contains("com.dylibso.chicory.wasm-1.0.0.jar", "run.endive.wasm-1.0.0.jar");
    }

    private static String untilReady(BufferedReader output) throws IOException {
        StringBuilder text = new StringBuilder();
        String line = output.readLine();
        while (line != null) {
            text.append(line).append('\n');
            line = line.startsWith("Ready") ? null : output.readLine();
        }
        return text.toString();
    }
}
