package dev.proxywasm.internal.module;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.CacheConfig;
import dev.proxywasm.ModulesConfig;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginLoadException;
import dev.proxywasm.internal.files.LocalPlace;
import dev.proxywasm.internal.module.archive.Tar;
import dev.proxywasm.internal.module.source.ModuleException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleLoaderTest {

    /** The empty module. */
    private static final byte[] BINARY = {0, 'a', 's', 'm', 1, 0, 0, 0};

    private static final String DIGEST = "93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476";
    private static final CacheConfig NO_CACHE = new CacheConfig(false, "", 1, Duration.ofDays(1));
    private static final String OTHER_DIGEST = "0".repeat(64);

    @TempDir
    private Path base;

    @BeforeEach
    void writeModule() throws IOException {
        Files.createDirectories(base.resolve("my filters"));
        Files.write(base.resolve("my filters/empty.wasm"), BINARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my filters/empty.wasm",
                "./my filters/../my filters/empty.wasm",
                "file:my filters/empty.wasm",
                "file:my%20filters/empty.wasm",
                "FILE:./my%20filters/empty.wasm"
            })
    void findsFilesRelativeToTheBaseDirectory(String address) {
        assertLoadsTheFile(address);
    }

    @Test
    void findsFilesByAbsolutePath() {
        Path file = base.resolve("my filters/empty.wasm").toAbsolutePath();
        assertLoadsTheFile(file.toString());
        assertLoadsTheFile("file:" + file);
        assertLoadsTheFile("file://" + file);
        assertLoadsTheFile(file.toUri().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"classpath:filters/empty.wasm", "classpath:/filters/empty.wasm", "ClassPath:filters/empty.wasm"})
    void findsModulesInAJar(String address) throws IOException {
        try (URLClassLoader jar = new URLClassLoader(new URL[] {jarOf("filters/empty.wasm")}, null)) {
            LoadedModule module = loader(jar).load(plugin(address));
            assertThat(module.binary()).isEqualTo(BINARY);
            assertThat(module.address()).isEqualTo(address);
        }
    }

    @Test
    void findsModulesInAClassDirectory() throws IOException {
        URL[] directory = {base.toUri().toURL()};
        try (URLClassLoader classes = new URLClassLoader(directory, null)) {
            ModuleLoader loader = new ModuleLoader(ModulesConfig.DEFAULT, Path.of("elsewhere"), classes);
            assertThat(loader.load(plugin("classpath:my filters/empty.wasm")).binary())
                    .isEqualTo(BINARY);
            assertThatThrownBy(() -> loader.load(plugin("classpath:my filters")))
                    .hasMessageContaining("is a directory; name the .wasm or .wat file in it");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            classpath:none.wasm             | is not on the class path; package it there as 'none.wasm', or correct 'module'
            none.wasm                       | (looked for at {base}/none.wasm) does not exist; build the filter, or correct 'module'
            file:none.wasm                  | (looked for at {base}/none.wasm) does not exist; build the filter, or correct 'module'
            {base}/none.wasm                | does not exist; build the filter, or correct 'module'
            my filters                      | (looked for at {base}/my filters) is a directory; name the .wasm or .wat file in it
            file://host/x.wasm              | is no file URL: URI has an authority component; write file:/absolute/path or a plain path
            file:/x.wasm?version=1          | is no file URL: URI has a query component; write file:/absolute/path or a plain path
            http://127.0.0.1/x.wasm         | cannot be fetched: http://127.0.0.1/x.wasm is plain HTTP, which anyone on the way can change; use https, or add '127.0.0.1' to 'allow-insecure'
            https://169.254.169.254/x       | cannot be fetched: https://169.254.169.254/x is at 169.254.169.254, a link-local, metadata or other special address, from which no module is taken
            https://127.0.0.1/a b           | is no URL: Illegal character in path at character 20; write spaces and the like as %20
            https:x.wasm                    | cannot be fetched: https:// is no http or https address with a host
            oci://127.0.0.1/Filters/x:1     | cannot be fetched: it names no image; write oci://registry/repository:tag or oci://registry/repository@sha256:digest, the repository in lower case
            s3://bucket/x.wasm              | cannot be fetched: 's3:' is unknown; name a path, file:, classpath:, http:, https: or oci:
            """)
    void refusesAddressesThatLeadNowhere(String address, String problem) {
        String filled = address.replace("{base}", base.toString());
        assertRefused(plugin(filled), filled + " " + problem.replace("{base}", base.toString()));
    }

    @Test
    void hidesPasswordsInAddresses() {
        assertRefused(
                plugin("http://me:secret@127.0.0.1/x.wasm?sig=secret#secret"),
                "http://***@127.0.0.1/x.wasm?*** cannot be fetched: http://127.0.0.1/x.wasm?*** is plain HTTP, which anyone on"
                        + " the way can change; use https, or add '127.0.0.1' to 'allow-insecure'");
        assertThat(plugin("http://me:secret@127.0.0.1/x.wasm").toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "https://me:secret@h/x@1.0, https://***@h/x@1.0",
        "https://secret@h/x, https://***@h/x",
        "HTTPS://me:sec@ret@h/x, HTTPS://***@h/x",
        "https://me:sec/ret@h/x, https://***@h/x",
        "https://me:sec?r#et@h/x, https://***@h/x",
        "oci://me:secret@h/x:1, oci://***@h/x:1",
        "https://h:443/x@1.0?v=secret, https://h:443/x@1.0?***",
        "https://[::1]/x@1.0, https://[::1]/x@1.0",
        "oci://h/x@sha256:abc, oci://h/x@sha256:abc",
        "filters//a@b.wasm, filters//a@b.wasm"
    })
    void showsAddressesWithoutSecrets(String address, String shown) {
        assertThat(plugin(address).displayedModule()).isEqualTo(shown);
    }

    @Test
    void refusesAPathThatIsNone() {
        assertRefused(plugin("x\0.wasm"), "x\0.wasm is no path: Nul character not allowed: x\0.wasm");
    }

    @ParameterizedTest
    @MethodSource
    void namesAPlaceThatFails(IOException failure, String problem) {
        LocalPlace place = new LocalPlace() {
            @Override
            public String text() {
                return "there";
            }

            @Override
            public InputStream open() throws IOException {
                throw failure;
            }
        };
        LocalSource source = new LocalSource(place, "", 100);
        assertThatThrownBy(source::fetch).hasMessage(problem).hasCause(failure);
    }

    static Stream<Arguments> namesAPlaceThatFails() {
        return Stream.of(
                Arguments.of(
                        new AccessDeniedException("x"), "may not be read by this process; give it read permission"),
                Arguments.of(new IOException("disk on fire"), "cannot be read: disk on fire"));
    }

    @Test
    void namesTheFileThatItIsIn() {
        assertThat(loader().fileOf(plugin("my filters/empty.wasm")))
                .contains(base.resolve("my filters/empty.wasm").toAbsolutePath());
        assertThat(loader().fileOf(plugin("none.wasm"))).isPresent();
        assertThat(loader().fileOf(plugin("x\0.wasm"))).isEmpty();
        assertThat(loader().fileOf(plugin("oci://127.0.0.1/x:1"))).isEmpty();
    }

    @Test
    void onlyWhatServersMayReplaceIsMoving() {
        assertThat(loader().isMoving(plugin("oci://127.0.0.1/x"))).isTrue();
        assertThat(loader().isMoving(plugin("oci://127.0.0.1/x:1"))).isFalse();
        assertThat(loader().isMoving(plugin("my filters/empty.wasm"))).isFalse();
        assertThat(loader().isMoving(plugin("s3://bucket/x"))).isFalse();
    }

    @Test
    void unpacksWhatIsPacked() throws IOException {
        Files.write(base.resolve("x.tgz"), new Tar().file("x.wasm", BINARY).toGzip());
        LoadedModule module = loader().load(
                        PluginConfig.builder("waf", "x.tgz").sha256(DIGEST).build());
        assertThat(module.binary()).isEqualTo(BINARY);
        assertThat(module.sha256()).isEqualTo(DIGEST);
    }

    @Test
    void loadsUpToTheLimit() throws IOException {
        ModuleLoader loader =
                new ModuleLoader(new ModuleSources(base, getClass().getClassLoader(), noServer(), 100));
        Files.write(base.resolve("x.wasm"), Arrays.copyOf(BINARY, 100));
        assertThat(loader.load(plugin("x.wasm")).binary()).hasSize(100);
        Files.write(base.resolve("x.wasm"), Arrays.copyOf(BINARY, 101));
        assertThatThrownBy(() -> loader.load(plugin("x.wasm")))
                .hasMessageEndingWith(
                        "is larger than 100 bytes, the most that is loaded; build it smaller, without debug information");
    }

    @Test
    void acceptsTheRightDigestInAnyCase() {
        PluginConfig plugin = PluginConfig.builder("waf", "my filters/empty.wasm")
                .sha256(DIGEST.toUpperCase(Locale.ROOT))
                .build();
        assertThat(loader().load(plugin).sha256()).isEqualTo(DIGEST);
    }

    @Test
    void refusesAnotherDigestNamingBoth() {
        PluginConfig plugin = PluginConfig.builder("waf", "my filters/empty.wasm")
                .sha256(OTHER_DIGEST)
                .build();
        assertRefused(
                plugin,
                "my filters/empty.wasm (looked for at " + base.resolve("my filters/empty.wasm") + ") has sha256 "
                        + DIGEST + ", but " + OTHER_DIGEST
                        + " is configured; if the new module is meant, correct 'sha256'");
    }

    @Test
    void namesAnEmptyFile() throws IOException {
        assertRefusedContent(new byte[0], "is empty (0 bytes)");
    }

    @Test
    void namesWhatIsNoModule() throws IOException {
        assertRefusedContent(
                new Tar().entryOfNothing().toBytes(), "is a tar archive without a file; pack the module into it");
        assertRefusedContent(
                "\u007FELF...".getBytes(US_ASCII),
                "is an ELF file, so native code: build the filter for a wasm32 target");
        assertRefusedContent(
                "<!DOCTYPE html><html>".getBytes(US_ASCII),
                "is an HTML page: look at what the address answers in a browser");
        assertRefusedContent(
                "hello".getBytes(US_ASCII), "is of no known format; expected a WebAssembly binary or text");
    }

    @Test
    void translatesTextWhateverItsName() throws IOException {
        byte[] text = ";; says nothing\n(module)\n".getBytes(US_ASCII);
        Files.write(base.resolve("x.wasm"), text);
        LoadedModule module = loader().load(plugin("x.wasm"));
        assertThat(module.binary()).isEqualTo(BINARY);
        assertThat(module.sha256()).isEqualTo("c91c072b6e49b9495882a7c66b5603bb47f5032110c6b8cf8fc939175048d646");
    }

    @Test
    void namesLineAndColumnOfAnErrorInText() throws IOException {
        String text =
                """
                (module
                  (func (result i32)
                    i32.consst 1))
                """;
        assertRefusedContent(
                text.getBytes(US_ASCII),
                "is not valid WebAssembly text: line 3:5: unexpected token i32.consst, expected ).");
    }

    private void assertLoadsTheFile(String address) {
        LoadedModule module = loader().load(plugin(address));
        assertThat(module.binary()).isEqualTo(BINARY);
        assertThat(module.sha256()).isEqualTo(DIGEST);
        assertThat(module.address())
                .isEqualTo(base.resolve("my filters/empty.wasm").toString());
        assertThat(module).hasToString(module.address() + " (8 bytes, sha256 " + DIGEST + ")");
    }

    private void assertRefused(PluginConfig plugin, String message) {
        assertThatThrownBy(() -> loader().load(plugin))
                .isInstanceOf(PluginLoadException.class)
                .hasMessage("plugin 'waf': module " + message);
    }

    private void assertRefusedContent(byte[] content, String problem) throws IOException {
        Path file = Files.write(base.resolve("x.wasm"), content);
        assertRefused(plugin("x.wasm"), "x.wasm (looked for at " + file + ") " + problem);
    }

    private ModuleLoader loader() {
        return loader(getClass().getClassLoader());
    }

    private ModuleLoader loader(ClassLoader classLoader) {
        return new ModuleLoader(new ModulesConfig(Set.of(), Map.of(), NO_CACHE), base, classLoader);
    }

    private static RemoteAccess.Opener noServer() {
        return () -> {
            throw new ModuleException("needs no server");
        };
    }

    private URL jarOf(String entry) throws IOException {
        Path jar = base.resolve("filters.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry));
            out.write(BINARY);
        }
        return jar.toUri().toURL();
    }

    private static PluginConfig plugin(String address) {
        return PluginConfig.builder("waf", address).build();
    }
}
