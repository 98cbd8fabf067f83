package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.abi.LogLevel;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What a guest writes to its standard outputs, on its way to the log: languages write a panic piece by piece, and only a line feed, or the
 * end of the callback, says that it can be read. Confined to the VM.
 */
public final class GuestOutput {

    private final BiConsumer<LogLevel, String> log;
    private final int room;
    private final Map<LogLevel, ByteArrayOutputStream> unfinished = new EnumMap<>(LogLevel.class);

    /**
     * The outputs of one VM.
     *
     * @param log where lines go
     * @param room bytes that may wait for a line feed
     */
    public GuestOutput(BiConsumer<LogLevel, String> log, int room) {
        this.log = log;
        this.room = room;
    }

    /** How many bytes may wait for a line feed. */
    int room() {
        return room;
    }

    /** Takes a piece of text; what it finishes is logged. */
    public void write(LogLevel level, byte[] piece) {
        ByteArrayOutputStream text = unfinished.computeIfAbsent(level, none -> new ByteArrayOutputStream(64));
        int finished = lineFeedBehind(piece);
        text.write(piece, 0, finished);
        if (finished > 0 || text.size() + piece.length > room) {
            flush(level, text);
        }
        text.write(piece, finished, piece.length - finished);
    }

    /** How many bytes the last line feed ends; 0 if there is none. */
    private static int lineFeedBehind(byte[] piece) {
        int end = piece.length;
        while (end > 0 && piece[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** Logs what waits: the guest has returned or was stopped. */
    public void flush() {
        unfinished.forEach(this::flush);
    }

    private void flush(LogLevel level, ByteArrayOutputStream text) {
        if (text.size() == 0) {
            return;
        }
        byte[] bytes = text.toByteArray();
        text.reset();
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == '\n') {
            end--;
        }
        if (end > 0) {
            log.accept(level, new String(Arrays.copyOf(bytes, end), UTF_8));
        }
    }
}
