package dev.proxywasm.internal.engine.wasmtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.internal.engine.CompiledModule;
import dev.proxywasm.internal.engine.Guest;
import dev.proxywasm.internal.engine.TestEngine;
import dev.proxywasm.testing.Wat;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Guest time goes on, whatever else the engine does. */
class TickerTest {

    @Test
    void ticksWhileABigModuleIsCompiled() {
        byte[] big = bigModule(400, 600);
        try (Guest guest = TestEngine.WASMTIME.guest("(module (func (export \"a\") (loop $l (br $l))))", Guest.ZERO)) {
            CompletableFuture<Void> compile = CompletableFuture.runAsync(() -> TestEngine.WASMTIME
                    .shared()
                    .compile("big", big, Guest.LIMITS)
                    .close());
            assertThatThrownBy(() -> guest.callWithin(TimeUnit.MILLISECONDS.toNanos(30)))
                    .hasMessageContaining("ran out of time");
            assertThat(compile).isNotDone();
            compile.join();
        }
    }

    @Test
    void stopsWithItsEngine() {
        WasmtimeEngine engine = new WasmtimeEngine(WasmtimeEngine.Options.DEFAULT);
        int before = tickers();
        try (CompiledModule module = engine.compile("m", Wat.compile("(module)"), Guest.LIMITS)) {
            module.instantiate(Guest.spec(Guest.ZERO)).close();
            assertThat(tickers()).as("started with the first instance").isEqualTo(before + 1);
        }
        engine.close();
        await().until(() -> tickers() == before);
    }

    private static int tickers() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("proxy-wasm-ticker"))
                .count();
    }

    /** A module of equal functions, each a long chain of multiplications: seconds of work for the compiler. */
    private static byte[] bigModule(int functions, int operations) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(0); // no locals
        for (int i = 0; i < operations; i++) {
            // local.get 0, i32.const 31, i32.mul, local.set 0
            body.writeBytes(new byte[] {0x20, 0, 0x41, 31, 0x6C, 0x21, 0});
        }
        body.writeBytes(new byte[] {0x20, 0, 0x0B});
        ByteArrayOutputStream declarations = new ByteArrayOutputStream();
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        writeSize(declarations, functions);
        writeSize(code, functions);
        for (int i = 0; i < functions; i++) {
            declarations.write(0);
            writeSize(code, body.size());
            code.writeBytes(body.toByteArray());
        }
        ByteArrayOutputStream module = new ByteArrayOutputStream();
        module.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 6, 1, 0x60, 1, 0x7F, 1, 0x7F});
        writeSection(module, 3, declarations);
        writeSection(module, 10, code);
        return module.toByteArray();
    }

    private static void writeSection(ByteArrayOutputStream module, int id, ByteArrayOutputStream content) {
        module.write(id);
        writeSize(module, content.size());
        module.writeBytes(content.toByteArray());
    }

    private static void writeSize(ByteArrayOutputStream out, int size) {
        int rest = size;
        while (rest > 0x7F) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
