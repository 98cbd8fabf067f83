package dev.proxywasm.jetty;

import dev.proxywasm.http.Outcome;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/** Pushes what the chain judges of a request before the application is called, on as many threads after one another as it takes. */
final class Admission {

    private final JettyExchange exchange;
    private final Request raw;
    private final RequestFlow flow;

    Admission(JettyExchange exchange, Request raw, RequestFlow flow) {
        this.exchange = exchange;
        this.raw = raw;
        this.flow = flow;
    }

    /** Tells whether the application may be called now; otherwise it is called later, or never. */
    boolean admit() {
        return admit(flow.pushHead());
    }

    private boolean admit(Outcome pushed) {
        @Nullable Outcome outcome = pushed;
        while (true) {
            if (outcome instanceof Outcome.Wait wait) {
                outcome = exchange.await(wait, () -> InvocationType.BLOCKING, this::resumed);
            } else if (outcome instanceof Outcome.Reply reply) {
                exchange.answer(reply.response());
                return false;
            } else if (outcome instanceof Outcome.Abort abort) {
                exchange.abort(abort.reason());
                return false;
            } else if (flow.hasFailed()) {
                return false;
            } else if (flow.isAdmitted()) {
                return true;
            } else {
                outcome = pushNext();
            }
            if (outcome == null) {
                return false;
            }
        }
    }

    /** Pushes what the client has sent; null if that is nothing yet, or never will be. */
    private @Nullable Outcome pushNext() {
        Content.Chunk chunk = flow.readRaw();
        if (chunk == null) {
            raw.demand(this::readable);
            return null;
        }
        if (Content.Chunk.isFailure(chunk)) {
            exchange.failRequest(chunk.getFailure());
            return null;
        }
        return flow.push(chunk);
    }

    private void resumed(Outcome outcome) {
        if (admit(outcome)) {
            exchange.startApplication();
        }
    }

    /** Jetty lets nothing else be read while this runs, so the application goes on elsewhere. */
    private void readable() {
        if (admit(Outcome.FORWARD)) {
            exchange.executor().execute(exchange::startApplication);
        }
    }
}
