package dev.proxywasm.servlet;

import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/** Where the classes and resources of a web application are found. */
final class ApplicationClasses {

    private ApplicationClasses() {}

    /** The context's class loader. An embedded Jetty that was given none has none: then it is the thread's, or our own. */
    static ClassLoader of(ServletContext context) {
        @Nullable ClassLoader ofContext = context.getClassLoader();
        if (ofContext != null) {
            return ofContext;
        }
        @Nullable ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread == null ? ApplicationClasses.class.getClassLoader() : ofThread;
    }
}
