package dev.proxywasm.it.contract;

/** What an application throws whose error page is to be shown: servers map it to {@link TestServer#PAGE}. */
public final class PageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PageException() {
        super("the application fails, as the test wants");
    }
}
