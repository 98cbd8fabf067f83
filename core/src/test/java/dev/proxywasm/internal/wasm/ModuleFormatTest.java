package dev.proxywasm.internal.wasm;

import static dev.proxywasm.internal.wasm.WasmAssembler.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleFormatTest {

    @Test
    void knowsTheBinaryFormatByItsMagicNumber() {
        assertThat(ModuleFormat.of(Modules.full())).isEqualTo(ModuleFormat.BINARY);
        assertThat(ModuleFormat.of(bytes(0, 'a', 's', 'm'))).isEqualTo(ModuleFormat.BINARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(module)",
                " \t\r\n(module)",
                ";; a filter\n(module)",
                ";; one\n;; two\n  (func)",
                "(; a (; nested ;) comment ;) (module)",
                "(;;)(module)",
                "(;)(;;);)(module)",
                "("
            })
    void knowsTheTextFormatByItsFirstParenthesis(String text) {
        assertThat(formatOf(text)).isEqualTo(ModuleFormat.TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"module", ";; only a comment", "(; never closed (module)", "(; ;) x (", " ", ";", "; (module)"})
    void doesNotTakeOtherTextForTheTextFormat(String text) {
        assertThat(formatOf(text)).isEqualTo(ModuleFormat.UNKNOWN);
    }

    @Test
    void namesWhatIsOftenFoundInPlaceOfAModule() {
        assertThat(formatOf("")).isEqualTo(ModuleFormat.EMPTY);
        assertThat(formatOf("\0a")).isEqualTo(ModuleFormat.TRUNCATED);
        assertThat(ModuleFormat.of(bytes(0x1F, 0x8B, 8, 0))).isEqualTo(ModuleFormat.GZIP);
        assertThat(ModuleFormat.of(bytes(0x28, 0xB5, 0x2F, 0xFD))).isEqualTo(ModuleFormat.ZSTD);
        assertThat(formatOf("PK\3\4")).isEqualTo(ModuleFormat.ZIP);
        assertThat(formatOf("\177ELF\2")).isEqualTo(ModuleFormat.ELF);
        assertThat(ModuleFormat.of(bytes('B', 'C', 0xC0, 0xDE))).isEqualTo(ModuleFormat.BITCODE);
        assertThat(formatOf("plugin.wasm" + "\0".repeat(246) + "ustar\0")).isEqualTo(ModuleFormat.TAR);
        assertThat(formatOf("\n<!DOCTYPE html>")).isEqualTo(ModuleFormat.HTML);
        assertThat(formatOf("<?xml version='1.0'?><Error/>")).isEqualTo(ModuleFormat.XML);
        assertThat(formatOf(" {\"errors\":[]}")).isEqualTo(ModuleFormat.JSON);
        assertThat(formatOf("[]")).isEqualTo(ModuleFormat.JSON);
        assertThat(formatOf("version https://git-lfs.github.com/spec/v1\n")).isEqualTo(ModuleFormat.GIT_LFS_POINTER);
    }

    private static ModuleFormat formatOf(String text) {
        return ModuleFormat.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
