package dev.proxywasm.internal.wasm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** What a file that should be a WebAssembly module is, judged by how it begins. */
public enum ModuleFormat {
    /** The binary format, or a component; what follows the magic number may still be damaged. */
    BINARY("a WebAssembly binary"),
    /** The text format. */
    TEXT("WebAssembly text, which must be compiled first"),
    /** Nothing at all. */
    EMPTY("empty (0 bytes)"),
    /** The beginning of the magic number, and no more. */
    TRUNCATED("cut off within its first 4 bytes"),
    /** A gzip stream, as layers of OCI images are. */
    GZIP("gzip-compressed data: unpack it first"),
    /** A Zstandard stream. */
    ZSTD("Zstandard-compressed data: unpack it first"),
    /** A zip or jar archive. */
    ZIP("a zip or jar archive: unpack it first"),
    /** A tar archive, as layers of OCI images are. */
    TAR("a tar archive: unpack it first"),
    /** Native code, or a module that some engine has compiled ahead of time. */
    ELF("an ELF file, so native code: build the filter for a wasm32 target"),
    /** LLVM bitcode. */
    BITCODE("LLVM bitcode: link it to a module first"),
    /** An HTML page, mostly an error or a login page of the server that should have sent the module. */
    HTML("an HTML page: look at what the address answers in a browser"),
    /** An XML document, mostly an error of an object store. */
    XML("an XML document, perhaps an error of the server that should have sent the module"),
    /** A JSON document, mostly an error or an OCI manifest. */
    JSON("JSON text, perhaps an error or an image manifest in place of the module"),
    /** A pointer file that git-lfs leaves when it does not fetch contents. */
    GIT_LFS_POINTER("a Git LFS pointer: fetch the file itself with 'git lfs pull'"),
    /** Anything else. */
    UNKNOWN("of no known format");

    private static final byte[] MAGIC = {0, 'a', 's', 'm'};
    private static final int TAR_MARK_OFFSET = 257;
    private static final int SAMPLE_BYTES = 256;

    private final String description;

    ModuleFormat(String description) {
        this.description = description;
    }

    /** What this is and what to do about it, to follow "it is" in a message. */
    public String description() {
        return description;
    }

    /** The format that {@code bytes} seem to have. Work is linear, and only comments make it look far ahead. */
    public static ModuleFormat of(byte[] bytes) {
        if (startsWith(bytes, 0, MAGIC)) {
            return BINARY;
        }
        if (bytes.length == 0) {
            return EMPTY;
        }
        if (bytes.length < MAGIC.length && startsWith(MAGIC, 0, bytes)) {
            return TRUNCATED;
        }
        ModuleFormat format = ofSignature(bytes);
        if (format != UNKNOWN) {
            return format;
        }
        return new WatScanner(bytes).findsOpeningParenthesis() ? TEXT : ofText(bytes);
    }

    private static ModuleFormat ofSignature(byte[] bytes) {
        if (startsWith(bytes, 0, 0x1F, 0x8B)) {
            return GZIP;
        }
        if (startsWith(bytes, 0, 0x28, 0xB5, 0x2F, 0xFD)) {
            return ZSTD;
        }
        if (startsWith(bytes, 0, 'P', 'K', 3, 4)) {
            return ZIP;
        }
        if (startsWith(bytes, 0, 0x7F, 'E', 'L', 'F')) {
            return ELF;
        }
        if (startsWith(bytes, 0, 'B', 'C', 0xC0, 0xDE)) {
            return BITCODE;
        }
        return startsWith(bytes, TAR_MARK_OFFSET, 'u', 's', 't', 'a', 'r') ? TAR : UNKNOWN;
    }

    private static ModuleFormat ofText(byte[] bytes) {
        String sample = new String(bytes, 0, Math.min(bytes.length, SAMPLE_BYTES), StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .strip()
                .toLowerCase(Locale.ROOT);
        if (sample.startsWith("version https://git-lfs")) {
            return GIT_LFS_POINTER;
        }
        if (sample.startsWith("<?xml")) {
            return XML;
        }
        if (sample.startsWith("<")) {
            return HTML;
        }
        return sample.startsWith("{") || sample.startsWith("[") ? JSON : UNKNOWN;
    }

    private static boolean startsWith(byte[] bytes, int offset, int... signature) {
        byte[] expected = new byte[signature.length];
        for (int i = 0; i < signature.length; i++) {
            expected[i] = (byte) signature[i];
        }
        return startsWith(bytes, offset, expected);
    }

    private static boolean startsWith(byte[] bytes, int offset, byte[] signature) {
        int end = offset + signature.length;
        return bytes.length >= end && Arrays.equals(bytes, offset, end, signature, 0, signature.length);
    }
}
