package dev.proxywasm.jetty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Handlers to put below the plugins. */
final class Applications {

    private Applications() {}

    /** Something a handler does with a request that it accepts. */
    interface Action {
        void handle(Request request, Response response, Callback callback) throws Exception;
    }

    static Handler doing(Action action) {
        return new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                action.handle(request, response, callback);
                return true;
            }
        };
    }

    /** Answers that text at once. */
    static Handler saying(String text) {
        return doing((request, response, callback) -> Content.Sink.write(response, true, text, callback));
    }

    /** Copies the body of the request into the response as it comes, trailers included, and blocks no thread. */
    static Handler echo() {
        return doing((request, response, callback) -> {
            HttpFields.Mutable trailers = HttpFields.build();
            response.setTrailersSupplier(() -> trailers);
            Content.copy(request, response, Response.newTrailersChunkProcessor(response), callback);
        });
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
