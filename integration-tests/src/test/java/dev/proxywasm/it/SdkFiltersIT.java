package dev.proxywasm.it;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.PluginStartException;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters built with real SDKs, on every server. */
class SdkFiltersIT {

    @ParameterizedTest
    @ValueSource(strings = {"go", "rust", "assemblyscript"})
    void doNotStartWithABadConfiguration(String language) {
        SdkFilterContract.assumeBuilt(language);
        ProxyWasmConfig config =
                SdkFilterContract.plugins(SdkFilterContract.plugin(language, language, "/*", "{not JSON"));
        assertThatThrownBy(() -> ProxyWasm.start(config, getClass().getClassLoader()))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("'" + language + "'")
                .hasMessageContaining(language + ".wasm")
                .hasMessageContaining("configur");
    }

    @Nested
    @Tag("tomcat")
    class GoOnTomcat extends SdkFilterContract {
        GoOnTomcat() {
            super("go", TomcatServer::new);
        }
    }

    @Nested
    @Tag("tomcat")
    class RustOnTomcat extends SdkFilterContract {
        RustOnTomcat() {
            super("rust", TomcatServer::new);
        }
    }

    @Nested
    @Tag("tomcat")
    class AssemblyScriptOnTomcat extends SdkFilterContract {
        AssemblyScriptOnTomcat() {
            super("assemblyscript", TomcatServer::new);
        }
    }

    @Nested
    class GoOnJetty extends SdkFilterContract {
        GoOnJetty() {
            super("go", JettyServer::new);
        }
    }

    @Nested
    class RustOnJetty extends SdkFilterContract {
        RustOnJetty() {
            super("rust", JettyServer::new);
        }
    }

    @Nested
    class AssemblyScriptOnJetty extends SdkFilterContract {
        AssemblyScriptOnJetty() {
            super("assemblyscript", JettyServer::new);
        }
    }

    @Nested
    class GoOnUndertow extends SdkFilterContract {
        GoOnUndertow() {
            super("go", UndertowServer::new);
        }
    }

    @Nested
    class RustOnUndertow extends SdkFilterContract {
        RustOnUndertow() {
            super("rust", UndertowServer::new);
        }
    }

    @Nested
    class AssemblyScriptOnUndertow extends SdkFilterContract {
        AssemblyScriptOnUndertow() {
            super("assemblyscript", UndertowServer::new);
        }
    }
}
