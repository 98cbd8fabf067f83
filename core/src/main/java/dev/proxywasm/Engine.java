package dev.proxywasm;

/** What runs the guests of a plugin. What a guest can do and observe is the same. */
public enum Engine {
    /**
     * The one that suits the module: {@link #JVM} for one of up to 256 KiB of code, and for any on a platform that has no native engine, if
     * it is on the class path; else {@link #WASMTIME}. The default.
     */
    AUTO,
    /** Native code. Right for most guests; needs glibc, macOS or Windows on a 64-bit processor. */
    WASMTIME,
    /**
     * Java bytecode, where it needs no entry into native code: faster for most guests, much slower for very large ones. Needs the optional library
     * {@code run.endive:compiler}. Guest memory lies in the Java heap; each VM may have an eighth of it.
     */
    JVM
}
