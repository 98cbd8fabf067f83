package dev.proxywasm.internal.module.oci;

import static dev.proxywasm.internal.module.http.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import dev.proxywasm.ImagePull;
import dev.proxywasm.ImagePull.Policy;
import dev.proxywasm.internal.module.archive.Tar;
import dev.proxywasm.internal.module.cache.DirectoryCache;
import dev.proxywasm.internal.module.cache.ModuleCache;
import dev.proxywasm.internal.module.http.AddressGuard;
import dev.proxywasm.internal.module.http.HttpFetcher;
import dev.proxywasm.internal.module.http.ScriptedServer;
import dev.proxywasm.internal.module.http.TestTiming;
import dev.proxywasm.internal.module.source.ModuleException;
import dev.proxywasm.internal.module.source.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pulls from a registry that a test scripts, so that it can do wrong what a real one does right. */
class OciSourceTest {

    private static final byte[] MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final byte[] NEWER = Arrays.copyOf(MODULE, 9);
    private static final byte[] NOTHING = new byte[0];
    private static final int LIMIT = 1 << 16;
    private static final String WASM = "application/vnd.module.wasm.content.layer.v1+wasm";
    private static final TestImage IMAGE = TestImage.artifact(WASM, MODULE);
    private static final String LAYER = TestImage.digest(MODULE);
    private static final ImagePull ALWAYS = new ImagePull(Policy.ALWAYS, "");
    private static final String SECRET = "{\"auths\":{\"%s\":{\"username\":\"me\",\"password\":\"secret\"}}}";

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

    private OciSource source(String name, String sha256, ImagePull pull) throws ModuleException {
        AddressGuard guard = new AddressGuard(Set.of("127.0.0.1"));
        Map<String, PullSecret> secrets = Map.of("mine", PullSecret.text("mine", SECRET.formatted(server.host())));
        Keychain keychain = new Keychain(secrets, PullSecret.text("of user", "{}"), new CredentialHelper());
        HttpFetcher fetcher = new HttpFetcher(guard, new TestTiming().timing());
        ImageAccess access = new ImageAccess(fetcher, guard, cache, keychain, LIMIT);
        return new OciSource(access, server.host() + "/" + name, sha256, pull);
    }

    private OciSource source(String name) throws ModuleException {
        return source(name, "", ImagePull.DEFAULT);
    }

    private void publish(String tag, TestImage image) {
        for (String target : List.of(tag, image.digest())) {
            server.on(
                    "/v2/org/filter/manifests/" + target,
                    answer(
                            200,
                            image.bytes(),
                            "Content-Type",
                            image.mediaType(),
                            "Docker-Content-Digest",
                            image.digest()));
        }
        image.blobs().forEach((digest, blob) -> server.on("/v2/org/filter/blobs/" + digest, answer(200, blob)));
    }

    private static String hex(TestImage image) {
        return image.digest().substring("sha256:".length());
    }

    static Stream<TestImage> variants() {
        return Stream.of(
                TestImage.docker(MODULE),
                TestImage.compat(MODULE),
                TestImage.artifact(WASM, MODULE),
                TestImage.artifact("application/vnd.wasm.content.layer.v1+wasm", MODULE),
                TestImage.artifact("application/wasm", MODULE));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void pullsEveryWayToPackAModule(TestImage image) throws Exception {
        publish("1", image);
        assertThat(source("org/filter:1").fetch().bytes()).isEqualTo(MODULE);
        assertThat(source("org/filter:1", hex(image), ImagePull.DEFAULT).fetch().sha256())
                .isEqualTo(hex(image));
        assertThat(source("org/filter@" + image.digest()).fetch().revision()).isEqualTo(image.digest());
    }

    @Test
    void pullsTheWasmImageOfAnIndex() throws Exception {
        Map<String, TestImage> images = new LinkedHashMap<>();
        images.put("linux/amd64", TestImage.artifact(WASM, NEWER));
        images.put("wasi/wasm", IMAGE);
        TestImage index = TestImage.index(images);
        publish("other", IMAGE);
        publish("1", index);
        assertThat(source("org/filter:1").fetch().bytes()).isEqualTo(MODULE);
        assertThat(source("org/filter:1", hex(IMAGE), ALWAYS).fetch().sha256()).isEqualTo(hex(IMAGE));
        assertThat(source("org/filter:1", hex(index), ALWAYS).fetch().sha256()).isEqualTo(hex(index));
    }

    @Test
    void refusesAnIndexOfIndexes() {
        TestImage inner = TestImage.index(Map.of("wasi/wasm", IMAGE));
        publish("inner", inner);
        publish("1", TestImage.index(Map.of("wasi/wasm", inner)));
        assertThatThrownBy(() -> source("org/filter:1").fetch()).hasMessageContaining("lists another index");
    }

    @Test
    void refusesAManifestOfAnotherDigest() {
        publish("1", IMAGE);
        String other = "0".repeat(64);
        assertThatThrownBy(
                        () -> source("org/filter:1", other, ImagePull.DEFAULT).fetch())
                .hasMessage("has a manifest with the sha256 " + hex(IMAGE) + ", but " + other
                        + " is configured; if the new module is meant, correct 'sha256'");
    }

    @Test
    void refusesWhatHasAnotherDigestThanWasAskedFor() {
        publish("1", IMAGE);
        server.on("/v2/org/filter/blobs/" + LAYER, answer(200, new byte[] {0, 'a', 's', 'm', 2, 0, 0, 0}));
        assertThatThrownBy(() -> source("org/filter:1").fetch())
                .hasMessageContaining("for " + LAYER + "; the image is damaged, or someone is in between");
        server.on("/v2/org/filter/manifests/" + IMAGE.digest(), answer(200, "{}".getBytes(UTF_8)));
        assertThatThrownBy(() -> source("org/filter@" + IMAGE.digest()).fetch())
                .hasMessageContaining("for " + IMAGE.digest());
        server.on("/v2/org/filter/manifests/1", answer(200, IMAGE.bytes(), "Docker-Content-Digest", LAYER));
        assertThatThrownBy(() -> source("org/filter:1").fetch()).hasMessageContaining("for " + LAYER);
        assertThat(cache.module(LAYER.substring(7))).isEmpty();
    }

    @Test
    void refusesALayerOfAnotherLength() {
        publish("1", IMAGE);
        server.on("/v2/org/filter/blobs/" + LAYER, answer(200, NEWER));
        assertThatThrownBy(() -> source("org/filter:1").fetch())
                .hasMessage("cannot be fetched: it is larger than 8 bytes, the most that is fetched");
    }

    @Test
    void refusesLargeThingsBeforeTheyAreThere() {
        server.on("/v2/org/filter/manifests/huge", answer(200, new byte[Manifest.MAX_BYTES + 1]));
        assertThatThrownBy(() -> source("org/filter:huge").fetch())
                .hasMessageContaining("is larger than 4194304 bytes, the most that is fetched");
        TestImage large =
                new TestImage(IMAGE.mediaType(), IMAGE.manifest().replace("\"size\":8", "\"size\":70000"), Map.of());
        publish("large", large);
        assertThatThrownBy(() -> source("org/filter:large").fetch())
                .hasMessage(
                        "cannot be fetched: its layer has 70000 bytes, more than 65536, the most that is loaded; build it"
                                + " smaller, without debug information");
        publish("bomb", TestImage.docker(Arrays.copyOf(MODULE, 1 << 20)));
        assertThatThrownBy(() -> source("org/filter:bomb").fetch())
                .hasMessageStartingWith("is packed, and larger than 65536 bytes when unpacked");
        TestImage dots = TestImage.of(
                TestImage.OCI_MANIFEST,
                "x/y",
                Map.of(
                        "application/vnd.oci.image.layer.v1.tar",
                        new Tar()
                                .file("../../plugin.wasm", "text".getBytes(UTF_8))
                                .toBytes()));
        publish("dots", dots);
        assertThatThrownBy(() -> source("org/filter:dots").fetch()).hasMessageStartingWith("is of no known format");
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> source("org/filter:2").fetch())
                .hasMessage("cannot be fetched: the registry http://" + server.host()
                        + " has no tag or digest '2' in repository 'org/filter'; push it, or correct 'module'");
        server.on("/v2/org/filter/manifests/2", answer(418, NOTHING));
        assertThatThrownBy(() -> source("org/filter:2").fetch())
                .hasMessageContaining("answered with status 418 to a request for the tag or digest '2'");
    }

    @Test
    void asksForATagOnceAndForLatestAlways() throws Exception {
        publish("1", IMAGE);
        publish("latest", IMAGE);
        source("org/filter:1").fetch();
        source("org/filter:1").fetch();
        assertThat(server.count("GET /v2/org/filter/manifests/1")).isEqualTo(1);
        source("org/filter").fetch();
        source("org/filter").fetch();
        assertThat(server.count("GET /v2/org/filter/manifests/latest")).isEqualTo(2);
        assertThat(server.count("GET /v2/org/filter/blobs/" + LAYER)).isEqualTo(1);
        source("org/filter", "", new ImagePull(Policy.IF_NOT_PRESENT, "")).fetch();
        source("org/filter:1", "", ALWAYS).fetch();
        assertThat(server.count("GET /v2/org/filter/manifests/latest")).isEqualTo(2);
        assertThat(server.count("GET /v2/org/filter/manifests/1")).isEqualTo(2);
    }

    @Test
    void takesWhatATagLeadsToNow() throws Exception {
        publish("1", IMAGE);
        source("org/filter:1", "", ALWAYS).fetch();
        TestImage newer = TestImage.artifact(WASM, NEWER);
        publish("1", newer);
        assertThat(source("org/filter:1").fetch().bytes()).isEqualTo(MODULE);
        assertThat(source("org/filter:1", "", ALWAYS).fetch().bytes()).isEqualTo(NEWER);
        assertThat(source("org/filter:1").fetch().revision()).isEqualTo(newer.digest());
    }

    @Test
    void movesIfItIsAskedForAlwaysAndNotPinned() throws Exception {
        assertThat(source("org/filter").isMoving()).isTrue();
        assertThat(source("org/filter:1", "", ALWAYS).isMoving()).isTrue();
        assertThat(source("org/filter:1").isMoving()).isFalse();
        assertThat(source("org/filter", hex(IMAGE), ALWAYS).isMoving()).isFalse();
        assertThat(source("org/filter@" + IMAGE.digest(), "", ALWAYS).isMoving())
                .isFalse();
    }

    @Test
    void startsFromTheCacheWhenTheRegistryIsGone() throws Exception {
        publish("latest", IMAGE);
        source("org/filter").fetch();
        server.on("/v2/org/filter/manifests/latest", answer(500, NOTHING));
        assertThat(source("org/filter").fetch().bytes()).isEqualTo(MODULE);
        server.close();
        assertThat(source("org/filter").fetch().bytes()).isEqualTo(MODULE);
        assertThat(source("org/filter:2", hex(IMAGE), ALWAYS).fetch().bytes()).isEqualTo(MODULE);
        assertThatThrownBy(() -> source("org/filter:2").fetch()).isInstanceOf(UnreachableException.class);
    }

    @Test
    void pullsAgainWhatIsDamagedInTheCache() throws Exception {
        publish("1", IMAGE);
        source("org/filter:1").fetch();
        Files.write(directory.resolve("cache/modules").resolve(LAYER.substring(7)), NEWER);
        assertThat(source("org/filter:1").fetch().bytes()).isEqualTo(MODULE);
        assertThat(server.count("GET /v2/org/filter/blobs/" + LAYER)).isEqualTo(2);
        assertThat(source("org/filter:1").fetch().bytes()).isEqualTo(MODULE);
        assertThat(server.count("GET /v2/org/filter/blobs/" + LAYER)).isEqualTo(2);
    }

    /** Asks for a token, and answers requests that have it. */
    private HttpHandler guarded(String challenge, String authorization, HttpHandler answer) {
        return exchange -> {
            boolean known = authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            (known ? answer : answer(401, NOTHING, "WWW-Authenticate", challenge)).handle(exchange);
        };
    }

    private void publishGuarded(String challenge, String authorization) {
        publish("1", IMAGE);
        server.on("/v2/org/filter/manifests/1", guarded(challenge, authorization, answer(200, IMAGE.bytes())))
                .on("/v2/org/filter/blobs/" + LAYER, guarded(challenge, authorization, answer(200, MODULE)));
    }

    @Test
    void answersABearerChallengeWithoutCredentials() throws Exception {
        publishGuarded("Bearer realm=\"" + server.uri("/token") + "\",service=\"my registry\"", "Bearer abc");
        String query = "?service=my+registry&scope=repository%3Aorg%2Ffilter%3Apull";
        server.on("/token" + query, answer(200, "{\"token\":\"abc\"}".getBytes(UTF_8)));
        assertThat(source("org/filter:1").fetch().bytes()).isEqualTo(MODULE);
        assertThat(server.count("GET /token" + query))
                .as("one token for all requests")
                .isEqualTo(1);
    }

    @Test
    void answersWithThePullSecretThatIsNamed() throws Exception {
        publishGuarded("Bearer realm=\"" + server.uri("/token?x=1") + "\"", "Bearer abc");
        List<String> seen = new CopyOnWriteArrayList<>();
        server.on(
                "/token?x=1&scope=repository%3Aorg%2Ffilter%3Apull",
                exchange -> {
                    seen.add(exchange.getRequestHeaders().getFirst("Authorization"));
                    answer(200, "{\"access_token\":\"abc\"}".getBytes(UTF_8)).handle(exchange);
                });
        ImagePull mine = new ImagePull(Policy.UNSPECIFIED, "mine");
        assertThat(source("org/filter:1", "", mine).fetch().bytes()).isEqualTo(MODULE);
        assertThat(seen).containsExactly("Basic bWU6c2VjcmV0");
        publishGuarded("Basic realm=\"x\"", "Basic bWU6c2VjcmV0");
        assertThat(source("org/filter:1", "", mine).fetch().bytes()).isEqualTo(MODULE);
    }

    @Test
    void exchangesAnIdentityTokenForAnAccessToken() throws Exception {
        try (ScriptedServer tokens = new ScriptedServer()) {
            tokens.on("POST /token", answer(200, "{\"access_token\":\"abc\"}".getBytes(UTF_8)));
            assertThat(authorizer(new Credentials("", "", "id+en/ti&ty=", "", "here"))
                            .answer(Challenge.parse(
                                    List.of("Bearer realm=\"" + tokens.uri("/token") + "\",service=\"my registry\""))))
                    .contains("Bearer abc");
            assertThat(tokens.requests()).containsExactly("POST /token");
            assertThat(tokens.bodies())
                    .as("OAuth 2 of Docker's registries, in the encoding of forms")
                    .containsExactly("grant_type=refresh_token&client_id=proxy-wasm-java&service=my+registry"
                            + "&scope=repository%3Aorg%2Ffilter%3Apull&refresh_token=id%2Ben%2Fti%26ty%3D");
        }
    }

    private Authorizer authorizer(Credentials credentials) {
        HttpFetcher fetcher = new HttpFetcher(new AddressGuard(Set.of("127.0.0.1")), new TestTiming().timing());
        return new Authorizer(fetcher, server.uri(""), "org/filter", credentials);
    }

    @Test
    void showsNoTokenThatCannotBeSent() throws Exception {
        List<Challenge> challenges = Challenge.parse(List.of("Bearer realm=\"" + server.uri("/token") + "\""));
        assertThat(authorizer(new Credentials("", "", "", "whole", "here")).answer(challenges))
                .contains("Bearer whole");
        assertThatThrownBy(() -> authorizer(new Credentials("", "", "", "secret\n", "here"))
                        .answer(challenges))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining("the 'registrytoken' in here has a space, a line break or the like")
                .satisfies(refused -> assertThat(refused.toString()).doesNotContain("secret"));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void givesUpWhenCredentialsAreRefused() {
        publishGuarded("Basic realm=\"x\"", "never");
        assertThatThrownBy(() -> source("org/filter:1", "", new ImagePull(Policy.UNSPECIFIED, "mine"))
                        .fetch())
                .hasMessage(
                        "cannot be fetched: the registry http://" + server.host() + " answered with status 401 to the"
                                + " credentials of pull secret 'mine'; correct them, or name a pull secret with 'image-pull-secret'");
        assertThat(server.requests()).hasSize(2);
        assertThatThrownBy(() -> source("org/filter:1").fetch())
                .hasMessageContaining(
                        "answered with status 401 to no credentials (none for it in pull secret 'of user')");
        assertThatThrownBy(() -> source("org/filter:1", "", new ImagePull(Policy.UNSPECIFIED, "other"))
                        .fetch())
                .hasMessage(
                        "cannot be fetched: there is no pull secret 'other'; declare it in 'pull-secrets', or correct"
                                + " 'image-pull-secret'");
    }

    @Test
    void givesUpWhenTokensAreRefused() {
        publishGuarded("Bearer realm=\"" + server.uri("/token") + "\"", "never");
        String token = "/token?scope=repository%3Aorg%2Ffilter%3Apull";
        server.on(token, answer(200, "{\"token\":\"abc\"}".getBytes(UTF_8)));
        assertThatThrownBy(() -> source("org/filter:1").fetch()).hasMessageContaining("answered with status 401");
        server.on(token, answer(403, NOTHING));
        assertThatThrownBy(() -> source("org/filter:1").fetch())
                .hasMessageContaining("the token server " + server.uri("/token") + " answered with status 403");
        for (String answer : List.of("{}", "no", "{\"token\":\"a\\r\\nb\"}")) {
            server.on(token, answer(200, answer.getBytes(UTF_8)));
            assertThatThrownBy(() -> source("org/filter:1").fetch())
                    .hasMessageContaining("answered something else than a token");
        }
    }

    @Test
    void looksWhereTokensAreToBeFetched() {
        for (String realm :
                List.of("https://169.254.169.254/token", "http://elsewhere.example/token", "file:///x", "x")) {
            publishGuarded("Bearer realm=\"" + realm + "\"", "never");
            assertThatThrownBy(() -> source("org/filter:1").fetch())
                    .as(realm)
                    .isInstanceOf(ModuleException.class)
                    .hasMessageStartingWith("cannot be fetched: ");
        }
    }
}
