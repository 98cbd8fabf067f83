package dev.proxywasm.internal.hostcall;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.LocalResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the responses that the host sends itself, for a guest ({@code proxy_send_local_response}) or on its own account.
 *
 * <p>A gRPC client gets HTTP 200 with {@code grpc-status} and {@code grpc-message}, as Envoy does; every other client gets the status, the
 * body and {@code content-length}.
 */
public final class LocalReplies {

    /** The gRPC status of a reply that leaves it to the HTTP status. */
    public static final int NO_GRPC_STATUS = -1;

    private static final int HIGHEST_GRPC_STATUS = 16;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final byte[] NO_BODY = {};
    private static final String GRPC = "application/grpc";
    private static final Set<String> FRAMING =
            Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "upgrade");
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private LocalReplies() {}

    /**
     * A response.
     *
     * @param requestHeaders of the request that is answered, which tell a gRPC client; null if they are not known
     * @param code HTTP status, from 200 to 999
     * @param details why, for logs; spaces become underscores
     * @param body may be empty; owned by the response. Dropped for 204 and 304, which have none
     * @param extra headers added to those that the host makes; those that frame the message are left out
     * @param grpcStatus 0 to 16, or any other number to derive it from {@code code}
     */
    public static LocalResponse of(
            @Nullable HeaderMap requestHeaders,
            int code,
            String details,
            byte[] body,
            HeaderMap extra,
            int grpcStatus) {
        String reason = details.replace(' ', '_');
        return isGrpc(requestHeaders) ? grpc(code, reason, body, extra, grpcStatus) : plain(code, reason, body, extra);
    }

    /** Whether a request is a gRPC call, by its content type. */
    static boolean isGrpc(@Nullable HeaderMap requestHeaders) {
        String type = requestHeaders == null ? null : requestHeaders.get("content-type");
        return type != null
                && type.regionMatches(true, 0, GRPC, 0, GRPC.length())
                && (type.length() == GRPC.length() || "+; ".indexOf(type.charAt(GRPC.length())) >= 0);
    }

    private static LocalResponse plain(int code, String details, byte[] body, HeaderMap extra) {
        HeaderMap headers = HeaderMap.of(":status", Integer.toString(code));
        boolean mayHaveBody = code != NO_CONTENT && code != NOT_MODIFIED;
        if (mayHaveBody) {
            headers.add("content-length", Integer.toString(body.length));
            if (body.length > 0 && !extra.contains("content-type")) {
                headers.add("content-type", "text/plain");
            }
        }
        addAll(headers, extra);
        return new LocalResponse(headers, mayHaveBody ? body : NO_BODY, details);
    }

    /** Everything in the headers, no body: what gRPC calls trailers only. */
    private static LocalResponse grpc(int code, String details, byte[] body, HeaderMap extra, int grpcStatus) {
        boolean given = grpcStatus >= 0 && grpcStatus <= HIGHEST_GRPC_STATUS;
        HeaderMap headers = HeaderMap.of(":status", "200", "content-type", GRPC);
        headers.add("grpc-status", Integer.toString(given ? grpcStatus : grpcStatusOf(code)));
        if (body.length > 0) {
            headers.add("grpc-message", percentEncoded(body));
        }
        HeaderMap rest = extra.copy();
        rest.remove("content-type");
        rest.remove("grpc-status");
        rest.remove("grpc-message");
        addAll(headers, rest);
        return new LocalResponse(headers, NO_BODY, details);
    }

    private static void addAll(HeaderMap headers, HeaderMap extra) {
        extra.forEach((name, value) -> {
            if (!FRAMING.contains(name) && !HeaderMap.isPseudo(name)) {
                headers.add(name, value);
            }
        });
    }

    /** The table of the gRPC project for proxies that answer in HTTP. */
    private static int grpcStatusOf(int code) {
        return switch (code) {
            case 400 -> 13; // INTERNAL
            case 401 -> 16; // UNAUTHENTICATED
            case 403 -> 7; // PERMISSION_DENIED
            case 404 -> 12; // UNIMPLEMENTED
            case 429, 502, 503, 504 -> 14; // UNAVAILABLE
            default -> 2; // UNKNOWN
        };
    }

    /** The encoding of {@code grpc-message}: everything but printable ASCII, and the percent sign, as {@code %XX}. */
    private static String percentEncoded(byte[] text) {
        StringBuilder encoded = new StringBuilder(text.length);
        for (byte b : text) {
            if (b >= ' ' && b <= '~' && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
            }
        }
        return encoded.toString();
    }
}
