package dev.proxywasm.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has to be reached: {@code spec-index.tsv}. */
public final class SpecIndex {

    private static final List<SpecClaim> WANTED =
            lines().flatMap(SpecIndex::claims).toList();

    private SpecIndex() {}

    /** All of it. */
    public static List<SpecClaim> wanted() {
        return WANTED;
    }

    /** What a claim stands for: what it names, or if it names all functions, every entry of that status. */
    public static Stream<SpecClaim> claimed(String claim) {
        return SpecClaim.parse(claim).stream().flatMap(SpecIndex::expand);
    }

    private static Stream<SpecClaim> expand(SpecClaim claim) {
        boolean isWasi = claim.version().equals("wasi");
        return claim.function().equals("*")
                ? WANTED.stream()
                        .filter(entry -> entry.status().equals(claim.status()))
                        .filter(entry -> entry.version().equals("wasi") == isWasi)
                : Stream.of(claim);
    }

    /** The statuses that a function may answer, in any version. */
    public static Set<String> statuses(String function) {
        return WANTED.stream()
                .filter(entry -> entry.function().equals(function))
                .map(SpecClaim::status)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of the functions in it. */
    public static Set<String> functions() {
        return WANTED.stream().map(SpecClaim::function).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<SpecClaim> claims(String line) {
        String[] columns = line.split("\t", -1);
        return Arrays.stream(columns[2].split(" ")).map(status -> new SpecClaim(columns[0], columns[1], status));
    }

    private static Stream<String> lines() {
        try (InputStream in = SpecIndex.class.getResourceAsStream("/spec-index.tsv")) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
