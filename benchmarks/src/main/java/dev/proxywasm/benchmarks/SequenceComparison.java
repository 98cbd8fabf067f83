package dev.proxywasm.benchmarks;

import dev.proxywasm.benchmarks.funcs.FuncSequence;
import dev.proxywasm.benchmarks.measure.Contender;
import dev.proxywasm.benchmarks.measure.Pace;
import dev.proxywasm.benchmarks.measure.Report;
import dev.proxywasm.benchmarks.measure.Rounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/**
 * Our host against itself without the fast path and against one Func per import, in this JVM: {@code <filter>.host},
 * {@code .host-no-fast-path} and {@code .funcs}.
 */
final class SequenceComparison {

    private final Pace pace;
    private final Report report;

    SequenceComparison(Pace pace, Report report) {
        this.pace = pace;
        this.report = report;
    }

    void run(Filter filter) {
        try (HostSequence host = HostSequence.of(filter);
                HostSequence crossing = HostSequence.withoutFastPath(filter);
                FuncSequence funcs = new FuncSequence(bytes(filter), filter.responseHeader())) {
            List<Contender> contenders = List.of(
                    new Contender(filter.name() + ".host", host),
                    new Contender(filter.name() + ".host-no-fast-path", crossing),
                    new Contender(filter.name() + ".funcs", funcs));
            Rounds.measure(pace, contenders).forEach(report::add);
        }
    }

    private static byte[] bytes(Filter filter) {
        try {
            return Files.readAllBytes(filter.module());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
