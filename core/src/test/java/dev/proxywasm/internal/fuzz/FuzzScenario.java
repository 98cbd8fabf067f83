package dev.proxywasm.internal.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.codec.MalformedMapException;
import dev.proxywasm.internal.codec.MalformedMessageException;
import dev.proxywasm.internal.codec.MapCodec;
import dev.proxywasm.internal.codec.PropertyPath;
import dev.proxywasm.internal.codec.ProtoFields;
import dev.proxywasm.internal.wasm.Checkpoints;
import dev.proxywasm.internal.wasm.MalformedModuleException;
import dev.proxywasm.internal.wasm.ModuleLimitException;
import dev.proxywasm.internal.wasm.ModuleReader;
import dev.proxywasm.internal.wasm.ModuleRewriter;
import dev.proxywasm.internal.wasm.RewriteLimits;
import dev.proxywasm.testing.Wat;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;

/**
 * A main class: feeds what reads bytes of guests with random and mutated ones, and whole modules on to an engine and through
 * an exchange. Says {@code alive} if nothing but documented exceptions came of it. Arguments: the seconds that it shall go on at least, a seed.
 */
final class FuzzScenario {

    /** Codecs are fast and modules are not. */
    private static final int CODEC_INPUTS_A_MODULE = 300;

    /** Modules at least. */
    private static final int ROUNDS = 40;

    private static final byte[] MAP = MapCodec.encode(HeaderMap.of(":path", "/", "x-a", "1", "x-a", "2", "x-b", ""));
    private static final byte[] PATH = "metadata\0filter_metadata\0a.b\0c\0".getBytes(ISO_8859_1);
    private static final byte[] MESSAGE = ProtoFields.writer()
            .bytes(1, "sha256".getBytes(ISO_8859_1))
            .bytes(2, new byte[40])
            .bytes(3, ProtoFields.writer().bytes(1, MAP).toByteArray())
            .toByteArray();
    private static final byte[][] MODULES = {
        Wat.module("stream/starts"),
        Wat.module("stream/echo"),
        Wat.module("callout/ask"),
        Wat.module("hostcall/traced"),
        Wat.module("services/measures"),
        Wat.module("stream/recorder"),
        Wat.module("hostcall/forward")
    };

    private final Mutator mutator;
    private final ModuleRewriter rewriter = new ModuleRewriter(new RewriteLimits(64, 4, 10_000), "start");
    private final ModuleTrial trial = new ModuleTrial();
    private final Map<String, Integer> counts = new TreeMap<>();
    private byte[] input = {};

    private FuzzScenario(long seed) {
        mutator = new Mutator(seed);
    }

    public static void main(String[] arguments) {
        long seconds = Long.parseLong(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        for (String name : new String[] {"ROOT", "dev.proxywasm", "dev.proxywasm.plugin.fuzz"}) {
            ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.OFF);
        }
        FuzzScenario scenario = new FuzzScenario(seed);
        try {
            scenario.run(System.nanoTime() + seconds * 1_000_000_000L);
            System.out.println("seed " + seed + ": " + scenario.counts + ", alive");
        } catch (RuntimeException | Error undocumented) {
            System.out.println("seed " + seed + ", " + scenario.counts + ", input "
                    + HexFormat.of().formatHex(scenario.input));
            throw undocumented;
        }
    }

    private void run(long until) {
        for (int round = 0; round < ROUNDS || System.nanoTime() < until; round++) {
            for (int i = 0; i < CODEC_INPUTS_A_MODULE; i++) {
                codecs();
            }
            byte[] module = mutator.choose(MODULES);
            input = mutator.choose(mutator.mutate(module), mutator.nudge(module), mutator.nudge(module));
            count("module " + trial.of(input));
        }
    }

    private void codecs() {
        try {
            input = mutator.choose(mutator.random(64), mutator.mutate(MAP));
            MapCodec.decode(input);
            count("maps");
        } catch (MalformedMapException documented) {
            count("maps refused");
        }
        input = mutator.choose(mutator.random(64), mutator.mutate(PATH));
        PropertyPath.parse(input);
        count("paths");
        try {
            input = mutator.choose(mutator.random(64), mutator.mutate(MESSAGE));
            ProtoFields.parse(input).all(3);
            count("messages");
        } catch (MalformedMessageException documented) {
            count("messages refused");
        }
        try {
            input = mutator.mutate(MODULES[0]);
            ModuleReader.read(input);
            ModuleReader.read(rewriter.rewrite(input).bytes());
            ModuleReader.read(Checkpoints.insert(input));
            count("modules read");
        } catch (MalformedModuleException | ModuleLimitException documented) {
            count("modules not read");
        }
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }
}
