package dev.proxywasm.internal.engine;

/**
 * Arguments and result of one hostcall.
 *
 * <p>Arguments stay readable for the whole hostcall, also after {@link WasmInstance#allocate}. A result that is never set is zero.
 */
public interface HostcallFrame {

    /** The {@code index}-th argument, an i32. */
    int i32(int index);

    /** The {@code index}-th argument, an i64. */
    long i64(int index);

    /** The {@code index}-th argument, an f32. */
    float f32(int index);

    /** The {@code index}-th argument, an f64. */
    double f64(int index);

    /** Sets the i32 result. */
    void returnI32(int value);

    /** Sets the i64 result. */
    void returnI64(long value);

    /** Sets the f32 result. */
    void returnF32(float value);

    /** Sets the f64 result. */
    void returnF64(double value);
}
