package dev.proxywasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** One row of a file of bad documents: a title, a document, and the message that it must bring up. */
record BadDocument(String title, String yaml, String message) {

    private static final Pattern TITLE = Pattern.compile("^=== ", Pattern.MULTILINE);
    private static final String DIVIDER = "\n>>> ";

    /** Configurations. */
    static List<BadDocument> all() throws IOException {
        return all("/config/bad-documents.txt");
    }

    /** WasmPlugin documents of Istio. */
    static List<BadDocument> wasmPlugins() throws IOException {
        return all("/config/bad-wasm-plugins.txt");
    }

    private static List<BadDocument> all(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(BadDocument.class.getResourceAsStream(resource), resource)) {
            List<BadDocument> documents = new ArrayList<>();
            for (String part : TITLE.split(new String(in.readAllBytes(), UTF_8), -1)) {
                if (!part.isEmpty()) {
                    documents.add(parse(part));
                }
            }
            return documents;
        }
    }

    private static BadDocument parse(String part) {
        int titleEnd = part.indexOf('\n');
        int divider = part.lastIndexOf(DIVIDER);
        if (divider < titleEnd) {
            throw new IllegalStateException("no line '>>> ' in: " + part);
        }
        String yaml = divider == titleEnd ? "" : part.substring(titleEnd + 1, divider + 1);
        return new BadDocument(
                part.substring(0, titleEnd),
                yaml,
                part.substring(divider + DIVIDER.length()).strip());
    }

    @Override
    public String toString() {
        return title;
    }
}
