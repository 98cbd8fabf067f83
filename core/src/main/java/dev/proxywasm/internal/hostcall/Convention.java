package dev.proxywasm.internal.hostcall;

import dev.proxywasm.abi.Status;

/** What the number means that a host function returns, and so how the door answers on its own account. */
public enum Convention {

    /** A {@link Status}: every Proxy-Wasm function. */
    STATUS(Status.INVALID_MEMORY_ACCESS.code(), Status.BAD_ARGUMENT.code(), Status.INTERNAL_FAILURE.code()),

    /** An {@link Errno}: every WASI function. */
    ERRNO(Errno.FAULT.code(), Errno.INVAL.code(), Errno.NOTCAPABLE.code()),

    /** A value of its own, or nothing. These functions have no way to fail and cannot be denied. */
    VALUE(0, 0, 0);

    private final int memoryFault;
    private final int malformed;
    private final int denied;

    Convention(int memoryFault, int malformed, int denied) {
        this.memoryFault = memoryFault;
        this.malformed = malformed;
        this.denied = denied;
    }

    /** The answer when a range lies outside memory, or the guest's allocator failed. */
    int memoryFault() {
        return memoryFault;
    }

    /** The answer when an argument cannot be decoded. */
    int malformed() {
        return malformed;
    }

    /** The answer when the plugin may not use the function. */
    int denied() {
        return denied;
    }
}
