package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.HostcallFrame;

/** A frame that holds its own copy of the arguments, since a nested hostcall writes over those in the mailbox. Reused. */
final class MailboxFrame implements HostcallFrame {

    private final long[] arguments = new long[Mailbox.MAX_PARAMETERS];
    private int arity;
    private long result;

    /** Takes the arguments of the import that is crossing. */
    void load(Mailbox mailbox, int parameters) {
        arity = parameters;
        result = 0;
        for (int i = 0; i < parameters; i++) {
            arguments[i] = mailbox.argument(i);
        }
    }

    /** The bits of the result. */
    long result() {
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
