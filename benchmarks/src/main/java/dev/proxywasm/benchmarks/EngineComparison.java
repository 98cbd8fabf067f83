package dev.proxywasm.benchmarks;

import dev.proxywasm.Engine;
import dev.proxywasm.benchmarks.measure.Contender;
import dev.proxywasm.benchmarks.measure.Pace;
import dev.proxywasm.benchmarks.measure.Report;
import dev.proxywasm.benchmarks.measure.Rounds;
import java.util.List;

/** Our host on each of its engines: {@code <filter>.wasmtime} and {@code .jvm}. */
final class EngineComparison {

    private final Pace pace;
    private final Report report;

    EngineComparison(Pace pace, Report report) {
        this.pace = pace;
        this.report = report;
    }

    void run(Filter filter) {
        try (HostSequence wasmtime = HostSequence.on(Engine.WASMTIME, filter);
                HostSequence jvm = HostSequence.on(Engine.JVM, filter)) {
            List<Contender> contenders = List.of(
                    new Contender(filter.name() + ".wasmtime", wasmtime), new Contender(filter.name() + ".jvm", jvm));
            Rounds.measure(pace, contenders).forEach(report::add);
        }
        report.ratio("%s.jvm/wasmtime".formatted(filter.name()), filter.name() + ".jvm", filter.name() + ".wasmtime");
    }
}
