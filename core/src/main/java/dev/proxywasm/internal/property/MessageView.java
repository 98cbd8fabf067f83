package dev.proxywasm.internal.property;

import dev.proxywasm.http.HeaderMap;
import org.jspecify.annotations.Nullable;

/** A request or a response as attributes see it. */
public interface MessageView {

    /** Its headers, pseudo-headers among them; null before they have arrived. */
    @Nullable
    HeaderMap headers();

    /** Its trailers; empty if there are none yet. */
    HeaderMap trailers();

    /** Bytes of body so far: of a request, received from the client; of a response, released to it. */
    long bodyBytes();
}
