package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.GrpcCall;
import dev.proxywasm.spi.GrpcCallClient;
import dev.proxywasm.spi.GrpcListener;
import dev.proxywasm.spi.GrpcStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Notes what is asked of it; a test is the server. */
final class FakeGrpcClient implements GrpcCallClient {

    final List<GrpcCall> calls = new ArrayList<>();
    final List<GrpcListener> listeners = new ArrayList<>();
    final List<String> sent = new ArrayList<>();
    RuntimeException refusal;

    @Override
    public GrpcStream open(GrpcCall call, GrpcListener listener) {
        if (refusal != null) {
            throw refusal;
        }
        calls.add(call);
        listeners.add(listener);
        return new Stream(calls.size());
    }

    @Override
    public void close() {}

    private final class Stream implements GrpcStream {
        private final int number;

        Stream(int number) {
            this.number = number;
        }

        @Override
        public void send(ByteBuffer message) {
            String text = UTF_8.decode(message).toString();
            if (text.equals("too much")) {
                throw new CalloutRefusedException("too much is waiting");
            }
            sent.add(number + " " + text);
        }

        @Override
        public void halfClose() {
            sent.add(number + " half-close");
        }

        @Override
        public void request() {}

        @Override
        public void cancel() {
            sent.add(number + " cancel");
        }
    }
}
