package dev.proxywasm.it.guests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxywasm.Engine;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The conformance guest of one language does what guests/README.md says, which is what the same source does in Envoy. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass
@EnumSource(
        value = Engine.class,
        names = {"WASMTIME", "JVM"})
abstract class GuestContract implements CalloutCases, ServiceCases, MessageCases, LifeCases {

    @Parameter
    Engine engine;

    private final String language;
    private final Set<Lack> lacks;
    private GuestHost host;

    GuestContract(String language, Lack... lacks) {
        this.language = language;
        this.lacks = Set.of(lacks);
    }

    @BeforeParameterizedClassInvocation
    void start() throws IOException {
        assumeTrue(
                GuestHost.isBuilt(language),
                () -> "skipped: there is no conformance guest in " + language
                        + ", because its toolchain is missing or samples/filters/build.sh has not been run"
                        + " (samples/filters/install-toolchains.sh installs toolchains)");
        host = new GuestHost(language, engine);
    }

    @AfterParameterizedClassInvocation
    void stop() throws IOException {
        if (host != null) {
            host.close();
        }
    }

    @Override
    public final GuestHost host() {
        return host;
    }

    @Override
    public final String language() {
        return language;
    }

    @Override
    public final boolean can(Lack ability) {
        return !lacks.contains(ability);
    }
}
