package dev.proxywasm.it.contract;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.util.function.Consumer;

/** What to do when an asynchronous request runs out of time. */
record AsyncFailure(Consumer<AsyncEvent> action) implements AsyncListener {

    @Override
    public void onTimeout(AsyncEvent event) {
        action.accept(event);
    }

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
