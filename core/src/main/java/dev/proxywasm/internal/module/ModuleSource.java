package dev.proxywasm.internal.module;

import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of a module come from. */
interface ModuleSource {

    /** The place in full, to follow "looked for at"; empty where the configured address says it all. */
    String place();

    /**
     * Opens it; the caller closes.
     *
     * @throws ModuleException if there is no such module
     * @throws IOException if it cannot be read
     */
    InputStream open() throws ModuleException, IOException;
}
