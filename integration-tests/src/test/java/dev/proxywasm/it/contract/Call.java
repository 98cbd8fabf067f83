package dev.proxywasm.it.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request and its response as the application gets them: what servlets and plain handlers have in common.
 *
 * <p>Reading and writing block. The call ends when the application returns, unless it has {@linkplain #async handed it on}.
 */
public interface Call {

    String method();

    /** Encoded, with the context path, without the query. */
    String path();

    @Nullable
    String query();

    String scheme();

    /** As the application is told: of the {@code :authority}, without the port. */
    String serverName();

    int serverPort();

    Collection<String> headerNames();

    /** All values, in the order of the request. */
    List<String> headers(String name);

    /** The first value. */
    default @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    InputStream body() throws IOException;

    /** The request's trailers by their names in lower case, to be asked for after the end of the body. */
    Map<String, String> trailers();

    void status(int status);

    void setHeader(String name, String value);

    void addHeader(String name, String value);

    OutputStream out() throws IOException;

    default void write(byte[] bytes) throws IOException {
        out().write(bytes);
    }

    /** Writes it in UTF-8. */
    default void print(@Nullable Object text) throws IOException {
        write(String.valueOf(text).getBytes(StandardCharsets.UTF_8));
    }

    /** Commits the response, and sends what has been written. */
    void flush() throws IOException;

    /** Trailers of the response, asked for after the body; to be set before the first byte. */
    void trailers(Supplier<Map<String, String>> fields);

    /** Goes on in another thread, which ends the call, and lets this one return. */
    void async(Application rest);
}
