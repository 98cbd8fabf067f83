package dev.proxywasm.servlet;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.http.ReleasedMessage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A stream that follows a script, writes down what was pushed, and complains of every push that the port forbids. */
final class ScriptedStream implements HttpStream {

    final List<String> events = new CopyOnWriteArrayList<>();
    final List<String> violations = new CopyOnWriteArrayList<>();
    final AtomicInteger closes = new AtomicInteger();
    final AtomicInteger claims = new AtomicInteger();
    final HttpExchange exchange;
    private final Script script;
    private final Half request;
    private final Half response;
    private volatile @Nullable ApplicationCall roomFor;
    private final AtomicInteger inside = new AtomicInteger();

    ScriptedStream(Script script, HttpExchange exchange, HeaderMap requestHeaders) {
        this.script = script;
        this.exchange = exchange;
        this.request = new Half("request", script.requestBodies, script.requestBody);
        this.response = new Half("response", script.responseBodies, script.responseBody);
        this.request.headers = requestHeaders;
    }

    @Override
    public boolean hasFilters() {
        return script.hasFilters;
    }

    @Override
    public boolean wantsRequestBody() {
        return script.requestBodies != Script.Bodies.UNSEEN;
    }

    @Override
    public boolean wantsResponseBody() {
        return script.responseBodies != Script.Bodies.UNSEEN;
    }

    @Override
    public int requestBodyBuffer() {
        return script.requestBodyBuffer;
    }

    @Override
    public int responseBodyBuffer() {
        return 1024 * 1024;
    }

    @Override
    public void requireStack() {
        if (script.stackUsedUp) {
            throw new StackOverflowError("scripted");
        }
        claims.incrementAndGet();
        roomFor = ApplicationCall.underWay();
    }

    @Override
    public Outcome requestHeaders(boolean endOfStream) {
        return push(() -> request.start(request.headers, endOfStream, script.requestHeaders));
    }

    @Override
    public Outcome requestBody(ByteBuffer chunk, boolean endOfStream) {
        byte[] bytes = new byte[chunk.remaining()];
        chunk.get(bytes);
        return push(() -> {
            Outcome outcome = script.requestChunk.apply(bytes);
            return outcome instanceof Outcome.Forward ? request.body(bytes, endOfStream) : outcome;
        });
    }

    @Override
    public Outcome requestTrailers(HeaderMap trailers) {
        return push(() -> request.end(trailers));
    }

    @Override
    public ReleasedMessage request() {
        return request;
    }

    @Override
    public Outcome responseHeaders(HeaderMap headers, boolean endOfStream) {
        if (!headers.name(0).equals(":status")) {
            violations.add("response headers begin with " + headers.name(0));
        }
        return push(() -> response.start(headers, endOfStream, script.responseHeaders));
    }

    @Override
    public Outcome responseBody(ByteBuffer chunk, boolean endOfStream) {
        byte[] bytes = new byte[chunk.remaining()];
        chunk.get(bytes);
        return push(() -> {
            Outcome outcome = bytes.length == 0 ? Outcome.FORWARD : script.responseChunk.apply(bytes);
            return outcome instanceof Outcome.Forward ? response.body(bytes, endOfStream) : outcome;
        });
    }

    @Override
    public Outcome responseTrailers(HeaderMap trailers) {
        return push(() -> response.end(trailers));
    }

    @Override
    public ReleasedMessage response() {
        return response;
    }

    @Override
    public void close() {
        checkRoom("close");
        closes.incrementAndGet();
        events.add("close");
    }

    /** An application may have recursed as deep as it likes. */
    private void checkRoom(String what) {
        ApplicationCall call = ApplicationCall.underWay();
        if (call != null && !call.equals(roomFor)) {
            violations.add(what + " within a call of the application without requireStack: " + call);
        }
    }

    private Outcome push(Supplier<Outcome> action) {
        checkRoom("push");
        if (inside.incrementAndGet() != 1) {
            violations.add("two threads at once");
        }
        try {
            if (closes.get() > 0) {
                violations.add("push after close");
            }
            return action.get();
        } catch (IllegalStateException e) {
            violations.add(e.getMessage());
            throw e;
        } finally {
            inside.decrementAndGet();
        }
    }

    /** One direction. */
    private final class Half implements ReleasedMessage {
        private final String name;
        private final Script.Bodies bodies;
        private final UnaryOperator<byte[]> change;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private HeaderMap headers = new HeaderMap();
        private HeaderMap trailers = new HeaderMap();
        private String state = "IDLE";
        private boolean released;
        private boolean taken;

        Half(String name, Script.Bodies bodies, UnaryOperator<byte[]> change) {
            this.name = name;
            this.bodies = bodies;
            this.change = change;
        }

        Outcome start(HeaderMap map, boolean endOfStream, Function<HeaderMap, Outcome> script) {
            require("IDLE", "headers");
            events.add(name + "Headers" + (endOfStream ? "(end)" : ""));
            headers = map;
            state = endOfStream ? "ENDED" : "BODY";
            Outcome outcome = script.apply(map);
            if (outcome instanceof Outcome.Reply) {
                response.state = "IDLE";
                return outcome;
            }
            released = endOfStream || bodies != Script.Bodies.HELD;
            return outcome;
        }

        Outcome body(byte[] chunk, boolean endOfStream) {
            require("BODY", "body");
            if (bodies == Script.Bodies.UNSEEN) {
                throw new IllegalStateException(name + " body pushed though nobody wants it");
            }
            events.add(name + "Body" + (endOfStream ? "(end)" : ""));
            state = endOfStream ? "ENDED" : "BODY";
            if (bodies == Script.Bodies.STREAMED) {
                body.writeBytes(change.apply(chunk));
                return Outcome.FORWARD;
            }
            held.writeBytes(chunk);
            if (endOfStream) {
                release();
            }
            return Outcome.FORWARD;
        }

        Outcome end(HeaderMap map) {
            require("BODY", "trailers");
            events.add(name + "Trailers");
            state = "ENDED";
            trailers = map;
            if (bodies == Script.Bodies.HELD) {
                release();
            }
            return Outcome.FORWARD;
        }

        private void release() {
            body.writeBytes(change.apply(held.toByteArray()));
            released = true;
        }

        private void require(String wanted, String what) {
            if (!state.equals(wanted)) {
                throw new IllegalStateException(name + " " + what + " in state " + state);
            }
        }

        @Override
        public boolean hasHeaders() {
            return released;
        }

        @Override
        public HeaderMap takeHeaders() {
            if (!released || taken) {
                violations.add(name + " headers taken " + (taken ? "twice" : "too early"));
                throw new IllegalStateException("headers of the " + name);
            }
            taken = true;
            if (bodies != Script.Bodies.UNSEEN && body.size() > 0) {
                headers.remove("content-length");
                if (isComplete() && trailers.isEmpty()) {
                    headers.add("content-length", Integer.toString(body.size()));
                }
            } else if (bodies != Script.Bodies.UNSEEN && !isComplete()) {
                headers.remove("content-length");
            }
            return headers;
        }

        @Override
        public ByteBuffer takeBody() {
            ByteBuffer bytes = ByteBuffer.wrap(body.toByteArray());
            body.reset();
            return bytes;
        }

        @Override
        public int bodyAvailable() {
            return body.size();
        }

        @Override
        public HeaderMap trailers() {
            return trailers;
        }

        @Override
        public boolean isComplete() {
            return state.equals("ENDED") && released;
        }
    }
}
