package dev.proxywasm.it.contract;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends a body back as it comes, by a read and a write listener that both do the same and share all they have without a lock. */
final class PumpListener implements ReadListener, WriteListener {

    private final AsyncContext context;
    private final ServletInputStream in;
    private final ServletOutputStream out;
    private final byte[] buffer = new byte[1000];
    private final AtomicInteger inside = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
    private volatile boolean returned;
    private boolean flushing;
    private boolean completed;

    private PumpListener(HttpServletRequest request, HttpServletResponse response) throws IOException {
        context = request.startAsync(request, response);
        in = request.getInputStream();
        out = response.getOutputStream();
    }

    static PumpListener start(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PumpListener pump = new PumpListener(request, response);
        pump.in.setReadListener(pump);
        pump.out.setWriteListener(pump);
        return pump;
    }

    /** The application says that it is about to return. */
    void applicationReturns() {
        returned = true;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public void onDataAvailable() throws IOException {
        pump();
    }

    @Override
    public void onWritePossible() throws IOException {
        pump();
    }

    @Override
    public void onAllDataRead() throws IOException {
        pump();
    }

    private void pump() throws IOException {
        if (inside.incrementAndGet() > 1) {
            violations.add("two listeners at a time");
        }
        if (!returned) {
            violations.add("called before the application had returned");
        }
        try {
            while (out.isReady() && !completed) {
                if (flushing) {
                    flushing = false;
                    out.flush();
                } else if (in.isFinished()) {
                    completed = true;
                    context.complete();
                } else if (in.isReady() && !in.isFinished()) {
                    int count = in.read(buffer);
                    if (count > 0) {
                        out.write(buffer, 0, count);
                        flushing = true;
                    }
                } else {
                    return;
                }
            }
        } finally {
            inside.decrementAndGet();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        violations.add(thrown.toString());
        context.complete();
    }
}
