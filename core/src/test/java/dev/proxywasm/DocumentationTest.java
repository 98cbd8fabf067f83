package dev.proxywasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.testing.DocumentText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What the documents name exists, and what they show works. */
class DocumentationTest {

    /** A type, and perhaps a member or a nested type of it: {@code VmPool}, {@code VmPool.acquire}, {@code Outcome.Wait}. */
    private static final Pattern TYPE = Pattern.compile("([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?(?:\\(\\))?");

    private static Map<String, Path> sources;

    static Stream<DocumentText> documents() {
        return DocumentText.all().stream();
    }

    /** The starter's own tests read the examples of its document. */
    static Stream<DocumentText> documentsInTheFormsOfTheCore() {
        return documents().filter(document -> !document.toString().equals("SPRING_BOOT.md"));
    }

    @BeforeAll
    static void findSources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            sources = files.filter(file -> file.toString().endsWith(".java")
                            && !file.toString().contains("/target/"))
                    .collect(Collectors.toMap(DocumentationTest::typeName, Function.identity(), (one, other) -> one));
        }
    }

    private static String typeName(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void typesAndMembersExist(DocumentText document) {
        List<String> unknown = document.codeWords().stream()
                .filter(word -> TYPE.matcher(word).matches())
                .filter(word -> !exists(word))
                .toList();
        assertThat(unknown).isEmpty();
    }

    private static boolean exists(String word) {
        var name = TYPE.matcher(word);
        if (!name.matches()) {
            return true;
        }
        Path source = sources.get(name.group(1));
        return source != null
                && (name.group(2) == null
                        || Pattern.compile("\\b" + name.group(2) + "\\b")
                                .matcher(read(source))
                                .find());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(DocumentText document) {
        List<String> dead = document.links().stream()
                .filter(link -> !link.startsWith("http") && !link.startsWith("#"))
                .filter(link -> !Files.exists(document.file().resolveSibling(link.replaceFirst("#.*", ""))))
                .toList();
        assertThat(dead).isEmpty();
    }

    @Test
    void theReadmeLeadsToEveryDocument() {
        DocumentText readme = documents()
                .filter(document -> document.toString().equals("README.md"))
                .findFirst()
                .orElseThrow();
        List<Path> linked = readme.links().stream()
                .map(link -> readme.file().resolveSibling(link.replaceFirst("#.*", "")))
                .toList();
        assertThat(documents().map(DocumentText::file).filter(file -> !file.equals(readme.file())))
                .allSatisfy(file -> assertThat(linked).contains(file));
    }

    @ParameterizedTest
    @MethodSource("documentsInTheFormsOfTheCore")
    void examplesInYamlCanBeRead(DocumentText document, @TempDir Path directory) throws IOException {
        Map<Boolean, List<String>> blocks = document.blocks("yaml").stream()
                .collect(Collectors.partitioningBy(block -> block.contains("kind: WasmPlugin")));
        Path meshPlugins = Files.createDirectory(directory.resolve("plugins"));
        for (String block : blocks.get(true)) {
            Files.writeString(Files.createTempFile(meshPlugins, "example", ".yaml"), block);
        }
        for (String block : blocks.get(false)) {
            var in = new ByteArrayInputStream(block.getBytes(StandardCharsets.UTF_8));
            assertThat(ProxyWasmConfigReader.yaml("example", in, directory).plugins())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void examplesInPropertiesCanBeRead(DocumentText document) throws IOException {
        for (String block : document.blocks("properties")) {
            Properties properties = new Properties();
            properties.load(new StringReader(block));
            List<String> names = new ArrayList<>(properties.stringPropertyNames());
            assertThat(ProxyWasmConfigReader.properties("example", properties::getProperty, names, Path.of(""))
                            .plugins())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void examplesInXmlNameTypesAndKeysThatExist(DocumentText document) throws Exception {
        for (String block : document.blocks("xml")) {
            Element example = parse("<example>" + block + "</example>");
            assertThat(texts(example, "filter-class"))
                    .allSatisfy(type -> assertThat(sources).containsKey(type.substring(type.lastIndexOf('.') + 1)));
            Map<String, String> parameters = parameters(example);
            if (parameters.remove("config") == null && !parameters.isEmpty()) {
                parameters.putIfAbsent("name", "example");
                assertThat(ProxyWasmConfigReader.plugin("example", parameters, Path.of(""))
                                .plugins())
                        .hasSize(1);
            }
        }
    }

    /** The code of {@code *Recipes} is compiled and used by the tests of its module. */
    @ParameterizedTest
    @MethodSource("documents")
    void examplesInJavaAreTakenFromRecipes(DocumentText document) {
        String recipes = sources.entrySet().stream()
                .filter(source -> source.getKey().endsWith("Recipes"))
                .map(source -> read(source.getValue()))
                .collect(Collectors.joining());
        assertThat(document.blocks("java").stream().flatMap(String::lines))
                .allSatisfy(line -> assertThat(recipes).contains(line.strip()));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void dependenciesNameArtifactsThatExist(DocumentText document) throws Exception {
        for (String block : document.blocks("xml")) {
            Element example = parse("<example>" + block + "</example>");
            assertThat(texts(example, "groupId")).allMatch("dev.proxywasm"::equals);
            for (String artifact : texts(example, "artifactId")) {
                String pom = read(Path.of("..", "pom.xml"));
                assertThat(pom).contains("<artifactId>" + artifact + "</artifactId>");
                assertThat(texts(example, "version")).allSatisfy(version -> assertThat(pom)
                        .contains("<artifactId>proxy-wasm-parent</artifactId>\n  <version>" + version + "</version>"));
            }
        }
    }

    private static Element parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    private static Map<String, String> parameters(Element example) {
        List<String> names = texts(example, "param-name");
        List<String> values = texts(example, "param-value");
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            parameters.put(names.get(i), values.get(i));
        }
        return parameters;
    }

    private static List<String> texts(Element example, String tag) {
        NodeList found = example.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent().trim())
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
