package dev.proxywasm.cel;

import dev.proxywasm.spi.ForeignCall;
import dev.proxywasm.spi.ForeignCallback;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A guest that has what a test gave it. */
final class FakeCall implements ForeignCall {

    final Map<String, byte[]> properties = new HashMap<>();
    private final Map<Class<?>, Object> locals = new HashMap<>();
    byte[] arguments = {};

    @Override
    public byte[] arguments() {
        return arguments;
    }

    @Override
    public String pluginName() {
        return "waf";
    }

    @Override
    public String vmId() {
        return "";
    }

    @Override
    public boolean hasStream() {
        return true;
    }

    @Override
    public Optional<byte[]> property(String... path) {
        return Optional.ofNullable(properties.get(String.join(".", path)));
    }

    @Override
    public boolean setProperty(byte[] value, String... path) {
        throw new UnsupportedOperationException("expressions change nothing");
    }

    @Override
    public <T> T local(Class<T> type, Supplier<T> maker) {
        return type.cast(locals.computeIfAbsent(type, none -> maker.get()));
    }

    @Override
    public ForeignCallback callback() {
        throw new UnsupportedOperationException("expressions answer at once");
    }
}
