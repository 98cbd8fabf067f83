package dev.proxywasm.internal.module.cache;

import dev.proxywasm.internal.module.cache.ModuleCache.Reference;
import dev.proxywasm.internal.module.source.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A reference as a file has it: lines of the digest of the rest, the digest of the key, the module and the revision. */
final class ReferenceFile {

    private static final int LINES = 4;

    private ReferenceFile() {}

    static byte[] format(Reference reference, String key) {
        String content = digest(key) + "\n" + reference.module() + "\n"
                + reference.revision().replaceAll("\\R", " ") + "\n";
        return (digest(content) + "\n" + content).getBytes(StandardCharsets.UTF_8);
    }

    /** Empty if the file is damaged, or is for another key. */
    static Optional<Reference> parse(byte[] file, String key) {
        String text = new String(file, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        List<String> lines = text.lines().toList();
        boolean intact = lines.size() == LINES
                && lines.get(0).equals(digest(text.substring(end + 1)))
                && lines.get(1).equals(digest(key));
        return intact ? Optional.of(new Reference(lines.get(2), lines.get(3))) : Optional.empty();
    }

    private static String digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
