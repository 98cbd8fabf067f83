package dev.proxywasm.internal.property;

import dev.proxywasm.http.HttpExchange;
import java.time.Instant;

/** An exchange as attributes see it. */
public interface ExchangeView {

    /** What the server knows. */
    HttpExchange exchange();

    /** The request, as the plugins have changed it so far. */
    MessageView request();

    /** The response, likewise. */
    MessageView response();

    /** Why the chain answered by itself; empty if it did not, or did not say. */
    String details();

    /** Whether a plugin closed the stream. */
    boolean isReset();

    /** Whether the exchange is over and its plugins are being told. */
    boolean isOver();

    /** The time. */
    Instant now();
}
