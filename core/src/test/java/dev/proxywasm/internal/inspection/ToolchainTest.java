package dev.proxywasm.internal.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.internal.wasm.ModuleReader;
import dev.proxywasm.internal.wasm.Producer;
import dev.proxywasm.testing.Wat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolchainTest {

    private static final byte[] EMPTY = {0, 'a', 's', 'm', 1, 0, 0, 0};

    @ParameterizedTest
    @CsvSource({
        "Go cmd/compile, Go",
        "TinyGo Go, TinyGo",
        "rustc, Rust",
        "Rust clang, Rust",
        "clang, C or C++ (clang)",
        "something, ''"
    })
    void isWhatAModuleSays(String names, String toolchain) {
        List<Producer> producers = names.equals("Go cmd/compile")
                ? List.of(new Producer("processed-by", names, "1"))
                : Arrays.stream(names.split(" "))
                        .map(name -> new Producer("processed-by", name, "1"))
                        .toList();
        assertThat(Toolchain.of(ModuleReader.read(EMPTY), producers)).isEqualTo(toolchain);
    }

    @ParameterizedTest
    @CsvSource({
        "(memory (export \"__data_end\") 1), probably Rust",
        "(memory (export \"__rtti_base\") 1), probably AssemblyScript",
        "(import \"env\" \"abort\" (func)), probably AssemblyScript",
        "(import \"env\" \"emscripten_notify_memory_growth\" (func (param i32))), probably C++ (Emscripten)",
        "(memory (export \"memory\") 1), ''"
    })
    void isElseWhatIsTypical(String content, String toolchain) {
        byte[] module = Wat.compile("(module " + content + ")");
        assertThat(Toolchain.of(ModuleReader.read(module), Producer.of(module))).isEqualTo(toolchain);
    }

    @Test
    void producersAreReadFromTheirSection() {
        byte[] module = withProducers("\u0001\u0008language\u0002\u0004Rust\u00042021\u0001C\u0000");
        assertThat(Producer.of(module))
                .extracting(Producer::toString)
                .containsExactly("language Rust 2021", "language C");
    }

    @Test
    void aDamagedSectionSaysNothing() {
        assertThat(Producer.of(withProducers("\u0001\u0008language\u0002\u0004Rust\u00042021\u0009C")))
                .isEmpty();
    }

    private static byte[] withProducers(String content) {
        byte[] section = ("\u0009producers" + content).getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream module = new ByteArrayOutputStream();
        module.writeBytes(EMPTY);
        module.write(0);
        module.write(section.length);
        module.writeBytes(section);
        return module.toByteArray();
    }
}
