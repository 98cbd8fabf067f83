package dev.proxywasm.internal.fuzz;

import dev.proxywasm.Limits;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginLoadException;
import dev.proxywasm.PluginStartException;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.time.Duration;

/** Loads bytes as a plugin, starts it and sends it an exchange: how far do they come? */
final class ModuleTrial {

    private static final PluginConfig PLUGIN = PluginConfig.builder("fuzz", "fuzz.wasm")
            .configuration("q!;")
            .instances(1)
            .limits(Limits.builder()
                    .callbackTimeout(Duration.ofMillis(100))
                    .startTimeout(Duration.ofMillis(500))
                    .memoryBytes(4L << 20)
                    .hostcallsPerCallback(1000)
                    .build())
            .build();

    /** What became of it; throws what is not documented. */
    String of(byte[] module) {
        try (TestHost host = TestHost.ofBinary(PLUGIN, module)) {
            return exchange(host);
        } catch (PluginLoadException documented) {
            return "refused";
        } catch (PluginStartException documented) {
            return "not started";
        }
    }

    private static String exchange(TestHost host) {
        try (TestExchange exchange = host.post("x-upstream", "a", "x-calls", "12345678")) {
            Outcome outcome = exchange.requestHeaders();
            if (outcome == Outcome.FORWARD) {
                outcome = exchange.lastRequestBody("abc");
            }
            if (outcome == Outcome.FORWARD) {
                outcome = exchange.responseHeaders("a", "b");
            }
            if (outcome == Outcome.FORWARD) {
                outcome = exchange.lastResponseBody("abc");
            }
            host.advance(Duration.ofSeconds(1));
            return outcome == Outcome.FORWARD ? "served" : "started";
        }
    }
}
