package dev.proxywasm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.it.contract.Difference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each difference between servers that the contract asserts has a row in docs/SERVERS.md, and no other one has. */
class ServersDocumentTest {

    @Test
    void listsTheDifferencesThatTheContractAsserts() throws Exception {
        String document = Files.readString(Path.of("..", "docs", "SERVERS.md"));
        List<String> rows = Pattern.compile("(?m)^\\| `([A-Z_0-9]+)` \\|")
                .matcher(document)
                .results()
                .map(row -> row.group(1))
                .toList();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Difference.values()).map(Enum::name).toList());
    }
}
