package dev.proxywasm.benchmarks;

import dev.proxywasm.benchmarks.http.HttpComparison;
import dev.proxywasm.benchmarks.measure.Pace;
import dev.proxywasm.benchmarks.measure.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Takes every figure in one run, and ends: {@code Quick [quick|full] [sequence|peer|http|growth...]}; see the module's README. */
public final class Quick {

    private static final List<String> PARTS = List.of("sequence", "peer", "http");
    private static final List<String> ALL_PARTS =
            List.of("sequence", "peer", "http", "http-wasmtime", "engines", "growth");

    private final String paceName;
    private final Pace pace;
    private final Path repository;
    private final Report report = new Report(System.out);

    private Quick(String paceName, Path repository) {
        this.paceName = paceName;
        this.pace = Pace.named(paceName);
        this.repository = repository;
    }

    /** Runs in the repository's root; the first argument is the pace, the others choose parts (default: those that fit into a minute). */
    public static void main(String[] arguments) throws Exception {
        String pace = arguments.length == 0 ? "quick" : arguments[0];
        List<String> parts = arguments.length <= 1 ? PARTS : List.of(arguments).subList(1, arguments.length);
        if (!ALL_PARTS.containsAll(parts)) {
            throw new IllegalArgumentException("the parts are " + ALL_PARTS + ", not " + parts);
        }
        new Quick(pace, Path.of("")).run(parts);
    }

    private void run(List<String> parts) throws Exception {
        Path work = Files.createDirectories(repository.resolve("benchmarks/target/work"));
        List<Filter> filters = Filters.available(repository.resolve("samples/filters/target"), work, report);
        if (parts.contains("sequence")) {
            SequenceComparison sequences = new SequenceComparison(pace, report);
            filters.forEach(sequences::run);
        }
        if (parts.contains("peer")) {
            new PeerComparison(repository.resolve("benchmarks/peer"), paceName, report).run(filters);
        }
        if (parts.contains("http")) {
            new HttpComparison(pace, report).run(filters.get(0).module());
        }
        if (parts.contains("http-wasmtime")) {
            new HttpComparison(pace, report).runOnWasmtime(filters.get(0).module());
        }
        if (parts.contains("engines")) {
            EngineComparison engines = new EngineComparison(pace, report);
            filters.forEach(engines::run);
        }
        if (parts.contains("growth")) {
            new Growth(pace, report).run();
            for (Filter filter : filters) {
                new Parallel(pace, report).run(filter);
            }
        }
        filters.forEach(this::ratios);
        HttpComparison.ratios(report);
    }

    private void ratios(Filter filter) {
        String host = filter.name() + ".host";
        for (String way : List.of("host-no-fast-path", "funcs", "peer-isolated", "peer-shared")) {
            report.ratio("%s.%s/host".formatted(filter.name(), way), filter.name() + "." + way, host);
        }
    }
}
