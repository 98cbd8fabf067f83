package dev.proxywasm.internal.fastpath;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.proxywasm.Limits;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.VmConfig;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.spi.Metric;
import dev.proxywasm.testing.Wat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Runs a {@link DriverProgram} through two exchanges that overlap, and writes down all that can be seen of it. */
final class DriverRun implements AutoCloseable {

    private static final String PLUGIN = "driver";
    private static final Logger ALL = (Logger) LoggerFactory.getLogger("dev.proxywasm");
    private static final Logger OF_PLUGIN = (Logger) LoggerFactory.getLogger("dev.proxywasm.plugin." + PLUGIN);
    private static final Level[] LEVELS = {Level.TRACE, Level.INFO, Level.WARN, Level.OFF};
    private static final int[] HEADER_BYTES = {1024, 3000, 1 << 20};
    private static final int MEMORY_BYTES = 8 * 65536;
    private static final int PAGE_BYTES = 4096;

    private final Random random;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<String> seen = new ArrayList<>();
    private final List<HeaderMap> maps = new ArrayList<>();
    private final ObservedEngine engine;
    private final OnePlugin plugin;
    private Instant now = Instant.ofEpochSecond(1_700_000_000L, 123_456_789);
    private boolean over;

    DriverRun(long seed, ObservedEngine engine) {
        random = new Random(seed);
        String version = random.nextInt(4) == 0 ? "0_1_0" : "0_2_1";
        OF_PLUGIN.setLevel(LEVELS[random.nextInt(LEVELS.length)]);
        ALL.setAdditive(false);
        log.start();
        ALL.addAppender(log);
        Limits limits = Limits.builder()
                .headerCount(random.nextBoolean() ? 1000 : 24)
                .headerBytes(HEADER_BYTES[random.nextInt(HEADER_BYTES.length)])
                .logLineBytes(random.nextBoolean() ? 16 * 1024 : 256)
                .memoryBytes(1 << 20)
                .callbackTimeout(Duration.ofMinutes(2))
                .build();
        PluginConfig config = PluginConfig.builder(PLUGIN, "driver")
                .vm(new VmConfig("", "", random.nextInt(4) == 0 ? Map.of("NAME", "value") : Map.of(), List.of()))
                .configuration("configuration".repeat(random.nextInt(3)))
                .limits(limits)
                .allowOnHeadersStopIteration(true)
                .instances(1)
                .build();
        this.engine = engine;
        plugin = new OnePlugin(
                engine, config, Wat.compile(Wat.text("fastpath/driver").replace("${VERSION}", version)), () -> now);
        DriverProgram.askingForAll().writeTo(engine.memory());
        exchanges();
        seen.clear();
        maps.clear();
        new DriverProgram(seed).writeTo(engine.memory());
        engine.forget();
    }

    /** The hostcalls that crossed. */
    int crossings() {
        return engine.crossings().size();
    }

    /** What was seen. */
    List<String> run() {
        exchanges();
        return seen;
    }

    private void exchanges() {
        HttpStream first = open();
        HttpStream second = open();
        step(() -> first.requestHeaders(false));
        step(() -> second.requestHeaders(false));
        for (int i = random.nextInt(3); i > 0; i--) {
            step(() -> first.requestBody(chunk(), false));
        }
        step(() -> first.requestBody(chunk(), true));
        step(() -> second.requestTrailers(map(HeaderMap.of("x-a", "trailer", "x-b", ""))));
        step(() -> second.responseHeaders(response(), false));
        step(() -> second.responseBody(chunk(), false));
        step(() -> second.responseTrailers(map(HeaderMap.of("x-a", "last"))));
        step(() -> first.responseHeaders(response(), true));
        close(second);
        close(first);
    }

    private HttpStream open() {
        HeaderMap headers = HeaderMap.of(
                ":method",
                "POST",
                ":path",
                "/index?x=1",
                ":authority",
                "example.com",
                ":scheme",
                "http",
                "Content-Length",
                "10");
        for (int i = many(); i > 0; i--) {
            headers.add("X-" + random.nextInt(400), "v".repeat(random.nextInt(20)));
        }
        headers.add("x-a", "1");
        headers.add("X-A", "2\u00e9");
        headers.add("x-b", "");
        return plugin.open(map(headers));
    }

    private HeaderMap response() {
        HeaderMap headers =
                HeaderMap.of(":status", "200", "content-type", "text/plain", "x-a", "a", "x-b", "b", "x-a", "c");
        for (int i = many(); i > 0; i--) {
            headers.add("x-" + random.nextInt(400), "v".repeat(random.nextInt(20)));
        }
        return map(headers);
    }

    private int many() {
        return random.nextInt(6) == 0 ? 100 + random.nextInt(60) : random.nextInt(10);
    }

    private HeaderMap map(HeaderMap map) {
        maps.add(map);
        return map;
    }

    private ByteBuffer chunk() {
        byte[] bytes = new byte[random.nextInt(8) == 0 ? 20_000 : random.nextInt(50)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** One thing that a server does; nothing more is done once an exchange took another course. */
    private void step(Supplier<Outcome> action) {
        if (over) {
            return;
        }
        now = now.plus(Duration.ofMinutes(2)).plusNanos(1);
        Outcome outcome = action.get();
        over = outcome != Outcome.FORWARD && !(outcome instanceof Outcome.Wait);
        look(outcome.getClass().getSimpleName());
    }

    private void close(HttpStream stream) {
        now = now.plus(Duration.ofMinutes(2));
        stream.close();
        look("closed");
    }

    private void look(String what) {
        seen.add(what);
        for (ILoggingEvent event : log.list) {
            seen.add("log " + event.getLevel() + " " + event.getFormattedMessage());
            over |= event.getLoggerName().equals("dev.proxywasm.vm");
        }
        log.list.clear();
        for (HeaderMap map : maps) {
            StringBuilder text = new StringBuilder("map");
            for (int i = 0; i < map.size(); i++) {
                text.append(' ').append(map.spelling(i)).append('=').append(map.value(i));
            }
            seen.add(text.toString());
        }
        for (Metric metric : plugin.metrics()) {
            seen.add("metric " + metric + " " + metric.value() + " of " + metric.count());
        }
        if (!over) {
            memory();
        }
    }

    private void memory() {
        byte[] memory = engine.memory().read(0, MEMORY_BYTES);
        int cursor = engine.memory().readI32(DriverProgram.CURSOR);
        seen.add("program at " + (cursor - DriverProgram.BASE) / 28);
        seen.add("results " + Arrays.toString(Arrays.copyOf(memory, 128)));
        for (int i = 0; i < 4096; i += 16) {
            StringBuilder statuses = new StringBuilder("statuses from " + i);
            for (int j = i; j < i + 16; j++) {
                int status = engine.memory().readI32(0x18000 + 4 * j);
                statuses.append(' ').append(status >>> 16).append(':').append(status & 0xffff);
            }
            seen.add(statuses.toString());
        }
        for (int page = 0; page < memory.length; page += PAGE_BYTES) {
            seen.add("memory at " + page + ": " + Arrays.hashCode(Arrays.copyOfRange(memory, page, page + PAGE_BYTES)));
        }
        seen.add("memory of " + engine.memory().byteSize());
    }

    @Override
    public void close() {
        plugin.close();
        ALL.detachAppender(log);
        ALL.setAdditive(true);
        OF_PLUGIN.setLevel(null);
    }
}
