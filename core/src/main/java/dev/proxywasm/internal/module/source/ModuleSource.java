package dev.proxywasm.internal.module.source;

import java.io.IOException;

/** Where a module comes from. May be asked again and again: what is there can change. */
public interface ModuleSource {

    /** The place in full, to follow "looked for at"; empty where the configured address says it all. */
    String place();

    /**
     * The module that is there now, or that a cache holds, if the source may use it; with the digest that was asked for.
     *
     * @throws ModuleException if there is no such module, or it is another than was asked for
     * @throws IOException if it cannot be read
     */
    ModuleContent fetch() throws ModuleException, IOException;

    /**
     * Whether there may be another module from one moment to the next, so that it has to be fetched to know. A file tells by itself; what a
     * digest pins, or what is to be fetched only once, does not change.
     */
    boolean isMoving();
}
