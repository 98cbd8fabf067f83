package dev.proxywasm.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.PluginLoadException;
import dev.proxywasm.PluginStartException;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.it.contract.Plugins;
import dev.proxywasm.it.contract.Site;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** A plugin that cannot start keeps the server from starting, with an error that names plugin, module and cause. */
class StartFailureIT {

    @Test
    void namesAModuleThatIsNotWasm() {
        assertThatThrownBy(() -> start("classpath:contract/not-a-module.wasm.txt", ""))
                .isInstanceOf(PluginLoadException.class)
                .hasMessageContaining("'broken'")
                .hasMessageContaining("classpath:contract/not-a-module.wasm.txt");
    }

    @Test
    void namesAModuleThatIsNotThere() {
        assertThatThrownBy(() -> start("classpath:wat/nowhere.wat", ""))
                .isInstanceOf(PluginLoadException.class)
                .hasMessageContaining("'broken'")
                .hasMessageContaining("classpath:wat/nowhere.wat");
    }

    @Test
    void namesAGuestThatRefusesItsConfiguration() {
        assertThatThrownBy(() -> start("classpath:wat/refuse-configuration.wat", ""))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("'broken'")
                .hasMessageContaining("classpath:wat/refuse-configuration.wat")
                .hasMessageContaining("proxy_on_configure");
    }

    @Test
    void namesAGuestThatTrapsAtItsStart() {
        assertThatThrownBy(() -> start("classpath:wat/trap-at-start.wat", ""))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("'broken'")
                .hasMessageContaining("classpath:wat/trap-at-start.wat")
                .hasMessageContaining("unreachable");
    }

    @Test
    void endsAGuestThatLoopsAtItsStart() {
        assertThatThrownBy(() -> start("classpath:wat/loop-at-start.wat", "limits: {start-timeout: 300ms}"))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("'broken'")
                .hasMessageContaining("classpath:wat/loop-at-start.wat")
                .hasMessageContaining("time");
    }

    @Test
    void letsRequestsPassAPluginThatCannotStartWhereThePolicyIsOpen() throws Exception {
        try (Site site =
                new Site(JettyServer::new, config("classpath:wat/trap-at-start.wat", "failure-policy: open"))) {
            site.application(call -> call.print("application"));
            HttpResponse<String> response = site.get("/any");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("application");
        }
    }

    private static void start(String module, String more) {
        ProxyWasm.start(config(module, more), StartFailureIT.class.getClassLoader())
                .close();
    }

    private static ProxyWasmConfig config(String module, String more) {
        return Plugins.of(
                """
                proxy-wasm:
                  plugins:
                    - name: broken
                      module: %s
                      %s
                """
                        .formatted(module, more));
    }
}
