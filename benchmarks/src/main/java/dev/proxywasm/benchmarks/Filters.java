package dev.proxywasm.benchmarks;

import dev.proxywasm.benchmarks.measure.Report;
import dev.proxywasm.internal.module.WebAssemblyText;
import dev.proxywasm.internal.module.source.ModuleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The filters to measure: our own, which is text, and those that the samples build with SDKs. */
final class Filters {

    private static final List<String> LANGUAGES = List.of("go", "rust", "assemblyscript");
    private static final String OWN = "bench-filter";

    private Filters() {}

    /** All that are there; of the others the report says how to get them. */
    static List<Filter> available(Path built, Path work, Report report) {
        List<Filter> filters = new ArrayList<>();
        filters.add(own(work));
        for (String language : LANGUAGES) {
            Path module = built.resolve(language + ".wasm").toAbsolutePath();
            if (Files.exists(module)) {
                filters.add(new Filter(language, module, "x-filter"));
            } else {
                report.remark("skipped: %s: no %s (samples/filters/build.sh %s makes it)"
                        .formatted(language, module.getFileName(), language));
            }
        }
        return filters;
    }

    /** Our own filter, translated once so that nobody's figures hold the translation. */
    static Filter own(Path work) {
        String resource = OWN + ".wat";
        try (InputStream in = Filters.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing; build the module again");
            }
            Path module = work.resolve(OWN + ".wasm").toAbsolutePath();
            Files.write(module, WebAssemblyText.translate(in.readAllBytes()));
            return new Filter(OWN, module, "x-wasm-response");
        } catch (IOException | ModuleException e) {
            throw new IllegalStateException(resource + ": " + e.getMessage(), e);
        }
    }
}
