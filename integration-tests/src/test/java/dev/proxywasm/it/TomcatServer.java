package dev.proxywasm.it;

import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.it.contract.Application;
import dev.proxywasm.it.contract.PageException;
import dev.proxywasm.it.contract.ServletBridge;
import dev.proxywasm.it.contract.TestServer;
import dev.proxywasm.servlet.ProxyWasmFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.http.fileupload.FileUtils;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/** Tomcat 10.1 or 11, whichever the build has put on the class path. */
final class TomcatServer implements TestServer {

    private final Tomcat tomcat = new Tomcat();
    private final Path directory;

    TomcatServer(ProxyWasmConfig plugins, Application application) throws Exception {
        this(new ProxyWasmFilter(plugins), application);
    }

    TomcatServer(ProxyWasmFilter filter, Application application) throws Exception {
        this(filter, application, connector -> {});
    }

    /** With a virtual thread for each request, which takes Java 21. */
    static TomcatServer onVirtualThreads(ProxyWasmConfig plugins, Application application) throws Exception {
        return new TomcatServer(new ProxyWasmFilter(plugins), application, connector -> connector
                .getProtocolHandler()
                .setExecutor(new VirtualThreadExecutor("virtual-")));
    }

    /** With a connector that is changed before the server starts. */
    TomcatServer(ProxyWasmFilter filter, Application application, Consumer<Connector> change) throws Exception {
        directory = Files.createTempDirectory("tomcat");
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        change.accept(tomcat.getConnector());
        tomcat.getConnector().setProperty("maxSwallowSize", "-1");
        tomcat.getConnector().setProperty("allowedTrailerHeaders", "x-known,x-other");
        tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
        Context context = tomcat.addContext(CONTEXT, directory.toString());
        Wrapper servlet = Tomcat.addServlet(context, "application", new ServletBridge(application));
        servlet.setAsyncSupported(true);
        servlet.addMapping("/*");
        servlet.setMultipartConfigElement(new MultipartConfigElement(directory.toString()));
        addPage(context, page -> page.setErrorCode(STATUS_WITH_PAGE));
        addPage(context, page -> page.setExceptionType(PageException.class.getName()));
        addFilter(context, filter);
        tomcat.start();
        if (context.getState() != LifecycleState.STARTED) {
            stop();
            throw new IllegalStateException("the application did not start; the log says why");
        }
    }

    private static void addPage(Context context, Consumer<ErrorPage> occasion) {
        ErrorPage page = new ErrorPage();
        occasion.accept(page);
        page.setLocation(PAGE);
        context.addErrorPage(page);
    }

    private static void addFilter(Context context, ProxyWasmFilter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("proxy-wasm");
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("proxy-wasm");
        mapping.addURLPattern("/*");
        List.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR)
                .forEach(type -> mapping.setDispatcher(type.name()));
        context.addFilterMap(mapping);
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        FileUtils.deleteDirectory(directory.toFile());
    }
}
