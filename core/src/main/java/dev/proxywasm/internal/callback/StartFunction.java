package dev.proxywasm.internal.callback;

/** A function that initialises a fresh instance, before any context exists. */
public enum StartFunction {
    /** Initialises a reactor. */
    INITIALIZE("_initialize"),
    /** Called after {@link #INITIALIZE} with no arguments. */
    MAIN("main"),
    /** Called after {@link #INITIALIZE} if there is no {@link #MAIN}. */
    MAIN_VOID("__main_void"),
    /** Runs a command; not called if there is an {@link #INITIALIZE}. */
    START("_start");

    private final String export;

    StartFunction(String export) {
        this.export = export;
    }

    /** The name under which guests export it. */
    public String export() {
        return export;
    }

    /** Its number among all entry points: they begin with the callbacks. */
    public int entryPoint() {
        return Callback.values().length + ordinal();
    }
}
