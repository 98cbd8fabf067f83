package dev.proxywasm.servlet;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;

/** The application's characters on their way into a {@link ResponseBody}. */
final class ResponseWriter extends PrintWriter {

    private final Encoder encoder;

    private ResponseWriter(Encoder encoder) {
        super(encoder);
        this.encoder = encoder;
    }

    static ResponseWriter over(ResponseBody body, Charset charset) {
        return new ResponseWriter(new Encoder(body, charset));
    }

    /** Hands all characters to the body without committing the response. */
    void drain() throws IOException {
        encoder.drain();
    }

    /** Encodes through a buffer of its own, which must be emptied without the flush that commits. */
    private static final class Encoder extends Writer {
        private final ResponseBody body;
        private final OutputStreamWriter writer;

        Encoder(ResponseBody body, Charset charset) {
            this.body = body;
            this.writer = new OutputStreamWriter(new Unflushed(body), charset);
        }

        void drain() throws IOException {
            writer.flush();
        }

        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            writer.write(characters, offset, length);
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            writer.write(text, offset, length);
        }

        @Override
        public void flush() throws IOException {
            drain();
            body.flush();
        }

        @Override
        public void close() throws IOException {
            drain();
            body.close();
        }
    }

    private static final class Unflushed extends java.io.OutputStream {
        private final ResponseBody body;

        Unflushed(ResponseBody body) {
            this.body = body;
        }

        @Override
        public void write(int b) throws IOException {
            body.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            body.write(bytes, offset, length);
        }
    }
}
