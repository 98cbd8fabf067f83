package dev.proxywasm.internal.hostcall;

import dev.proxywasm.internal.engine.HostcallFrame;

/** Arguments as numbers, and whatever was returned. */
final class FakeFrame implements HostcallFrame {

    private final long[] arguments;
    private Object result = "nothing";

    FakeFrame(long... arguments) {
        this.arguments = arguments.clone();
    }

    @Override
    public int i32(int index) {
        return (int) arguments[index];
    }

    @Override
    public long i64(int index) {
        return arguments[index];
    }

    @Override
    public float f32(int index) {
        throw new UnsupportedOperationException("no host function takes an f32");
    }

    @Override
    public double f64(int index) {
        throw new UnsupportedOperationException("no host function takes an f64");
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
        result = value;
    }

    @Override
    public void returnF64(double value) {
        result = value;
    }

    Object result() {
        return result;
    }
}
