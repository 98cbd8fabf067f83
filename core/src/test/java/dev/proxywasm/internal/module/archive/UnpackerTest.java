package dev.proxywasm.internal.module.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.internal.module.source.ModuleException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackerTest {

    private static final int LIMIT = 64 * 1024;
    private static final byte[] MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final byte[] OTHER = Arrays.copyOf(MODULE, 100);
    private static final byte[] NOTE = "a note".getBytes(UTF_8);

    private final Unpacker unpacker = new Unpacker(LIMIT);

    @ParameterizedTest
    @EnumSource
    void givesBackWhatIsNotPacked(EntryChoice choice) throws ModuleException {
        assertThat(unpacker.unpack(MODULE, choice)).isSameAs(MODULE);
        byte[] text = "(module)".getBytes(UTF_8);
        assertThat(unpacker.unpack(text, choice)).isSameAs(text);
    }

    @ParameterizedTest
    @EnumSource
    void takesAModuleOutOfGzipTarAndBoth(EntryChoice choice) throws ModuleException {
        Tar tar = new Tar().entry("filters/", '5', 0, new byte[0]).file("filters/plugin.wasm", MODULE);
        assertThat(unpacker.unpack(Tar.gzip(MODULE), choice)).isEqualTo(MODULE);
        assertThat(unpacker.unpack(tar.toBytes(), choice)).isEqualTo(MODULE);
        assertThat(unpacker.unpack(tar.toGzip(), choice)).isEqualTo(MODULE);
    }

    @Test
    void takesTheFirstFileOrTheOneOfTheName() throws ModuleException {
        byte[] tar = new Tar().file("a.wasm", OTHER).file("plugin.wasm", MODULE).toBytes();
        assertThat(unpacker.unpack(tar, EntryChoice.FIRST_FILE)).isEqualTo(OTHER);
        assertThat(unpacker.unpack(tar, EntryChoice.PLUGIN_WASM)).isEqualTo(MODULE);
    }

    @Test
    void takesTheOnlyWasmFileOfALayer() throws ModuleException {
        byte[] tar = new Tar().file("README", NOTE).file("Filter.WASM", MODULE).toBytes();
        assertThat(unpacker.unpack(tar, EntryChoice.PLUGIN_WASM)).isEqualTo(MODULE);
    }

    @Test
    void refusesToGuessAmongSeveral() {
        byte[] tar = new Tar().file("a.wasm", MODULE).file("x/b.wasm", OTHER).toBytes();
        assertRefused(
                tar,
                EntryChoice.PLUGIN_WASM,
                "is a tar archive with 2 .wasm files (a.wasm, x/b.wasm), and none is named 'plugin.wasm'; name the module so");
        assertRefused(
                new Tar().file("README", NOTE).toBytes(),
                EntryChoice.PLUGIN_WASM,
                "is a tar archive with no .wasm file, and none is named 'plugin.wasm'; name the module so");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../../../../tmp/plugin.wasm", "/etc/plugin.wasm", "..\\plugin.wasm", "a/../../plugin.wasm"})
    void namesThatLeadElsewhereAreNothingButNames(String name) throws ModuleException {
        assertThat(unpacker.unpack(new Tar().file(name, MODULE).toBytes(), EntryChoice.FIRST_FILE))
                .isEqualTo(MODULE);
    }

    @Test
    void passesOverLinksDevicesAndGlobalHeaders() throws ModuleException {
        byte[] tar = new Tar()
                .entry("global", 'g', NOTE.length, NOTE)
                .entry("plugin.wasm", '2', 0, new byte[0])
                .entry("plugin.wasm", '3', 0, new byte[0])
                .file("dir/plugin.wasm", MODULE)
                .toBytes();
        assertThat(unpacker.unpack(tar, EntryChoice.PLUGIN_WASM)).isEqualTo(MODULE);
        assertThat(unpacker.unpack(tar, EntryChoice.FIRST_FILE)).isEqualTo(MODULE);
    }

    @Test
    void knowsLongNamesOfPaxAndGnu() throws ModuleException {
        String longName = "d/".repeat(100) + "plugin.wasm";
        byte[] pax = new Tar()
                .file("other.wasm", OTHER)
                .pax("path", longName)
                .file("cut", MODULE)
                .toBytes();
        assertThat(unpacker.unpack(pax, EntryChoice.PLUGIN_WASM)).isEqualTo(MODULE);
        byte[] name = (longName + "\0").getBytes(UTF_8);
        byte[] gnu = new Tar()
                .file("other.wasm", OTHER)
                .entry("././@LongLink", 'L', name.length, name)
                .file("cut", MODULE)
                .toBytes();
        assertThat(unpacker.unpack(gnu, EntryChoice.PLUGIN_WASM)).isEqualTo(MODULE);
    }

    @Test
    void aSizeOfPaxCountsMoreThanThatOfTheHeader() throws ModuleException {
        byte[] tar = new Tar()
                .pax("size", Integer.toString(MODULE.length))
                .entry("plugin.wasm", '0', 0, MODULE)
                .toBytes();
        assertThat(unpacker.unpack(tar, EntryChoice.FIRST_FILE)).isEqualTo(MODULE);
    }

    @Test
    void refusesBombs() {
        String refusal =
                "is packed, and larger than 65536 bytes when unpacked, the most that is loaded; build it smaller,"
                        + " or look who made it";
        byte[] zeros = Arrays.copyOf(MODULE, 8 * 1024 * 1024);
        assertRefused(Tar.gzip(zeros), EntryChoice.FIRST_FILE, refusal);
        byte[] inTar = new Tar().file("plugin.wasm", zeros).toGzip();
        assertRefused(inTar, EntryChoice.FIRST_FILE, refusal);
        assertRefused(inTar, EntryChoice.PLUGIN_WASM, refusal);
        byte[] before =
                new Tar().file("zeros", zeros).file("plugin.wasm", MODULE).toGzip();
        assertRefused(before, EntryChoice.PLUGIN_WASM, refusal);
        Tar many = new Tar();
        for (int i = 0; i < 1000; i++) {
            many.file("f" + i, new byte[0]);
        }
        assertRefused(many.toGzip(), EntryChoice.PLUGIN_WASM, refusal);
    }

    @Test
    void takesOffOneLayerOfEachOnly() {
        assertRefused(Tar.gzip(Tar.gzip(MODULE)), EntryChoice.FIRST_FILE, "is gzip-compressed data: unpack it first");
        assertRefused(
                new Tar()
                        .file("a.tar", new Tar().file("plugin.wasm", MODULE).toBytes())
                        .toBytes(),
                EntryChoice.FIRST_FILE,
                "is a tar archive: unpack it first");
    }

    @Test
    void namesDamage() {
        byte[] gzip = new Tar().file("plugin.wasm", OTHER).toGzip();
        assertRefused(
                Arrays.copyOf(gzip, gzip.length / 2),
                EntryChoice.FIRST_FILE,
                "is gzip data that is damaged: Unexpected end of ZLIB input stream; pack or upload it again");
        byte[] tar = new Tar().file("plugin.wasm", OTHER).toBytes();
        assertRefused(
                Arrays.copyOf(tar, 550),
                EntryChoice.FIRST_FILE,
                "is a tar archive that is damaged: it ends within a file; pack or upload it again");
        tar[10]++;
        assertRefused(
                tar,
                EntryChoice.FIRST_FILE,
                "is a tar archive that is damaged: a header has a wrong checksum; pack or upload it again");
        byte[] claims =
                new Tar().entry("plugin.wasm", '0', 0777_7777_7777L, MODULE).toBytes();
        assertRefused(
                claims,
                EntryChoice.FIRST_FILE,
                "is packed, and larger than 65536 bytes when unpacked, the most that is loaded; build it smaller,"
                        + " or look who made it");
        byte[] metadata = new Tar().entry("long", 'L', 1 << 20, new byte[0]).toBytes();
        assertRefused(
                metadata,
                EntryChoice.FIRST_FILE,
                "is a tar archive that is damaged: a header of more than 64 KiB; pack or upload it again");
        byte[] pax = new Tar().entry("pax", 'x', NOTE.length, NOTE).toBytes();
        assertRefused(
                pax,
                EntryChoice.FIRST_FILE,
                "is a tar archive that is damaged: a pax header makes no sense; pack or upload it again");
    }

    @Test
    void namesWhatIsInItIfThatIsNoModule() {
        assertRefused(
                Tar.gzip("<html>".getBytes(UTF_8)),
                EntryChoice.FIRST_FILE,
                "is an HTML page: look at what the address answers in a browser");
        assertRefused(
                new Tar().toBytes(),
                EntryChoice.FIRST_FILE,
                "is of no known format; expected a WebAssembly binary or text");
        assertRefused(
                new Tar().entry("d/", '5', 0, new byte[0]).toBytes(),
                EntryChoice.FIRST_FILE,
                "is a tar archive without a file; pack the module into it");
    }

    private void assertRefused(byte[] packed, EntryChoice choice, String message) {
        assertThatThrownBy(() -> unpacker.unpack(packed, choice))
                .isInstanceOf(ModuleException.class)
                .hasMessage(message);
    }
}
