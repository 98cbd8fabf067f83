package dev.proxywasm.spi;

/**
 * A function that guests call by name, {@code proxy_call_foreign_function}: how an embedder offers what the ABI does not have.
 *
 * <p>Runs on the guest's thread under its VM's lock, within the guest's time: it must not block. What takes longer is begun here and
 * answered later by {@link ForeignCall#callback()}. The VMs of all plugins share the function, so it is called by several threads at once.
 */
@FunctionalInterface
public interface ForeignFunction {

    /**
     * Does the call.
     *
     * @return the result for the guest, handed over; may be empty
     * @throws ForeignFunctionException if the guest shall get a status other than OK; any other exception is logged and answers
     *     INTERNAL_FAILURE
     */
    byte[] call(ForeignCall call) throws ForeignFunctionException;
}
