package dev.proxywasm.it.contract;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads a body without blocking, then writes it without blocking. */
final class EchoListener implements ReadListener, WriteListener {

    private static final int CHUNK_BYTES = 8192;

    private final AsyncContext context;
    private final ServletInputStream in;
    private final ServletOutputStream out;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int written;

    private EchoListener(AsyncContext context, ServletInputStream in, ServletOutputStream out) {
        this.context = context;
        this.in = in;
        this.out = out;
    }

    static void start(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext context = request.startAsync(request, response);
        EchoListener echo = new EchoListener(context, request.getInputStream(), response.getOutputStream());
        echo.in.setReadListener(echo);
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        while (in.isReady() && !in.isFinished()) {
            int count = in.read(chunk);
            if (count > 0) {
                body.write(chunk, 0, count);
            }
        }
    }

    @Override
    public void onAllDataRead() {
        out.setWriteListener(this);
    }

    @Override
    public void onWritePossible() throws IOException {
        byte[] bytes = body.toByteArray();
        while (out.isReady()) {
            if (written == bytes.length) {
                context.complete();
                return;
            }
            int count = Math.min(CHUNK_BYTES, bytes.length - written);
            out.write(bytes, written, count);
            written += count;
        }
    }

    @Override
    public void onError(Throwable thrown) {
        context.complete();
    }
}
