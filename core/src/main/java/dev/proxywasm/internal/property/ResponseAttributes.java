package dev.proxywasm.internal.property;

import static dev.proxywasm.internal.property.AttributeType.INT;
import static dev.proxywasm.internal.property.AttributeType.MAP;
import static dev.proxywasm.internal.property.AttributeType.STRING;

import dev.proxywasm.http.HeaderMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Attributes of the response. */
final class ResponseAttributes {

    /** Envoy's bit for a stream that was reset on this side. */
    static final long LOCAL_RESET = 0x8;

    static final List<Attribute<ExchangeView>> ROWS = List.of(
            row("response.code", INT, view -> Messages.wholeNumber(Messages.header(view.response(), ":status")))
                    .settled(),
            row("response.code_details", STRING, view -> Messages.known(view.details()))
                    .settled()
                    .note("only of a response that the chain made"),
            row("response.flags", INT, ResponseAttributes::flags)
                    .settled()
                    .note("0, or 8 (local reset) if a plugin closed the stream"),
            row("response.grpc_status", INT, view -> grpcStatus(view.response()))
                    .note("from the trailers or the headers; not derived from the status code"),
            row("response.headers", MAP, view -> view.response().headers()).note("as `request.headers`"),
            row("response.trailers", MAP, view -> trailers(view.response()))
                    .note("as `request.headers`; once they have arrived"),
            row("response.headers_bytes", INT, view -> Messages.headerSize(view.response()))
                    .note("as `request.headers_bytes`"),
            row("response.size", INT, view -> bodySize(view.response())).note("bytes of body released so far"),
            row("response.total_size", INT, view -> Messages.totalSize(view.response()))
                    .note("headers, body released so far and trailers"));

    private ResponseAttributes() {}

    private static Attribute<ExchangeView> row(
            String path, AttributeType type, Function<ExchangeView, @Nullable Object> source) {
        return new Attribute<>(path, type, Since.RESPONSE, "", source);
    }

    private static @Nullable Object flags(ExchangeView view) {
        if (view.isReset()) {
            return LOCAL_RESET;
        }
        return view.response().headers() == null ? null : 0L;
    }

    private static @Nullable Object grpcStatus(MessageView response) {
        String trailer = response.trailers().get("grpc-status");
        return Messages.wholeNumber(trailer == null ? Messages.header(response, "grpc-status") : trailer);
    }

    private static @Nullable Object trailers(MessageView response) {
        HeaderMap trailers = response.trailers();
        return trailers.isEmpty() ? null : trailers;
    }

    private static @Nullable Object bodySize(MessageView response) {
        return response.headers() == null ? null : response.bodyBytes();
    }
}
