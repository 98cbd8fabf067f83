package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.Limits;
import dev.proxywasm.UpstreamConfig;
import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.callout.CalloutServices;
import dev.proxywasm.internal.callout.Upstreams;
import dev.proxywasm.internal.context.GuestBuffer;
import dev.proxywasm.spi.Callout;
import dev.proxywasm.spi.DnsAddress;
import dev.proxywasm.spi.DnsResolver;
import dev.proxywasm.testing.Spec;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolveDnsTest {

    private final FakeGuest guest = new FakeGuest();
    private final FakeCallouts vm = guest.scope.calloutVm;
    private final Resolver resolver = new Resolver();
    private final List<String> seen = new ArrayList<>();

    private static final class Resolver implements DnsResolver {
        final List<String> names = new ArrayList<>();
        final List<Consumer<List<DnsAddress>>> listeners = new ArrayList<>();
        int cancelled;

        @Override
        public Callout resolve(String name, Consumer<List<DnsAddress>> whenDone) {
            if (name.equals("broken.example")) {
                throw new IllegalStateException("no threads");
            }
            names.add(name);
            listeners.add(whenDone);
            return () -> cancelled++;
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void connect() {
        connect(true);
        vm.duringCall = () -> {
            GuestBuffer buffer = guest.scope.callouts.view().buffer(BufferType.CALL_DATA);
            seen.add(new String(buffer.copy(0, buffer.size()), ISO_8859_1));
        };
    }

    private void connect(boolean allowDirect) {
        CalloutServices off = CalloutServices.NONE;
        Upstreams upstreams =
                new Upstreams(Map.of("geo", new UpstreamConfig(URI.create("http://geo.example:8080"))), allowDirect);
        guest.scope.callouts = vm.calling(
                new CalloutServices(upstreams, off.http(), Optional.empty(), resolver, List.of()), guest.scope.plugin);
    }

    @AfterEach
    void stop() {
        vm.shutdownNow();
    }

    @Test
    @Spec("0.2.1#envoy_resolve_dns OK")
    void tellsTheGuestOfTheAddressesAsEnvoyLaysThemOut() throws UnknownHostException {
        assertThat(resolve("shop.example")).isEqualTo(Status.OK);
        assertThat(guest.u32(FakeGuest.RESULT_0)).isEqualTo(1);
        resolver.listeners.get(0).accept(List.of(address("192.0.2.7", 300), address("2001:db8::1", 1)));
        assertThat(vm.calls).as("callbacks before the VM can be entered").isEmpty();
        vm.runAnswers();

        String answer = "\2\0\0\0" + ",\1\0\0" + "\1\0\0\0" + "192.0.2.7:0\0" + "[2001:db8:0:0:0:0:0:1]:0\0";
        assertThat(seen).containsExactly(answer);
        assertThat(vm.calls).containsExactly("RESOLVE_DNS 1 " + answer.length() + " 0 0");
        assertThat(guest.scope.callouts.view().buffer(BufferType.CALL_DATA)).isNull();
    }

    @Test
    void aNameWithoutAnAddressIsAnsweredByNothing() {
        resolve("shop.example");
        resolver.listeners.get(0).accept(List.of());
        vm.runAnswers();

        assertThat(vm.calls).containsExactly("RESOLVE_DNS 1 0 0 0");
        assertThat(seen).containsExactly("");
    }

    @Test
    void soIsOneThatTakesTooLong() throws UnknownHostException {
        resolve("shop.example");
        assertThat(vm.timeoutMillis)
                .containsExactly(Limits.DEFAULT.calloutTimeout().toMillis());
        vm.runTimers();
        resolver.listeners.get(0).accept(List.of(address("192.0.2.7", 300)));
        vm.runAnswers();

        assertThat(vm.calls).containsExactly("RESOLVE_DNS 1 0 0 0");
        assertThat(resolver.cancelled).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\0b", "caf\u00e9.example"})
    @Spec("0.2.1#envoy_resolve_dns BAD_ARGUMENT")
    void refusesWhatIsNoName(String name) {
        assertThat(resolve(name)).isEqualTo(Status.BAD_ARGUMENT);
        assertThat(resolver.names).isEmpty();
    }

    @Test
    void withoutDirectCalloutsOnlyHostsOfUpstreamsAreResolved() {
        connect(false);

        assertThat(resolve("secret.attacker.example")).isEqualTo(Status.BAD_ARGUMENT);
        assertThat(guest.scope.warned).last().asString().contains("'secret.attacker.example'", "allow-direct-callouts");
        assertThat(resolve("geo.example")).isEqualTo(Status.OK);
        assertThat(resolver.names).containsExactly("geo.example");
    }

    @Test
    @Spec("0.2.1#envoy_resolve_dns INTERNAL_FAILURE")
    void lookUpsCountAmongTheCalloutsInFlight() {
        guest.scope.limit(Limits.builder().calloutsInFlight(1));
        connect();

        assertThat(resolve("broken.example"))
                .as("one that could not be started")
                .isEqualTo(Status.INTERNAL_FAILURE);
        assertThat(resolve("a.example")).isEqualTo(Status.OK);
        assertThat(resolve("b.example")).isEqualTo(Status.INTERNAL_FAILURE);
    }

    private Status resolve(String name) {
        return guest.call("envoy_resolve_dns", guest.text(name), FakeGuest.RESULT_0);
    }

    private static DnsAddress address(String literal, int seconds) throws UnknownHostException {
        return new DnsAddress(InetAddress.getByName(literal), Duration.ofSeconds(seconds));
    }
}
