package dev.proxywasm.internal.stream;

import static dev.proxywasm.internal.callback.Callback.REQUEST_BODY;
import static dev.proxywasm.internal.callback.Callback.REQUEST_HEADERS;
import static dev.proxywasm.testing.Script.on;
import static dev.proxywasm.testing.Script.pause;
import static dev.proxywasm.testing.TestHost.recorder;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.Limits;
import dev.proxywasm.Match;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.UpstreamConfig;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.internal.callout.CalloutServices;
import dev.proxywasm.internal.callout.Upstreams;
import dev.proxywasm.internal.vm.HostServices;
import dev.proxywasm.spi.Callout;
import dev.proxywasm.spi.HttpCall;
import dev.proxywasm.spi.HttpCallClient;
import dev.proxywasm.spi.HttpCallResult;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around guests, in the JVM or in an embedder's code, leaves nothing locked, bound or counted. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class FaultsTest {

    @Test
    void aChunkForWhichThereIsNoRoomLeavesTheVmToOthers(@TempDir Path directory) throws Exception {
        try (TestHost host =
                TestHost.of(recorder("a", on(REQUEST_BODY, pause())).build())) {
            TestExchange exchange = host.post();
            exchange.requestHeaders();
            exchange.requestBody("abc");
            assertThatThrownBy(() -> exchange.stream().requestBody(asMuchAsThereCanBe(directory), true))
                    .isInstanceOf(ArithmeticException.class);

            CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> {
                exchange.close();
                try (TestExchange next = host.get()) {
                    return next.passes();
                }
            });

            assertThat(other.get(20, TimeUnit.SECONDS)).isTrue();
            assertThat(host.pool(0).status().streams()).isZero();
        }
    }

    /** A hole in a file: too much with anything before it. */
    private static ByteBuffer asMuchAsThereCanBe(Path directory) throws IOException {
        try (FileChannel hole = FileChannel.open(directory.resolve("hole"), Set.of(CREATE, READ, WRITE))) {
            return hole.map(FileChannel.MapMode.READ_WRITE, 0, Integer.MAX_VALUE);
        }
    }

    @Test
    void aCallThatCannotBeCancelledKeepsNobodyFromANewVm() {
        HttpCallClient client = new Stubborn();
        Upstreams upstreams = new Upstreams(Map.of("up", new UpstreamConfig(URI.create("http://up.example"))), false);
        PluginConfig asks =
                PluginConfig.builder("asks", "callout/ask").instances(1).build();
        try (TestHost host = TestHost.calling(
                new CalloutServices(upstreams, client, Optional.empty(), CalloutServices.NONE.dns(), List.of()),
                asks)) {
            List<Outcome> outcomes = new ArrayList<>();
            TestExchange waiting = host.get("x-upstream", "up");
            ((Outcome.Wait) waiting.bodylessRequest()).whenResumed(Runnable::run, outcomes::add);
            TestExchange trapping = host.get("x-trap", "1");
            assertThat(trapping.bodylessRequest()).isInstanceOf(Outcome.Reply.class);
            trapping.close();

            host.runDue();
            assertThat(outcomes).singleElement().isInstanceOf(Outcome.Reply.class);
            waiting.close();
            try (TestExchange next = host.get("x-upstream", "up")) {
                assertThat(next.bodylessRequest()).isInstanceOf(Outcome.Wait.class);
            }
        }
    }

    /** Where nothing else would tell the server, its request would never end. */
    @Test
    void aResumedStreamThatCannotGoOnEndsWithoutAnAnswer() {
        try (TestHost host =
                TestHost.of(recorder("a", on(REQUEST_HEADERS, pause())).build())) {
            AtomicBoolean broken = new AtomicBoolean();
            PluginChain chain =
                    new PluginChain(List.of(PluginRoute.of(host.pool(0))), withABrokenClock(host.services(), broken));
            HeaderMap headers = HeaderMap.of(":method", "GET", ":path", "/");
            try (HttpStream stream = Objects.requireNonNull(chain.open(TestExchange.FACTS, headers))) {
                List<Outcome> outcomes = new ArrayList<>();
                ((Outcome.Wait) stream.requestHeaders(true)).whenResumed(Runnable::run, outcomes::add);
                broken.set(true);
                host.advance(Limits.DEFAULT.pauseTimeout());

                assertThat(outcomes).singleElement().isInstanceOf(Outcome.Abort.class);
            }
        }
    }

    private static HostServices withABrokenClock(HostServices services, AtomicBoolean broken) {
        LongSupplier nanoTime = () -> {
            if (broken.get()) {
                throw new IllegalStateException("the clock is broken");
            }
            return services.nanoTime().getAsLong();
        };
        return new HostServices(
                services.clock(),
                nanoTime,
                services.scheduler(),
                services.workers(),
                services.shared(),
                services.callouts(),
                services.node());
    }

    /** Until then the old plugins of a reload would wait for it. */
    @Test
    void anExchangeThatCannotBeOpenedIsNotWaitedFor() {
        PluginConfig plugin = recorder("a", "")
                .match(new Match(List.of("/*"), Set.of(), Set.of(), Set.of(80)))
                .build();
        try (TestHost host = TestHost.of(plugin)) {
            PluginChain chain = new PluginChain(List.of(PluginRoute.of(host.pool(0))), host.services());
            HeaderMap headers = HeaderMap.of(":method", "GET", ":path", "/");
            HttpExchange unknown = (HttpExchange) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {HttpExchange.class}, (proxy, method, arguments) -> {
                        throw new IllegalStateException("no " + method.getName());
                    });
            assertThatThrownBy(() -> chain.open(unknown, headers)).hasMessage("no localPort");
            AtomicBoolean drained = new AtomicBoolean();

            chain.retire(() -> drained.set(true));

            assertThat(drained).isTrue();
        }
    }

    /** Calls without an answer, which cannot be cancelled. */
    private static final class Stubborn implements HttpCallClient {

        @Override
        public Callout start(HttpCall call, Consumer<HttpCallResult> whenDone) {
            return () -> {
                throw new IllegalStateException("cannot be cancelled");
            };
        }

        @Override
        public void close() {}
    }
}
