package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.abi.LogLevel;
import dev.proxywasm.internal.engine.GuestMemory;
import java.io.ByteArrayOutputStream;

/** What a guest writes to its standard outputs: the text of panics above all. Each write is a line of the log. */
final class WasiOutput {

    private static final int MAX_VECTORS = 1024;
    private static final int VECTOR_BYTES = 8;

    private WasiOutput() {}

    /**
     * Logs the bytes of the vectors at parameters 1 and 2, and returns how many they are.
     *
     * <p>As many bytes are fetched as a log line may have; the guest is told that all were written.
     */
    static Errno write(GuestCall call, LogLevel level) {
        int vectors = call.i32(1);
        long count = call.u32(2);
        if (count > MAX_VECTORS) {
            return Errno.INVAL;
        }
        call.checkRange(vectors, (int) count * VECTOR_BYTES);
        long total = total(call, vectors, (int) count);
        if (total > Integer.MAX_VALUE) {
            return Errno.INVAL;
        }
        log(call, level, text(call, vectors, (int) count));
        call.returnU32(0, (int) total);
        return Errno.SUCCESS;
    }

    private static long total(GuestCall call, int vectors, int count) {
        GuestMemory memory = call.memory();
        long total = 0;
        for (int i = 0; i < count; i++) {
            int size = memory.readI32(vectors + i * VECTOR_BYTES + 4);
            call.checkRange(memory.readI32(vectors + i * VECTOR_BYTES), size);
            total += Integer.toUnsignedLong(size);
        }
        return total;
    }

    private static String text(GuestCall call, int vectors, int count) {
        GuestMemory memory = call.memory();
        // A few bytes more than the log shows, so that the log sees that it has to cut.
        int room = call.scope().plugin().limits().logLineBytes() + 4;
        ByteArrayOutputStream text = new ByteArrayOutputStream(64);
        for (int i = 0; i < count && text.size() < room; i++) {
            int ptr = memory.readI32(vectors + i * VECTOR_BYTES);
            long size = Integer.toUnsignedLong(memory.readI32(vectors + i * VECTOR_BYTES + 4));
            text.writeBytes(memory.read(ptr, (int) Math.min(size, room - text.size())));
        }
        return text.toString(UTF_8);
    }

    private static void log(GuestCall call, LogLevel level, String text) {
        String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        if (!line.isEmpty()) {
            call.scope().log(level, line);
        }
    }
}
