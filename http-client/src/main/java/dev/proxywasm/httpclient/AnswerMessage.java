package dev.proxywasm.httpclient;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.spi.HttpCallResult.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Collects an answer, up to a limit of its body beyond which the call fails. Called by one thread at a time, as consumers are. */
final class AnswerMessage implements AsyncResponseConsumer<Answer> {

    private final int most;
    private final HeaderMap headers = new HeaderMap();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable FutureCallback<Answer> whole;

    AnswerMessage(int most) {
        this.most = most;
    }

    @Override
    public void consumeResponse(
            HttpResponse response, @Nullable EntityDetails entity, HttpContext context, FutureCallback<Answer> done) {
        headers.add(":status", Integer.toString(response.getCode()));
        addAll(headers, Arrays.asList(response.getHeaders()));
        whole = done;
        if (entity == null) {
            streamEnd(List.of());
        }
    }

    /** Such as 103: the answer is still to come. */
    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {}

    /** The limit is far below what would need a window. */
    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        if (bytes.remaining() > most - body.size()) {
            throw new IOException("the body is larger than the plugin's limit callout-body of " + most + " bytes");
        }
        byte[] chunk = new byte[bytes.remaining()];
        bytes.get(chunk);
        body.writeBytes(chunk);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        HeaderMap behind = new HeaderMap(trailers == null ? 0 : trailers.size());
        addAll(behind, trailers == null ? List.of() : trailers);
        if (whole != null) {
            whole.completed(new Answer(headers, ByteBuffer.wrap(body.toByteArray()), behind));
        }
    }

    private static void addAll(HeaderMap map, List<? extends Header> headers) {
        for (Header header : headers) {
            if (!HeaderMap.isPseudo(header.getName())) {
                map.add(header.getName(), header.getValue() == null ? "" : header.getValue());
            }
        }
    }

    /** The call's callback is told too. */
    @Override
    public void failed(Exception failure) {}

    @Override
    public void releaseResources() {}
}
