package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.codec.MalformedMapException;
import dev.proxywasm.internal.codec.MapCodec;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.engine.GuestMemory;
import dev.proxywasm.internal.engine.GuestMemoryException;
import dev.proxywasm.internal.engine.HostcallFrame;
import java.util.List;

/**
 * Arguments and results of one hostcall, in the ABI's terms. All pointer work is here.
 *
 * <p>Parameters are numbered as in the row. Byte strings are a pointer and a size, named by the number of the pointer. Results are named
 * by their order among the row's result pointers. Confined to the VM and valid during the call only.
 */
public final class GuestCall {

    private final HostcallScope scope;
    private final HostFunction function;
    private final HostcallFrame frame;

    GuestCall(HostcallScope scope, HostFunction function, HostcallFrame frame) {
        this.scope = scope;
        this.function = function;
        this.frame = frame;
    }

    /** The VM that the call came from. */
    public HostcallScope scope() {
        return scope;
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
     * The bytes that a pointer and the size behind it name.
     *
     * @throws GuestMemoryException if they lie outside memory
     */
    public byte[] bytes(int param) {
        return memory().read(frame.i32(param), frame.i32(param + 1));
    }

    /**
     * The bytes of a header name or value as a string of ISO-8859-1 characters.
     *
     * @throws GuestMemoryException if they lie outside memory
     */
    public String latin1(int param) {
        return new String(bytes(param), ISO_8859_1);
    }

    /**
     * The bytes of a text, read as UTF-8; what is no UTF-8 is replaced.
     *
     * @throws GuestMemoryException if they lie outside memory
     */
    public String utf8(int param) {
        return new String(bytes(param), UTF_8);
    }

    /**
     * The serialised map that a pointer and the size behind it name.
     *
     * @throws GuestMemoryException if it lies outside memory
     * @throws MalformedMapException if it is no serialised map
     */
    public HeaderMap map(int param) {
        return MapCodec.decode(bytes(param));
    }

    /** The guest's memory, for the few functions with structures of their own. */
    public GuestMemory memory() {
        return scope.memory();
    }

    /**
     * Returns bytes through the first two result pointers: allocates in the guest, copies, stores address and size. Nothing is allocated
     * for no bytes (abi.md 1.4).
     *
     * @throws GuestMemoryException if the guest's allocator failed or answered a range outside memory
     */
    public void returnBytes(byte[] value) {
        int target = 0;
        if (value.length > 0) {
            target = scope.allocate(value.length);
            if (target == 0 || !memory().contains(target, value.length)) {
                throw new GuestMemoryException(target, value.length, memory().byteSize());
            }
            memory().write(target, value, 0, value.length);
        }
        returnU32(0, target);
        returnU32(1, value.length);
    }

    /** Stores a 32-bit result. */
    public void returnU32(int result, int value) {
        int pointer = frame.i32(resultParam(result));
        if (pointer != 0 || !function.params().get(resultParam(result)).optional()) {
            memory().writeI32(pointer, value);
        }
    }

    /** Stores a 64-bit result. */
    public void returnU64(int result, long value) {
        memory().writeI64(frame.i32(resultParam(result)), value);
    }

    /** Sets what the function itself returns. */
    public void returnI32(int value) {
        frame.returnI32(value);
    }

    /** Sets what the function itself returns. */
    public void returnF64(double value) {
        frame.returnF64(value);
    }

    /** Checks that every result pointer can be written, before the handler has any effect. */
    void checkResultPointers() {
        List<HostFunction.Param> params = function.params();
        for (int i = params.size() - 1; i >= 0 && params.get(i).resultBytes() > 0; i--) {
            HostFunction.Param param = params.get(i);
            int pointer = frame.i32(i);
            boolean dropped = param.optional() && pointer == 0;
            if (!dropped && !memory().contains(pointer, param.resultBytes())) {
                throw new GuestMemoryException(pointer, param.resultBytes(), memory().byteSize());
            }
        }
    }

    private int resultParam(int result) {
        return function.firstResult() + result;
    }
}
