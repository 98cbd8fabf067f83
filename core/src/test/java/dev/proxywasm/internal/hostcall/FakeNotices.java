package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Remembers what a VM would be told. */
final class FakeNotices implements GuestNotices {

    final List<String> told = new ArrayList<>();

    private final IntConsumer queueListener = this::queueReady;

    @Override
    public IntConsumer queueListener() {
        return queueListener;
    }

    private void queueReady(int queueId) {
        told.add("queue " + queueId);
    }

    @Override
    public void foreignFunction(int contextId, int functionId, byte[] arguments) {
        told.add("function " + functionId + " to " + contextId + ": " + new String(arguments, ISO_8859_1));
    }
}
