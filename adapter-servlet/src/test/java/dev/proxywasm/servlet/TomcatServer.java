package dev.proxywasm.servlet;

import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Tomcat 10.1. */
final class TomcatServer extends TestServer {

    private final Tomcat tomcat = new Tomcat();

    TomcatServer(Path directory) throws LifecycleException {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        Context context = tomcat.addContext("/app", directory.toString());
        Wrapper servlet = Tomcat.addServlet(context, "application", servlet());
        servlet.setAsyncSupported(true);
        servlet.addMapping("/*");
        addFilter(context);
        ErrorPage page = new ErrorPage();
        page.setErrorCode(STATUS_WITH_PAGE);
        page.setLocation("/page");
        context.addErrorPage(page);
        tomcat.getConnector();
        tomcat.start();
    }

    private void addFilter(Context context) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("proxy-wasm");
        definition.setFilter(new ProxyWasmFilter(host));
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("proxy-wasm");
        mapping.addURLPattern("/*");
        DISPATCHES.forEach(type -> mapping.setDispatcher(type.name()));
        context.addFilterMap(mapping);
    }

    @Override
    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
