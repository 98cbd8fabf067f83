package dev.proxywasm.internal.hostcall;

import dev.proxywasm.abi.LogLevel;
import dev.proxywasm.internal.engine.GuestMemory;
import java.io.ByteArrayOutputStream;

/** What a guest writes to its standard outputs: the text of panics above all. */
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
        GuestOutput output = call.scope().output();
        output.write(level, text(call, vectors, (int) count, output.room()));
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

    private static byte[] text(GuestCall call, int vectors, int count, int room) {
        GuestMemory memory = call.memory();
        ByteArrayOutputStream text = new ByteArrayOutputStream(64);
        for (int i = 0; i < count && text.size() < room; i++) {
            int ptr = memory.readI32(vectors + i * VECTOR_BYTES);
            long size = Integer.toUnsignedLong(memory.readI32(vectors + i * VECTOR_BYTES + 4));
            text.writeBytes(memory.read(ptr, (int) Math.min(size, room - text.size())));
        }
        return text.toByteArray();
    }
}
