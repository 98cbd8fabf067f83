package dev.proxywasm.internal.hostcall;

/** What a WASI function answers; the numbers are WASI's, and only those that this host uses are here. */
enum Errno {
    /** Done. */
    SUCCESS(0),
    /** No such file descriptor. Ends the search of language runtimes for preopened directories. */
    BADF(8),
    /** Not a directory. */
    NOTDIR(20),
    /** An address outside memory. */
    FAULT(21),
    /** An argument out of its range. */
    INVAL(28),
    /** No such file. */
    NOENT(44),
    /** The host does not have this function. */
    NOSYS(52),
    /** Not supported. */
    NOTSUP(58),
    /** The plugin may not use this function. */
    NOTCAPABLE(76);

    private final int code;

    Errno(int code) {
        this.code = code;
    }

    /** The number that the guest gets. */
    int code() {
        return code;
    }
}
