package dev.proxywasm.internal.module.http;

import static dev.proxywasm.internal.module.http.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.internal.module.archive.Tar;
import dev.proxywasm.internal.module.cache.DirectoryCache;
import dev.proxywasm.internal.module.cache.ModuleCache;
import dev.proxywasm.internal.module.source.ModuleException;
import dev.proxywasm.internal.module.source.Sha256;
import dev.proxywasm.internal.module.source.UnreachableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSourceTest {

    private static final byte[] MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final byte[] NEWER = Arrays.copyOf(MODULE, 9);
    private static final byte[] NOTHING = new byte[0];
    private static final String DIGEST = Sha256.of(MODULE);

    private final ScriptedServer server = new ScriptedServer();

    @TempDir
    private Path directory;

    private ModuleCache cache = ModuleCache.NONE;

    @BeforeEach
    void open() throws IOException {
        cache = new DirectoryCache(directory.resolve("cache"), 1 << 20, Duration.ofDays(1), InstantSource.system());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpSource source(URI uri, String sha256, boolean always) {
        HttpFetcher fetcher = new HttpFetcher(new AddressGuard(Set.of("127.0.0.1")), new TestTiming().timing());
        return new HttpSource(fetcher, cache, uri, sha256, always, 1 << 16);
    }

    private HttpSource source(boolean always) {
        return source(server.uri("/x.wasm"), "", always);
    }

    @Test
    void unpacksAndGivesTheDigestOfTheModule() throws Exception {
        server.on("/x.wasm", answer(200, new Tar().file("x", MODULE).toGzip()));
        assertThat(source(false).fetch().bytes()).isEqualTo(MODULE);
        assertThat(source(server.uri("/x.wasm"), DIGEST.toUpperCase(Locale.ROOT), false)
                        .fetch()
                        .sha256())
                .isEqualTo(DIGEST);
    }

    @Test
    void refusesAnotherDigestAndKeepsNothing() {
        server.on("/x.wasm", answer(200, MODULE));
        String other = "0".repeat(64);
        assertThatThrownBy(() -> source(server.uri("/x.wasm"), other, false).fetch())
                .hasMessage("has sha256 " + DIGEST + ", but " + other
                        + " is configured; if the new module is meant, correct 'sha256'");
        assertThat(cache.module(DIGEST)).isEmpty();
    }

    @Test
    void keepsNothingThatIsNoModule() throws Exception {
        server.on("/x.wasm", answer(200, "<html>log in</html>".getBytes(UTF_8)), answer(200, MODULE));
        assertThatThrownBy(() -> source(false).fetch()).hasMessageStartingWith("is an HTML page");
        assertThat(source(false).fetch().bytes()).isEqualTo(MODULE);
    }

    @Test
    void asksOnceIfNotPresent() throws Exception {
        server.on("/x.wasm", answer(200, MODULE, "ETag", "\"1\""), answer(200, NEWER));
        source(false).fetch();
        assertThat(source(false).fetch().bytes()).isEqualTo(MODULE);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void asksForAnotherAddressAnew() throws Exception {
        server.on("/x.wasm", answer(200, MODULE)).on("/x.wasm?v=2", answer(200, NEWER));
        source(false).fetch();
        assertThat(source(server.uri("/x.wasm?v=2"), "", false).fetch().bytes()).isEqualTo(NEWER);
    }

    @Test
    void aPinnedModuleOfTheCacheIsNotAskedFor() throws Exception {
        cache.keep(MODULE);
        assertThat(source(server.uri("/x.wasm"), DIGEST, true).fetch().bytes()).isEqualTo(MODULE);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void asksAlwaysButTransfersOnlyWhatIsNew() throws Exception {
        List<String> conditions = new CopyOnWriteArrayList<>();
        server.on("/x.wasm", answer(200, MODULE, "ETag", "\"1\""), exchange -> {
            conditions.add(exchange.getRequestHeaders().getFirst("If-None-Match"));
            answer(304, NOTHING).handle(exchange);
        });
        source(true).fetch();
        assertThat(source(true).fetch().bytes()).isEqualTo(MODULE);
        assertThat(conditions).containsExactly("\"1\"");
        server.on("/x.wasm", answer(200, NEWER));
        assertThat(source(true).fetch().bytes()).isEqualTo(NEWER);
        assertThat(source(false).fetch().bytes()).isEqualTo(NEWER);
    }

    @Test
    void startsFromTheCacheWhenTheServerIsGone() throws Exception {
        server.on("/x.wasm", answer(200, MODULE));
        source(true).fetch();
        server.on("/x.wasm", answer(503, NOTHING));
        assertThat(source(true).fetch().bytes()).isEqualTo(MODULE);
        server.close();
        assertThat(source(true).fetch().bytes()).isEqualTo(MODULE);
    }

    @Test
    void doesNotStartFromTheCacheWhenTheServerRefuses() throws Exception {
        server.on("/x.wasm", answer(200, MODULE));
        source(true).fetch();
        server.on("/x.wasm", answer(404, NOTHING));
        assertThatThrownBy(() -> source(true).fetch())
                .isInstanceOf(ModuleException.class)
                .hasMessage("cannot be fetched: " + server.uri("/x.wasm")
                        + " answered with status 404; correct 'module', or upload the module there");
    }

    @Test
    void failsWhenTheServerIsGoneAndNothingIsCached() {
        server.close();
        assertThatThrownBy(() -> source(false).fetch()).isInstanceOf(UnreachableException.class);
    }

    @Test
    void sendsUserAndPasswordOfTheAddressAndShowsNeither() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        server.on("/x.wasm", exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(seen.size() == 1 ? 200 : 401, MODULE).handle(exchange);
        });
        URI uri = URI.create(server.uri("/x.wasm").toString().replace("http://", "http://me:se%40cret@"));
        source(uri, "", true).fetch();
        assertThat(seen).containsExactly("Basic bWU6c2VAY3JldA==");
        assertThatThrownBy(() -> source(uri, "", true).fetch())
                .hasMessageContaining(server.uri("/x.wasm") + " answered with status 401; put the user and password")
                .hasMessageNotContaining("cret@");
    }

    @Test
    void movesOnlyIfItIsAskedForAlwaysAndNotPinned() {
        assertThat(source(true).isMoving()).isTrue();
        assertThat(source(false).isMoving()).isFalse();
        assertThat(source(server.uri("/x.wasm"), DIGEST, true).isMoving()).isFalse();
    }
}
