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
    public void returnI32(int value) {
        result = value;
    }

    @Override
    public void returnI64(long value) {
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
