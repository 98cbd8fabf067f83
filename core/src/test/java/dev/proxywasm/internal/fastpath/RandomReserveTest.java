package dev.proxywasm.internal.fastpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.testing.Wat;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random numbers out of the reserve: none is given twice, however many are taken, and only what is too much at once crosses. */
class RandomReserveTest {

    /** Takes 24 bytes as often as it is told at 0, then what is told at 4, and puts the former at 16 and behind. */
    private static final String TAKING =
            """
            (module
              (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "proxy_abi_version_0_2_1"))
              (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 4096))
              (func (export "proxy_on_context_create") (param i32 i32))
              (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32) (local $i i32)
                (loop $next
                  (if (call $random (i32.add (i32.const 16) (i32.mul (local.get $i) (i32.const 24))) (i32.const 24))
                    (then (unreachable)))
                  (local.set $i (i32.add (local.get $i) (i32.const 1)))
                  (br_if $next (i32.lt_u (local.get $i) (i32.load (i32.const 0)))))
                (drop (call $random (i32.const 32768) (i32.load (i32.const 4))))
                (i32.const 0)))
            """;

    private static final int PIECE = 24;

    private final ObservedEngine engine = new ObservedEngine(true);
    private final OnePlugin plugin = new OnePlugin(
            engine,
            PluginConfig.builder("random", "random").instances(1).build(),
            Wat.compile(TAKING),
            InstantSource.system());

    @Test
    void givesNoNumberTwice() {
        Set<String> seen = new HashSet<>();
        for (int pieces : new int[] {1, 3, 1, 60, 2, 5, 1}) {
            request(pieces, 0);
            for (int i = 0; i < pieces; i++) {
                String piece = HexFormat.of().formatHex(engine.memory().read(16 + i * PIECE, PIECE));
                assertThat(seen.add(piece))
                        .as("piece %d of %d: %s", i, pieces, piece)
                        .isTrue();
            }
        }
    }

    @Test
    void renewsItselfSoThatFewCross() {
        request(1, 0);
        engine.forget();
        for (int i = 0; i < 100; i++) {
            request(4, 8);
        }
        assertThat(engine.crossings()).isEmpty();
    }

    @Test
    void crossesForMoreThanThereIs() {
        request(1, 0);
        engine.forget();
        request(1, FastPathLayout.MAX_RANDOM);
        assertThat(engine.crossings()).containsExactly("random_get");
        assertThat(engine.memory().read(32768, FastPathLayout.MAX_RANDOM))
                .isNotEqualTo(new byte[FastPathLayout.MAX_RANDOM]);
    }

    private void request(int pieces, int more) {
        engine.memory().writeI32(0, pieces);
        engine.memory().writeI32(4, more);
        try (HttpStream stream = plugin.open(HeaderMap.of(":method", "GET"))) {
            stream.requestHeaders(true);
        }
    }
}
