package dev.proxywasm.internal.module;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.internal.module.source.ModuleException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebAssemblyTextTest {

    private static final String ADDER =
            """
            (; A guest that adds. ;)
            (module
              (memory (export "memory") 1)
              (data (i32.const 0) "gr\\c3\\bc\\c3\\9fe, grüße")
              (func (export "add") (param i32 i32) (result i32)
                local.get 0
                local.get 1
                i32.add))
            """;

    @Test
    void translatesToABinaryModule() throws ModuleException {
        byte[] binary = translate(ADDER);
        assertThat(Arrays.copyOf(binary, 8)).containsExactly(0, 'a', 's', 'm', 1, 0, 0, 0);
        assertThat(new String(binary, UTF_8)).contains("memory", "add", "grüße, grüße");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            (module) (module)                       | line 1:10: unexpected token (, expected EOF.
            (foo)                                   | line 1:2: unexpected token "foo", expected a module field or a module.; line 1:5: unexpected token ), expected EOF.
            (module (memory 1) (memory 1))          | line 1:21: only one memory block allowed
            (module (func return_call 0))           | line 1:15: opcode not allowed: return_call
            (module (func (result i32) i64.const 1))| line 1:28: type mismatch in implicit return, expected [i32] but got [i64]
            (module (func a b c d e))               | line 1:15: unexpected token a, expected ).; line 1:17: unexpected token b.; line 1:19: unexpected token c.
            (module (func $ü))                      | line 1:16: unexpected char; line 1:17: unexpected char
            (; never closed                         | line 1:1: EOF in block comment
            """)
    void saysWhereAndWhyUpToThreeErrors(String text, String errors) {
        assertRefused(text, "is not valid WebAssembly text: " + errors);
    }

    @Test
    void survivesTextThatIsNestedTooDeep() throws ModuleException {
        String nested = "(module (func " + "(block ".repeat(200_000) + ")".repeat(200_000) + "))";
        assertThatThrownBy(() -> translate(nested))
                .isInstanceOf(ModuleException.class)
                .hasMessageStartingWith("is WebAssembly text that the translator fails on (");
        assertThat(translate("(module)")).hasSize(8);
    }

    @Test
    void refusesTextOfMoreThanEightMebibytes() {
        assertRefused(
                " ".repeat(8 * 1024 * 1024 + 1),
                "is WebAssembly text of 8388609 bytes, more than 8 MiB; translate it with wat2wasm, and name the result");
    }

    @Test
    void translatesInSeveralThreadsAtOnce() throws Exception {
        byte[] expected = translate(ADDER);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<byte[]> translation = () -> translate(ADDER);
            for (Future<byte[]> translated :
                    threads.invokeAll(List.of(translation, translation, translation, translation))) {
                assertThat(translated.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> translate(text))
                .isInstanceOf(ModuleException.class)
                .hasMessage(message);
    }

    private static byte[] translate(String text) throws ModuleException {
        return WebAssemblyText.translate(text.getBytes(UTF_8));
    }
}
