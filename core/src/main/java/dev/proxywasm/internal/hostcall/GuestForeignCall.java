package dev.proxywasm.internal.hostcall;

import dev.proxywasm.internal.codec.PropertyPath;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.spi.ForeignCall;
import dev.proxywasm.spi.ForeignCallback;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A call of a foreign function by a guest, as the function sees it. */
final class GuestForeignCall implements ForeignCall {

    private final GuestCall call;
    private final byte[] arguments;

    GuestForeignCall(GuestCall call, byte[] arguments) {
        this.call = call;
        this.arguments = arguments;
    }

    @Override
    public byte[] arguments() {
        return arguments;
    }

    @Override
    public String pluginName() {
        return call.scope().plugin().name();
    }

    @Override
    public String vmId() {
        return call.scope().plugin().vm().id();
    }

    @Override
    public boolean hasStream() {
        return call.context().requestHeaders() != null;
    }

    @Override
    public Optional<byte[]> property(String... path) {
        return Optional.ofNullable(call.context().property(new PropertyPath(List.of(path))));
    }

    @Override
    public boolean setProperty(byte[] value, String... path) {
        return call.context().setProperty(new PropertyPath(List.of(path)), value);
    }

    @Override
    public <T> T local(Class<T> type, Supplier<T> maker) {
        return call.scope().local(type, maker);
    }

    @Override
    public ForeignCallback callback() {
        GuestNotices notices = call.scope().notices();
        Context caller = call.context();
        return (functionId, answer) -> notices.foreignFunction(caller.id(), functionId, answer);
    }
}
