package dev.proxywasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/CONFORMANCE.md} and {@code docs/HOST_DIFFERENCES.md} name tests: they exist, they run, and they run guests where they shall. */
class ConformanceTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final int POINTS = 24;
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT|Contract))(?:\\.(\\w+))?`");

    /** What tests run guests with. */
    private static final Pattern RUNS_GUESTS =
            Pattern.compile("\\b(TestHost|ForwardHost|AskingHost|OnePlugin|DriverRun|ForkedJvm|ProxyWasm|Guest)\\b");

    private static Map<String, String> sources;

    @BeforeAll
    static void readTests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/test/"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            ConformanceTest::read,
                            (one, other) -> one));
        }
    }

    static List<String> points() {
        return rows("CONFORMANCE.md");
    }

    static List<String> differences() {
        return rows("HOST_DIFFERENCES.md");
    }

    /** The rows of all tables of a document, without their heads. */
    private static List<String> rows(String document) {
        return read(DOCS.resolve(document))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
                .filter(line -> !line.startsWith("| | ") && !line.startsWith("| what | "))
                .toList();
    }

    @Test
    void everyPointHasItsNumber() {
        List<Integer> numbers = points().stream()
                .map(row ->
                        Integer.parseInt(row.substring(2, row.indexOf(" |", 2)).strip()))
                .toList();
        assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, POINTS).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("points")
    void everyPointIsProvenByTestsThatRunGuests(String row) {
        assertThat(tests(row)).isNotEmpty().allSatisfy(test -> {
            assertRuns(test);
            assertThat(sources.get(test.group(1))).as(test.group()).containsPattern(RUNS_GUESTS);
        });
    }

    @ParameterizedTest
    @MethodSource("differences")
    void everyDifferenceIsProvenByATest(String row) {
        assertThat(tests(row)).isNotEmpty().allSatisfy(ConformanceTest::assertRuns);
    }

    private static List<MatchResult> tests(String row) {
        return TEST.matcher(row).results().toList();
    }

    private static void assertRuns(MatchResult test) {
        String source = sources.get(test.group(1));
        assertThat(source).as("the test %s", test.group()).isNotNull().doesNotContain("@Disabled");
        if (test.group(2) != null) {
            int method = source.indexOf("    void " + test.group(2) + "(");
            assertThat(method).as("where %s is", test.group()).isPositive();
            String before = source.substring(0, method);
            assertThat(before.substring(before.lastIndexOf("\n\n")))
                    .as("what stands before %s", test.group())
                    .containsPattern("@(Test|ParameterizedTest)\\b");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
