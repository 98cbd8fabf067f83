package dev.proxywasm.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.benchmarks.measure.Figure;
import dev.proxywasm.benchmarks.measure.Report;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The peer, in a JVM of its own: {@code <filter>.peer-shared} and {@code <filter>.peer-isolated}.
 *
 * <p>It needs a Chicory of another version than the one that translates our text modules, hence the process.
 */
final class PeerComparison {

    private static final String MAIN = "dev.proxywasm.benchmarks.peer.PeerMain";
    private static final long EXIT_SECONDS = 10;

    private final Path home;
    private final String pace;
    private final Report report;

    /**
     * The peer that was built there.
     *
     * @param home the folder of its module, with {@code target/classes} and {@code target/lib}
     * @param pace by its name
     */
    PeerComparison(Path home, String pace, Report report) {
        this.home = home;
        this.pace = pace;
        this.report = report;
    }

    void run(List<Filter> filters) throws IOException, InterruptedException {
        if (!Files.isDirectory(home.resolve("target/lib"))) {
            report.remark("skipped: the peer: it is not built (mvn -pl benchmarks/peer -am package)");
            return;
        }
        Process process = new ProcessBuilder(command(filters))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<Figure> figure = Figure.parse(line);
                figure.ifPresentOrElse(report::add, remark(line));
            }
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                report.remark("failed: the peer's JVM did not end well");
            }
        } finally {
            process.destroy();
        }
    }

    private Runnable remark(String line) {
        return () -> report.remark(line.startsWith("# ") ? line.substring(2) : "peer: " + line);
    }

    private List<String> command(List<Filter> filters) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.add("-cp");
        command.add(home.resolve("target/classes") + File.pathSeparator + home.resolve("target/lib") + "/*");
        command.add(MAIN);
        command.add(pace);
        for (Filter filter : filters) {
            command.add(filter.name());
            command.add(filter.module().toString());
            command.add(filter.responseHeader());
        }
        return command;
    }
}
