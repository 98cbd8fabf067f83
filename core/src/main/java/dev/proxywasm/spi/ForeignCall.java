package dev.proxywasm.spi;

import java.util.Optional;
import java.util.function.Supplier;

/** One call of a {@link ForeignFunction}: its arguments and who calls. Valid during the call, on its thread. */
public interface ForeignCall {

    /** The bytes that the guest gave. */
    byte[] arguments();

    /** The plugin that calls. */
    String pluginName();

    /** The {@code vm_id} of the plugin, which may be empty. */
    String vmId();

    /** Whether the call is made for an HTTP exchange, not for the plugin at large. */
    boolean hasStream();

    /** A property as the guest would read it, encoded as in Envoy; empty if it is not known. */
    Optional<byte[]> property(String... path);

    /** Stores a property where the guest would; tells whether it could be stored. */
    boolean setProperty(byte[] value, String... path);

    /** A state of the calling VM, one a type: made at first use, gone with the VM. Confined to calls of that VM. */
    <T> T local(Class<T> type, Supplier<T> maker);

    /** The way back to the guest, for an answer that comes later. May be kept and used by any thread. */
    ForeignCallback callback();
}
