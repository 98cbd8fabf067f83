package dev.proxywasm.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Documents that are made from the code, as a whole or in parts: the tests that make them fail when they are stale.
 *
 * <p>A part stands between two comments, {@code <!-- begin name ... -->} and {@code <!-- end name -->}, each on a line of its own; what is
 * outside of them is written by hand.
 */
public final class GeneratedDocument {

    private static final String REGENERATE = "proxywasm.regenerate";

    private GeneratedDocument() {}

    /**
     * Fails unless a document says what it should; with {@code -Dproxywasm.regenerate=true} it is written anew instead.
     *
     * @param test which test of the core asks, for the command that the message names
     * @param name path of the document from the root of the project
     * @param render gives the text that the document should have, from the one that it has; that is empty if there is no document
     */
    public static void requireCurrent(Class<?> test, String name, UnaryOperator<String> render) throws IOException {
        Path file = Path.of("..").resolve(name);
        String written = Files.exists(file) ? Files.readString(file) : "";
        String wanted = render.apply(written);
        if (Boolean.getBoolean(REGENERATE)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, wanted);
            return;
        }
        assertThat(written)
                .as(
                        "%s is stale; make it anew with: mvn -pl core test -Dtest=%s -D%s=true",
                        name, test.getSimpleName(), REGENERATE)
                .isEqualTo(wanted);
    }

    /** A document with another text between the comments of a part. */
    public static String withPart(String document, String part, String text) {
        int begin = document.indexOf("<!-- begin " + part + " ");
        int first = document.indexOf('\n', begin) + 1;
        int end = document.indexOf("<!-- end " + part + " -->");
        if (begin < 0 || end < first) {
            throw new IllegalArgumentException(
                    "the document has no part '%s': it begins with a line '<!-- begin %s ... -->' and ends with '<!-- end %s -->'"
                            .formatted(part, part, part));
        }
        return document.substring(0, first) + text + document.substring(end);
    }
}
