package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.proxy;

import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.codec.PropertyPath;
import dev.proxywasm.internal.foreign.DeclaredProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Properties: what the host knows of an exchange, and what guests store. */
final class PropertyHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(
            proxy("proxy_get_property", PropertyHostcalls::get)
                    .text("path")
                    .outBytes("value")
                    .note(
                            "Values are encoded as in Envoy; what the host does not know is NOT_FOUND. See PROPERTIES.md.")
                    .build(),
            proxy("proxy_set_property", PropertyHostcalls::set)
                    .text("path")
                    .opaque("value")
                    .note(
                            "Kept with the stream or the plugin that sets it; shown as filter_state too. Built-in attributes do not change.")
                    .build());

    private static final int MOST_PATH_BYTES = 4096;
    private static final int MOST_VALUE_BYTES = 1024 * 1024;

    private PropertyHostcalls() {}

    /**
     * Reads a property.
     *
     * <ul>
     *   <li>OK
     *   <li>NOT_FOUND: it is not known, now or ever, or the path is empty
     *   <li>SERIALIZATION_FAILURE: there is something at that path that has no binary form, as {@code request}
     *   <li>INTERNAL_FAILURE: the path is longer than 4 KiB
     * </ul>
     */
    private static Status get(GuestCall call) {
        PropertyPath path = path(call);
        byte @Nullable [] value = path == null ? null : call.context().property(path);
        if (value == null) {
            return Status.NOT_FOUND;
        }
        call.returnBytes(value);
        return Status.OK;
    }

    /**
     * Stores a property.
     *
     * <ul>
     *   <li>OK
     *   <li>NOT_FOUND: the context stores none, or the path is empty
     *   <li>BAD_ARGUMENT: it is set and was declared read-only by the foreign function {@code declare_property}
     *   <li>INTERNAL_FAILURE: the value is larger than 1 MiB, the path has more than 32 segments, or the context stores as many as it may
     * </ul>
     */
    private static Status set(GuestCall call) {
        PropertyPath path = path(call);
        byte[] value = call.bytes(2, "property-value", MOST_VALUE_BYTES);
        if (path == null) {
            return Status.NOT_FOUND;
        }
        if (isFixed(call, path)) {
            throw Refusal.badArgument(path + " was declared read-only and is set already");
        }
        return call.context().setProperty(path, value) ? Status.OK : Status.NOT_FOUND;
    }

    private static boolean isFixed(GuestCall call, PropertyPath path) {
        DeclaredProperties declared = call.scope().local(DeclaredProperties.class, DeclaredProperties::new);
        return declared.isReadOnly(path.toString()) && call.context().property(path) != null;
    }

    private static @Nullable PropertyPath path(GuestCall call) {
        byte[] bytes = call.bytes(0, "property-path", MOST_PATH_BYTES);
        return bytes.length == 0 || bytes.length == 1 && bytes[0] == 0 ? null : PropertyPath.parse(bytes);
    }
}
