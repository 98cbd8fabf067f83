package dev.proxywasm.internal.module;

import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wabt.Wat2WasmModule;
import com.dylibso.chicory.wasi.WasiExitException;
import com.dylibso.chicory.wasi.WasiOptions;
import com.dylibso.chicory.wasi.WasiPreview1;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs the tool wat2wasm, which the optional library {@code com.dylibso.chicory:wabt} carries compiled to Java. Using this class without
 * the library is a {@link NoClassDefFoundError}.
 *
 * <p>It runs the tool itself, not through the library's own entry point: that one writes a file to an in-memory file system of yet another
 * library, and drops what the tool says about errors. Here the text comes by standard input, and the tool sees no file at all.
 */
final class Wat2Wasm {

    private Wat2Wasm() {}

    /** What the tool did; its binary is empty unless it exited with 0. */
    static final class Translation {
        private final int exitCode;
        private final byte[] binary;
        private final String messages;

        private Translation(int exitCode, byte[] binary, String messages) {
            this.exitCode = exitCode;
            this.binary = binary;
            this.messages = messages;
        }

        int exitCode() {
            return exitCode;
        }

        byte[] binary() {
            return binary;
        }

        String messages() {
            return messages;
        }
    }

    static Translation run(byte[] text) {
        ByteArrayOutputStream binary = new ByteArrayOutputStream();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        WasiOptions options = WasiOptions.builder()
                .withStdin(new ByteArrayInputStream(text))
                .withStdout(binary)
                .withStderr(messages)
                .withArguments(List.of("wat2wasm", "-", "--output=-"))
                .build();
        int exitCode = run(options);
        return new Translation(exitCode, binary.toByteArray(), messages.toString(StandardCharsets.UTF_8));
    }

    private static int run(WasiOptions options) {
        try (WasiPreview1 wasi = WasiPreview1.builder().withOptions(options).build()) {
            Instance.builder(Wat2WasmModule.load())
                    .withMachineFactory(Wat2WasmModule::create)
                    .withImportValues(ImportValues.builder()
                            .addFunction(wasi.toHostFunctions())
                            .build())
                    .build();
            return 0;
        } catch (WasiExitException e) {
            return e.exitCode();
        }
    }
}
