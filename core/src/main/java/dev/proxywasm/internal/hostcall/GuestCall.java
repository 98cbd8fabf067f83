package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.LogLevel;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.MetricType;
import dev.proxywasm.abi.StreamType;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.codec.MalformedMapException;
import dev.proxywasm.internal.codec.MapCodec;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.engine.GuestMemory;
import dev.proxywasm.internal.engine.GuestMemoryException;
import dev.proxywasm.internal.engine.HostcallFrame;

/**
 * Arguments and results of one hostcall, in the ABI's terms. All pointer work is here.
 *
 * <p>Parameters are numbered as in the row. Byte strings are a pointer and a size, named by the number of the pointer. Results are named
 * by their order among the row's result pointers. Confined to the VM and valid during the call only.
 */
public final class GuestCall {

    private static final byte[] NOTHING = {};
    private static final LogLevel[] LOG_LEVELS = LogLevel.values();
    private static final BufferType[] BUFFERS = BufferType.values();
    private static final MapType[] MAPS = MapType.values();
    private static final StreamType[] STREAMS = StreamType.values();
    private static final MetricType[] METRICS = MetricType.values();

    private final HostcallScope scope;
    private final HostFunction function;
    private final HostcallFrame frame;
    private int answer;

    GuestCall(HostcallScope scope, HostFunction function, HostcallFrame frame) {
        this.scope = scope;
        this.function = function;
        this.frame = frame;
    }

    /** The VM that the call came from. */
    public HostcallScope scope() {
        return scope;
    }

    /** The row of the function that was called. */
    HostFunction function() {
        return function;
    }

    /** The context that the call acts on. */
    public Context context() {
        return scope.activeContext();
    }

    /** An i32 parameter. */
    public int i32(int param) {
        return frame.i32(param);
    }

    /** An i32 parameter read as unsigned. */
    public long u32(int param) {
        return Integer.toUnsignedLong(frame.i32(param));
    }

    /** An i64 parameter. */
    public long i64(int param) {
        return frame.i64(param);
    }

    /**
     * A log level.
     *
     * @throws Refusal if there is none of that number
     */
    LogLevel logLevel(int param) {
        return constant(LOG_LEVELS, param);
    }

    /**
     * A type of buffer.
     *
     * @throws Refusal if there is none of that number
     */
    BufferType bufferType(int param) {
        return constant(BUFFERS, param);
    }

    /**
     * A type of header map.
     *
     * @throws Refusal if there is none of that number
     */
    MapType mapType(int param) {
        return constant(MAPS, param);
    }

    /**
     * A type of stream.
     *
     * @throws Refusal if there is none of that number
     */
    StreamType streamType(int param) {
        return constant(STREAMS, param);
    }

    /**
     * A type of metric.
     *
     * @throws Refusal if there is none of that number
     */
    MetricType metricType(int param) {
        return constant(METRICS, param);
    }

    /**
     * The bytes that a pointer and the size behind it name.
     *
     * @param limit the name of the limit on their number, for the message
     * @param most that limit
     * @throws GuestMemoryException if they lie outside memory
     * @throws Refusal if they are more than the limit
     */
    byte[] bytes(int param, String limit, int most) {
        long size = u32(param + 1);
        if (size > most) {
            checkRange(frame.i32(param), (int) size);
            throw Refusal.overLimit(size, "bytes", limit, most);
        }
        return read(param, (int) size);
    }

    /**
     * The first of the bytes that a pointer and the size behind it name.
     *
     * @throws GuestMemoryException if any of them, cut or not, lies outside memory
     */
    byte[] bytesUpTo(int param, int most) {
        long size = u32(param + 1);
        if (size <= most) {
            return read(param, (int) size);
        }
        checkRange(frame.i32(param), (int) size);
        return read(param, most);
    }

    /** As {@link #bytes(int, String, int)}, as a string of ISO-8859-1 characters, the form of header names and values. */
    String latin1(int param, String limit, int most) {
        return new String(bytes(param, limit, most), ISO_8859_1);
    }

    /** As {@link #bytes(int, String, int)}, read as UTF-8; what is no UTF-8 is replaced. */
    String utf8(int param, String limit, int most) {
        return new String(bytes(param, limit, most), UTF_8);
    }

    /**
     * The serialised map that a pointer and the size behind it name.
     *
     * @throws GuestMemoryException if it lies outside memory
     * @throws MalformedMapException if it is no serialised map
     */
    HeaderMap map(int param) {
        long size = u32(param + 1);
        if (size > MapCodec.MAX_DECODED_BYTES) {
            checkRange(frame.i32(param), (int) size);
            throw MapCodec.tooLarge(size);
        }
        return MapCodec.decode(read(param, (int) size));
    }

    /** Warns, at most a few times a minute, of something in this call that the guest should not do. */
    void warn(String problem) {
        scope.warnings().warn(context(), function.name() + " " + problem);
    }

    /** The guest's memory, for the few functions with structures of their own. */
    public GuestMemory memory() {
        return scope.memory();
    }

    /**
     * Fails unless a range lies inside memory.
     *
     * @throws GuestMemoryException if it does not
     */
    void checkRange(int ptr, int size) {
        GuestMemory memory = memory();
        if (!memory.contains(ptr, size)) {
            throw new GuestMemoryException(ptr, size, memory.byteSize());
        }
    }

    /**
     * Returns bytes through the first two result pointers: allocates in the guest, copies, stores address and size. Nothing is allocated
     * for no bytes, nor where the guest drops the result.
     *
     * @throws GuestMemoryException if the guest's allocator failed or answered a range outside memory
     */
    void returnBytes(byte[] value) {
        returnBytes(0, value);
    }

    /** As {@link #returnBytes(byte[])}, through the result pointers at that place and behind it. */
    void returnBytes(int result, byte[] value) {
        int target = value.length == 0 || isDropped(function.firstResult() + result) ? 0 : place(value);
        returnU32(result, target);
        returnU32(result + 1, value.length);
    }

    /** Returns no bytes. */
    void returnNothing() {
        returnBytes(NOTHING);
    }

    /** Stores a 32-bit result. */
    void returnU32(int result, int value) {
        int param = function.firstResult() + result;
        if (!isDropped(param)) {
            memory().writeI32(frame.i32(param), value);
        }
    }

    /** Stores a 64-bit result. */
    void returnU64(int result, long value) {
        memory().writeI64(frame.i32(function.firstResult() + result), value);
    }

    /** Sets what the function itself returns. */
    void returnI32(int value) {
        answer = value;
        frame.returnI32(value);
    }

    /** Sets what the function itself returns. */
    void returnF64(double value) {
        frame.returnF64(value);
    }

    /** What the function has returned so far. */
    int answer() {
        return answer;
    }

    /** Checks that every result pointer can be written, before the handler has any effect. */
    void checkResultPointers() {
        for (int i = function.firstResult(); i < function.params().size(); i++) {
            if (!isDropped(i)) {
                checkRange(frame.i32(i), function.params().get(i).resultBytes());
            }
        }
    }

    private boolean isDropped(int param) {
        return frame.i32(param) == 0 && function.params().get(param).optional();
    }

    private int place(byte[] value) {
        int target = scope.allocate(value.length);
        if (target == 0) {
            throw new GuestMemoryException(0, value.length, memory().byteSize());
        }
        memory().write(target, value, 0, value.length);
        return target;
    }

    private byte[] read(int param, int size) {
        return size == 0 ? NOTHING : memory().read(frame.i32(param), size);
    }

    private <E extends Enum<E>> E constant(E[] constants, int param) {
        int number = frame.i32(param);
        if (number < 0 || number >= constants.length) {
            throw Refusal.badArgument(function.params().get(param).name() + " " + Integer.toUnsignedString(number)
                    + " does not exist; the highest is " + (constants.length - 1));
        }
        return constants[number];
    }
}
