package dev.proxywasm.httpclient;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.HttpCall;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** The body and trailers of a call. A body without trailers has a length; with trailers it is chunked, as HTTP/1.1 wants it. */
final class RequestMessage implements AsyncEntityProducer {

    private final ByteBuffer body;
    private final List<Header> trailers;
    private final Set<String> trailerNames = new LinkedHashSet<>();

    private RequestMessage(ByteBuffer body, HeaderMap trailers) {
        this.body = body.slice();
        this.trailers = new ArrayList<>(trailers.size());
        trailers.forEach((name, value) -> {
            this.trailers.add(new BasicHeader(name, value));
            trailerNames.add(name);
        });
    }

    /**
     * The request of a call.
     *
     * @throws CalloutRefusedException naming what cannot be sent
     */
    static AsyncRequestProducer of(HttpCall call) {
        BasicHttpRequest request = new BasicHttpRequest(
                call.method(), call.upstream().getScheme(), authority(call.authority()), call.target());
        call.endToEndHeaders().forEach(request::addHeader);
        HeaderMap trailers = call.endToEndTrailers();
        boolean plain = trailers.isEmpty() && !call.body().hasRemaining();
        return new BasicRequestProducer(request, plain ? null : new RequestMessage(call.body(), trailers));
    }

    private static URIAuthority authority(String text) {
        try {
            return URIAuthority.create(text);
        } catch (URISyntaxException refused) {
            throw new CalloutRefusedException("a call cannot have that :authority: " + text);
        }
    }

    @Override
    public int available() {
        return body.remaining() + 1;
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        if (body.hasRemaining()) {
            channel.write(body);
        }
        if (!body.hasRemaining()) {
            channel.endStream(trailers.isEmpty() ? null : trailers);
        }
    }

    @Override
    public long getContentLength() {
        return isChunked() ? -1 : body.capacity();
    }

    @Override
    public boolean isChunked() {
        return !trailers.isEmpty();
    }

    @Override
    public Set<String> getTrailerNames() {
        return trailerNames;
    }

    /** The plugin says it in its headers. */
    @Override
    public @Nullable String getContentType() {
        return null;
    }

    @Override
    public @Nullable String getContentEncoding() {
        return null;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    /** The call's callback is told too. */
    @Override
    public void failed(Exception failure) {}

    @Override
    public void releaseResources() {}
}
