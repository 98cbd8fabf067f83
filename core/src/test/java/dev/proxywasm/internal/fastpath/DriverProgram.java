package dev.proxywasm.internal.fastpath;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.proxywasm.internal.engine.GuestMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A random program for {@code wat/fastpath/driver.wat}: hostcalls with plain and with odd arguments. The same seed, the same program. */
final class DriverProgram {

    static final int CURSOR = 0x7ff0;
    static final int BASE = 0x8000;
    static final int BASE_END = 0x18000;
    private static final int TEXTS = 0x20000;
    private static final int MEMORY_END = 8 * 65536;
    private static final int OPERATION_BYTES = 28;
    private static final int MAP_OF_CALLBACK = 99;
    private static final int PLAIN_NAMES = 9;
    private static final int MOST_CALLBACKS = 64;
    private static final int METRICS = 3;

    private static final List<String> NAMES = List.of(
            "x-a",
            "x-b",
            "x-c",
            "X-A",
            "x-A_b",
            "content-length",
            "user-agent",
            "accept",
            "cookie",
            "host",
            "HOST",
            ":path",
            ":method",
            ":authority",
            ":status",
            ":Status",
            ":bogus",
            "a b",
            "x:y",
            "x\u0000y",
            "x-\u00e9",
            "X-\u00c9",
            "x.y!",
            "x\r\n",
            "x-2345",
            "x-23456",
            "x-234567",
            "[",
            "@",
            "`",
            "{",
            "x-[",
            "n".repeat(255),
            "N".repeat(256),
            "n".repeat(257),
            "n".repeat(5000));

    private static final List<String> VALUES = List.of(
            "",
            "v",
            "value",
            "12345678",
            "123456789",
            "a\rb",
            "a\nb",
            "a\u0000b",
            "\u00ff\u0080",
            "/index?x=1",
            "GET",
            "204",
            "999",
            "w".repeat(31),
            "w".repeat(32),
            "w".repeat(33),
            "w".repeat(4000),
            "w".repeat(16 * 1024),
            "w".repeat(16 * 1024 + 1));

    /** Pairs that a guest may well put in the place of what it was shown, and some that look like it. */
    private static final List<List<String>> MAPS = List.of(
            List.of(
                    ":method",
                    "POST",
                    ":path",
                    "/index?x=1",
                    ":authority",
                    "example.com",
                    ":scheme",
                    "http",
                    "x-a",
                    "9"),
            List.of(":method", "POST", ":path", "/other", ":authority", "example.com", ":scheme", "http", "x-a", "9"),
            List.of(":path", "/index?x=1", ":method", "POST", ":authority", "example.com", ":scheme", "http"),
            List.of(":method", "POST", ":path", "/index?x=1", ":authority", "example.com", "x-b", "", "x-a", "9"),
            List.of(":status", "200", "x-a", "1", "x-b", "", "x-a", "2"),
            List.of("x-a", "1", ":status", "200"),
            List.of(":status", "200", ":status", "200", "x-a", "1"),
            List.of("x-a", "1", "x-b", "", "x-12345678", "2", "x-a", "3"),
            List.of("x-a", "1", "X-b", "2"),
            List.of("x-a", "1", "host", "2"),
            List.of("x-a", "1\n"),
            List.of("x-a", "1", "", "2"));

    private static final List<String> PATHS = List.of(
            "plugin_name",
            "plugin_root_id",
            "source\0address",
            "source\0port",
            "request\0protocol",
            "request\0path",
            "request\0headers\0x-a",
            "request\0time",
            "request\0duration",
            "request",
            "response\0code",
            "response\0size",
            "filter_state\0wasm.own",
            "filter_state",
            "plugin_name\0x",
            "xds\0cluster_name",
            "unknown",
            "own",
            "own",
            "a\0b",
            "\0",
            "",
            "p".repeat(128),
            "p".repeat(129),
            "request\0protocol\0");

    private final Random random;
    private final ByteBuffer code = ByteBuffer.allocate(BASE_END - BASE).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer texts = ByteBuffer.allocate(0x20000);
    private final List<int[]> names = new ArrayList<>();
    private final List<int[]> values = new ArrayList<>();
    private final List<int[]> paths = new ArrayList<>();
    private final List<int[]> vectors = new ArrayList<>();
    private final List<int[]> maps = new ArrayList<>();
    private final boolean isHostile;
    private int operations;

    DriverProgram(long seed) {
        random = new Random(seed);
        isHostile = random.nextInt(3) == 0;
        texts.order(ByteOrder.LITTLE_ENDIAN);
        NAMES.forEach(name -> names.add(text(name)));
        VALUES.forEach(value -> values.add(text(value)));
        PATHS.forEach(path -> paths.add(text(path)));
        vectors();
        maps();
        for (int callback = 0; callback < MOST_CALLBACKS; callback++) {
            int count = random.nextInt(25);
            emit(20, 1, random.nextInt(2), 0, 0, 0, 0);
            for (int i = 0; i < count; i++) {
                operation();
            }
            emit(0, 0, 0, 0, 0, 0, 0);
        }
    }

    /** A program whose callbacks ask for all that can be laid out: so that the fast path has it laid out from then on. */
    static DriverProgram askingForAll() {
        return new DriverProgram();
    }

    private DriverProgram() {
        random = new Random(0);
        isHostile = false;
        texts.order(ByteOrder.LITTLE_ENDIAN);
        int[] name = text("x-a");
        PATHS.forEach(path -> paths.add(text(path)));
        for (int callback = 0; callback < 16; callback++) {
            for (int map = 0; map < 4; map++) {
                emit(1, 1, map, name[0], name[1], 8, 12);
            }
            for (int buffer = 0; buffer < 9; buffer++) {
                emit(12, 1, buffer, 8, 12, 0, 0);
            }
            emit(10, 1, 8, 0, 0, 0, 0);
            for (int[] path : paths) {
                emit(15, 1, path[0], path[1], 8, 12, 0);
            }
            for (int metric = 1; metric <= METRICS; metric++) {
                emit(23, 1, metric, 1, 0, 0, 0);
            }
            emit(25, 1, 32, 8, 0, 0, 0);
            emit(33, 1, MAP_OF_CALLBACK, 0, 0, 0, 0);
            emit(0, 0, 0, 0, 0, 0, 0);
        }
    }

    /** How many hostcalls it holds, repetitions not counted. */
    int operations() {
        return operations;
    }

    void writeTo(GuestMemory memory) {
        memory.write(BASE, code.array(), 0, code.position());
        memory.write(TEXTS, texts.array(), 0, texts.position());
        memory.writeI32(CURSOR, BASE);
    }

    private void operation() {
        int times = random.nextInt(60) == 0 ? 300 : 1;
        int[] name = random.nextBoolean() ? names.get(random.nextInt(PLAIN_NAMES)) : range(names);
        int[] value = range(values);
        switch (random.nextInt(isHostile ? 36 : 33)) {
            case 0, 1, 2, 3 -> emit(1, times, map(), name[0], name[1], out(), out());
            case 4, 5, 6 -> emit(2, times, map(), name[0], name[1], value[0], value[1]);
            case 7, 8, 9 -> emit(3, times, map(), name[0], name[1], value[0], value[1]);
            case 10, 11 -> emit(4, times, map(), name[0], name[1], 0, 0);
            case 12, 13 -> emit(5, Math.min(times, 8), map(), out(), out(), 0, 0);
            case 14 -> emit(6, times, map(), out(), 0, 0, 0);
            case 15 -> {
                int[] pairs = range(maps);
                emit(7, 1, map(), pairs[0], pairs[1], 0, 0);
            }
            case 16, 17 -> emit(8, times, random.nextInt(7), value[0], value[1], 0, 0);
            case 18 -> emit(9, 1, out(), 0, 0, 0, 0);
            case 19 -> emit(10, times, out(), 0, 0, 0, 0);
            case 20 -> emit(11, 1, buffer(), number(), number(), out(), out());
            case 21 -> emit(12, 1, buffer(), out(), out(), 0, 0);
            case 22 -> emit(13, 1, buffer(), number(), number(), value[0], value[1]);
            case 23 -> {
                int[] path = range(paths);
                emit(15, times, path[0], path[1], out(), out(), 0);
            }
            case 24 -> {
                int[] path = range(paths);
                emit(16, 1, path[0], path[1], value[0], value[1], 0);
            }
            case 25, 26 -> io();
            case 27, 28 -> emit(22 + random.nextInt(2), times, metric(), number(), number(), 0, 0);
            case 29 -> emit(24, 1, metric(), out(), 0, 0, 0);
            case 30 -> emit(25, times, out(), random.nextInt(3) == 0 ? number() : random.nextInt(40), 0, 0, 0);
            case 31 -> emit(14, 1, 99, 0, 0, 0, 0);
            case 32 -> emit(33, 1, map(), 0, 0, 0, 0);
            case 33 -> emit(14, 1, random.nextInt(8), 0, 0, 0, 0);
            case 34 -> emit(19, 1, allocator(), 0, 0, 0, 0);
            default -> emit(random.nextInt(40) == 0 ? 21 : 9, 1, 64, 0, 0, 0, 0);
        }
    }

    private void io() {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                int[] vector = range(vectors);
                emit(17, 1, random.nextInt(4), vector[0], vector[1], out(), 0);
            }
            case 3 -> emit(18, 1, 2 * random.nextInt(2), out(), 0, 0, 0);
            case 4 -> emit(26 + random.nextInt(2), 1, random.nextInt(4), out(), 0, 0, 0);
            default -> emit(28 + random.nextInt(5), 1, out(), out(), 0, 0, 0);
        }
    }

    private int metric() {
        int[] odd = {0, -1, METRICS + 1, 511, 512, Integer.MIN_VALUE};
        return random.nextInt(8) == 0 ? odd[random.nextInt(odd.length)] : 1 + random.nextInt(METRICS);
    }

    /** Mostly modes in which the guest survives. */
    private int allocator() {
        return random.nextInt(12) == 0 ? 8 + random.nextInt(3) : random.nextInt(8);
    }

    private int map() {
        return random.nextInt(4) > 0 ? MAP_OF_CALLBACK : random.nextInt(10) - 1;
    }

    private int buffer() {
        return random.nextInt(8) == 0
                ? random.nextInt(12) - 1
                : random.nextBoolean() ? random.nextInt(2) : 6 + random.nextInt(2);
    }

    private int number() {
        int[] numbers = {0, 0, 1, 7, 8, 100, 20_000, Integer.MAX_VALUE, Integer.MIN_VALUE, -1};
        return numbers[random.nextInt(numbers.length)];
    }

    private int out() {
        int[] odd = {0, 1, -1, MEMORY_END - 3, MEMORY_END - 4, MEMORY_END - 8, MEMORY_END, Integer.MIN_VALUE};
        return random.nextInt(12) == 0 ? odd[random.nextInt(odd.length)] : 8 + random.nextInt(8) * 3;
    }

    private int[] range(List<int[]> known) {
        int[] plain = known.get(random.nextInt(known.size()));
        return switch (random.nextInt(20)) {
            case 0 -> new int[] {plain[0], odd()};
            case 1 -> new int[] {odd(), plain[1]};
            default -> plain;
        };
    }

    private int odd() {
        int[] odd = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, MEMORY_END, MEMORY_END - 3, 1 << 20, 70_000};
        return odd[random.nextInt(odd.length)];
    }

    private void emit(int function, int times, int a, int b, int c, int d, int e) {
        if (code.remaining() < 2 * OPERATION_BYTES && function != 0 || code.remaining() < OPERATION_BYTES) {
            return;
        }
        operations += function == 0 ? 0 : 1;
        for (int word : new int[] {function, times, a, b, c, d, e}) {
            code.putInt(word);
        }
    }

    private int[] text(String text) {
        return bytes(text.getBytes(ISO_8859_1));
    }

    private int[] bytes(byte[] bytes) {
        int at = TEXTS + texts.position();
        texts.put(bytes);
        return new int[] {at, bytes.length};
    }

    private void vectors() {
        for (int count = 0; count < 4; count++) {
            int at = TEXTS + texts.position();
            for (int i = 0; i < count; i++) {
                int[] text = values.get(random.nextInt(12));
                texts.putInt(text[0]).putInt(text[1]);
            }
            vectors.add(new int[] {at, count});
        }
    }

    private void maps() {
        MAPS.forEach(pairs -> maps.add(bytes(serialized(pairs))));
        for (int count : new int[] {0, 1, 3, 5}) {
            List<String> chosen = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                chosen.add(NAMES.get(random.nextInt(20)));
                chosen.add(VALUES.get(random.nextInt(12)));
            }
            maps.add(bytes(serialized(chosen)));
        }
        byte[] longer = Arrays.copyOf(serialized(MAPS.get(4)), 60);
        maps.add(bytes(longer));
        maps.add(text("not a map"));
    }

    private static byte[] serialized(List<String> pairs) {
        ByteBuffer map =
                ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN).putInt(pairs.size() / 2);
        pairs.forEach(text -> map.putInt(text.length()));
        pairs.forEach(text -> map.put(text.getBytes(ISO_8859_1)).put((byte) 0));
        return Arrays.copyOf(map.array(), map.position());
    }
}
