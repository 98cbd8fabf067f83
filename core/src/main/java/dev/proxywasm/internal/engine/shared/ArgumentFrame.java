package dev.proxywasm.internal.engine.shared;

import dev.proxywasm.internal.engine.HostcallFrame;

/** Its own copy of a hostcall's arguments, and the result, as bits. Reused. */
public final class ArgumentFrame implements HostcallFrame {

    private final long[] arguments = new long[ImportedFunction.MAX_PARAMETERS];
    private int arity;
    private long result;

    /** Begins a hostcall of that many arguments, which are {@link #set} next. */
    public void begin(int parameters) {
        arity = parameters;
        result = 0;
    }

    /** Takes an argument's bits. */
    public void set(int index, long bits) {
        arguments[index] = bits;
    }

    /** Begins a hostcall with these arguments. */
    public void begin(long[] all) {
        begin(all.length);
        System.arraycopy(all, 0, arguments, 0, all.length);
    }

    /** The bits of the result. */
    public long result() {
        return result;
    }

    @Override
    public int i32(int index) {
        return (int) i64(index);
    }

    @Override
    public long i64(int index) {
        if (index >= arity) {
            throw new IndexOutOfBoundsException(
                    "argument %d of an import that has %d parameters".formatted(index, arity));
        }
        return arguments[index];
    }

    @Override
    public float f32(int index) {
        return Float.intBitsToFloat(i32(index));
    }

    @Override
    public double f64(int index) {
        return Double.longBitsToDouble(i64(index));
    }

    @Override
    public void returnI32(int value) {
        result = value;
    }

    @Override
    public void returnI64(long value) {
        result = value;
    }

    @Override
    public void returnF32(float value) {
        result = Float.floatToRawIntBits(value);
    }

    @Override
    public void returnF64(double value) {
        result = Double.doubleToRawLongBits(value);
    }
}
