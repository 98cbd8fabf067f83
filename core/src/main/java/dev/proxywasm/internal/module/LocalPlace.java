package dev.proxywasm.internal.module;

import dev.proxywasm.internal.module.source.ModuleException;
import java.io.IOException;
import java.io.InputStream;

/** Where a module is on this machine. */
interface LocalPlace {

    /** The place in full; empty where the configured address says it all. */
    String text();

    /**
     * Opens it; the caller closes.
     *
     * @throws ModuleException if there is no such module
     * @throws IOException if it cannot be read
     */
    InputStream open() throws ModuleException, IOException;
}
