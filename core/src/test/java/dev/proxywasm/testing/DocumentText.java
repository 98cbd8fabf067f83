package dev.proxywasm.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A document of the project as tests look at it.
 *
 * @param file where it is
 * @param text all of it
 */
public record DocumentText(Path file, String text) {

    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    /** Every document: those at the root of the project and those in {@code docs}. */
    public static List<DocumentText> all() {
        return Stream.of(ROOT, ROOT.resolve("docs"))
                .flatMap(DocumentText::markdownIn)
                .map(DocumentText::read)
                .toList();
    }

    private static Stream<Path> markdownIn(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DocumentText read(Path file) {
        try {
            return new DocumentText(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code blocks in that language. */
    public List<String> blocks(String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /** What stands between single backticks, outside of blocks. */
    public List<String> codeWords() {
        return all(CODE, BLOCK.matcher(text).replaceAll(""));
    }

    /** The targets of links. */
    public List<String> links() {
        return all(LINK, BLOCK.matcher(text).replaceAll(""));
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    @Override
    public String toString() {
        return file.getFileName().toString();
    }
}
