package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/** What {@link ForwardGuest} shall call: functions by name with numbers and texts. */
final class ForwardCalls {

    /** Where results go, eight bytes each. */
    static final int SLOTS = 0x3F000;

    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private final ByteBuffer calls = ByteBuffer.allocate(65536).order(ByteOrder.LITTLE_ENDIAN);

    /** A text in the guest's memory: what stands for its two arguments. */
    record Text(int ptr, int size) {}

    Text text(String text) {
        return bytes(text.getBytes(ISO_8859_1));
    }

    Text bytes(byte[] bytes) {
        Text placed = new Text(ForwardGuest.MEMORY + memory.size(), bytes.length);
        memory.writeBytes(bytes);
        return placed;
    }

    /** Where a result goes. */
    static int slot(int number) {
        return SLOTS + 8 * number;
    }

    /** Adds a call; an argument is a number or a text. */
    ForwardCalls add(String function, Object... arguments) {
        int number = IntStream.range(0, ForwardGuest.ROWS.size())
                .filter(row -> ForwardGuest.ROWS.get(row).name().equals(function))
                .findFirst()
                .orElseThrow();
        int before = calls.position();
        put(number, arguments);
        int given = (calls.position() - before) / 8 - 1;
        if (given != ForwardGuest.ROWS.get(number).params().size()) {
            throw new IllegalArgumentException(function + " has no " + given + " parameters");
        }
        return this;
    }

    /** Has the bytes shown that the slots 0 and 1 name. */
    ForwardCalls show() {
        return show(slot(0), slot(1));
    }

    /** Has the bytes shown whose address and number stand at these addresses. */
    ForwardCalls show(int ptr, int size) {
        put(ForwardGuest.SHOW, ptr, size);
        return this;
    }

    private void put(int number, Object... arguments) {
        calls.putLong(number);
        for (Object argument : arguments) {
            if (argument instanceof Text text) {
                calls.putLong(text.ptr()).putLong(text.size());
            } else {
                calls.putLong(((Number) argument).longValue());
            }
        }
    }

    /** The headers that have a guest make the calls as they are. */
    String[] headers() {
        return new String[] {"x-memory", memory(), "x-calls", latin1(calls)};
    }

    /** The headers that have a guest make so many calls, of which these are the patterns. */
    String[] mutated(long seed, int count) {
        ByteBuffer all = ByteBuffer.allocate(16 + calls.position()).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(count).putLong(seed).put(calls.duplicate().flip());
        return new String[] {"x-memory", memory(), "x-mutated", latin1(all)};
    }

    /** The headers that have a guest make so many calls with random arguments. */
    static String[] random(long seed, int count) {
        ByteBuffer all = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        return new String[] {"x-random", latin1(all.putLong(count).putLong(seed))};
    }

    private String memory() {
        return memory.toString(ISO_8859_1);
    }

    private static String latin1(ByteBuffer bytes) {
        return ISO_8859_1.decode(bytes.duplicate().flip()).toString();
    }
}
