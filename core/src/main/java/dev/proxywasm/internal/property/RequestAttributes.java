package dev.proxywasm.internal.property;

import static dev.proxywasm.internal.property.AttributeType.DURATION;
import static dev.proxywasm.internal.property.AttributeType.INT;
import static dev.proxywasm.internal.property.AttributeType.MAP;
import static dev.proxywasm.internal.property.AttributeType.STRING;
import static dev.proxywasm.internal.property.AttributeType.TIMESTAMP;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Attributes of the request. */
final class RequestAttributes {

    static final List<Attribute<ExchangeView>> ROWS = List.of(
            row("request.path", STRING, view -> header(view, ":path")).settled().note("with the query"),
            row("request.url_path", STRING, view -> pathPart(view, 0)).settled().note("without the query"),
            row("request.query", STRING, view -> pathPart(view, 1))
                    .settled()
                    .note("without the question mark; empty if there is none"),
            row("request.host", STRING, view -> header(view, ":authority")).settled(),
            row("request.scheme", STRING, view -> header(view, ":scheme")).settled(),
            row("request.method", STRING, view -> header(view, ":method")).settled(),
            row("request.headers", MAP, view -> view.request().headers())
                    .note("several values of a name joined by commas"),
            row("request.referer", STRING, view -> header(view, "referer")),
            row("request.useragent", STRING, view -> header(view, "user-agent")),
            row("request.id", STRING, view -> header(view, "x-request-id")).note("header `x-request-id`"),
            row(
                            "request.protocol",
                            STRING,
                            view -> Messages.known(view.exchange().protocol()))
                    .settled()
                    .note("`HTTP/1.0`, `HTTP/1.1`, `HTTP/2` or `HTTP/3`"),
            row("request.time", TIMESTAMP, view -> view.exchange().receivedAt())
                    .settled()
                    .note("when it began to arrive"),
            new Attribute<>(
                    "request.duration", DURATION, Since.END, "since it began to arrive", RequestAttributes::duration),
            row("request.size", INT, view -> size(view.request()))
                    .note("`content-length` if there is one, else the bytes of body received so far"),
            row("request.total_size", INT, view -> Messages.totalSize(view.request()))
                    .note("headers, body received so far and trailers"),
            row("request.headers_bytes", INT, view -> Messages.headerSize(view.request()))
                    .note("names and values; not what HTTP puts around them"));

    private RequestAttributes() {}

    private static Attribute<ExchangeView> row(
            String path, AttributeType type, Function<ExchangeView, @Nullable Object> source) {
        return new Attribute<>(path, type, Since.REQUEST, "", source);
    }

    private static @Nullable Object header(ExchangeView view, String name) {
        return Messages.header(view.request(), name);
    }

    private static @Nullable Object pathPart(ExchangeView view, int part) {
        String path = Messages.header(view.request(), ":path");
        if (path == null) {
            return null;
        }
        int mark = path.indexOf('?');
        if (mark < 0) {
            return part == 0 ? path : "";
        }
        return part == 0 ? path.substring(0, mark) : path.substring(mark + 1);
    }

    private static @Nullable Object duration(ExchangeView view) {
        return view.isOver() ? Duration.between(view.exchange().receivedAt(), view.now()) : null;
    }

    private static @Nullable Object size(MessageView request) {
        if (request.headers() == null) {
            return null;
        }
        Long declared = Messages.wholeNumber(Messages.header(request, "content-length"));
        return declared == null ? Long.valueOf(request.bodyBytes()) : declared;
    }
}
