package dev.proxywasm.internal.hostcall;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.proxywasm.testing.Spec;
import dev.proxywasm.testing.SpecClaim;
import dev.proxywasm.testing.SpecIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** All claims of all tests ({@link Spec}) against what has to be reached. */
class SpecIndexTest {

    private static final Set<SpecClaim> CLAIMED = claimed();

    private static Set<SpecClaim> claimed() {
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("dev.proxywasm");
        return tests.stream()
                .flatMap(test -> test.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Spec.class))
                .flatMap(method ->
                        Arrays.stream(method.getAnnotationOfType(Spec.class).value()))
                .flatMap(SpecIndex::claimed)
                .collect(Collectors.toSet());
    }

    @Test
    void thereAreNoGaps() throws IOException {
        List<SpecClaim> gaps = SpecIndex.wanted().stream()
                .filter(wanted -> !CLAIMED.contains(wanted))
                .toList();
        Path file = Path.of("target", "conformance-gaps.txt");
        Files.createDirectories(file.getParent());
        Files.write(file, gaps.stream().map(SpecClaim::toString).toList());

        assertThat(gaps)
                .as("statuses that no test claims to reach (@Spec), also in %s", file)
                .isEmpty();
    }

    @Test
    void everyClaimIsInTheIndex() {
        assertThat(new HashSet<>(SpecIndex.wanted())).as("spec-index.tsv").containsAll(CLAIMED);
    }

    @Test
    void everyFunctionThatAnswersAStatusIsInTheIndex() {
        Set<String> functions = HostcallTable.rows().stream()
                .filter(row -> row.convention() != Convention.VALUE)
                .map(HostFunction::name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(SpecIndex.functions()).isEqualTo(functions);
    }
}
