package dev.proxywasm.it;

import dev.proxywasm.it.contract.Application;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The application as a plain handler of Jetty. */
final class JettyCallHandler extends Handler.Abstract {

    private final Application application;

    JettyCallHandler(Application application) {
        this.application = application;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        JettyCall call = new JettyCall(request, response);
        run(application, call, callback);
        return true;
    }

    private void run(Application part, JettyCall call, Callback callback) throws Exception {
        part.handle(call);
        Application rest = call.rest();
        if (rest == null) {
            call.out().close();
            callback.succeeded();
        } else {
            getServer().getThreadPool().execute(() -> runLater(rest, call, callback));
        }
    }

    private void runLater(Application rest, JettyCall call, Callback callback) {
        try {
            run(rest, call, callback);
        } catch (Exception e) {
            callback.failed(e);
        }
    }
}
