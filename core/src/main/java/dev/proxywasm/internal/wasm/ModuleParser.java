package dev.proxywasm.internal.wasm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the sections of one module. Each {@code read…} method is given a cursor over the contents of its section; the
 * sections come in the order of {@link SectionId}, so everything an index refers to has been read before. Used once.
 */
final class ModuleParser {

    /** What every start function takes and returns: nothing. */
    static final FunctionType START_TYPE = new FunctionType(List.of(), List.of());

    private static final int TAG_KIND = 4;
    private static final int MAX_PRINTED_NAME = 80;

    private final byte[] module;
    private final IndexSpaces spaces = new IndexSpaces();
    private final List<TypeSite> sites = new ArrayList<>();
    private final List<FunctionType> types = new ArrayList<>();
    private final List<Import> imports = new ArrayList<>();
    private final List<Export> exports = new ArrayList<>();
    private final List<TableType> tables = new ArrayList<>();
    private final List<MemoryType> memories = new ArrayList<>();
    private final List<String> customSections = new ArrayList<>();
    private OptionalInt startFunction = OptionalInt.empty();
    private int ownFunctions;
    private int bodies;
    private int codeBytes;

    private ModuleParser(byte[] module) {
        this.module = module;
    }

    /** Reads {@code module}, or throws {@link MalformedModuleException}. */
    static ParsedModule parse(byte[] module) {
        return new ModuleParser(module).parse();
    }

    private ParsedModule parse() {
        List<Section> sections = SectionScanner.scan(module);
        sections.forEach(this::readSection);
        if (bodies != ownFunctions) {
            throw new MalformedModuleException(
                    "code section",
                    module.length,
                    "the function section declares %d functions, but there are %d bodies"
                            .formatted(ownFunctions, bodies));
        }
        ModuleInfo info =
                new ModuleInfo(types, imports, exports, tables, memories, startFunction, customSections, codeBytes);
        return new ParsedModule(info, List.copyOf(sections), spaces.functions(), List.copyOf(sites));
    }

    private void readSection(Section section) {
        ByteCursor cursor = section.cursor(module);
        switch (section.id()) {
            case CUSTOM -> customSections.add(cursor.name("the name of a custom section"));
            case TYPE -> readTypes(cursor);
            case IMPORT -> readImports(cursor);
            case FUNCTION -> readFunctions(cursor);
            case TABLE -> readTables(cursor);
            case MEMORY -> readMemories(cursor);
            case TAG -> throw cursor.unsupported(section.start(), "exceptions (a tag section)");
            case GLOBAL -> readGlobals(cursor);
            case EXPORT -> readExports(cursor);
            case START -> readStart(cursor);
            case CODE -> readCode(cursor);
            case ELEMENT -> Segments.skipElements(cursor);
            case DATA_COUNT -> cursor.u32("the number of data segments");
            case DATA -> Segments.skipData(cursor);
        }
        if (section.id() != SectionId.CUSTOM) {
            cursor.expectEnd();
        }
    }

    private void readTypes(ByteCursor cursor) {
        int count = cursor.count("types", 1);
        for (int i = 0; i < count; i++) {
            types.add(TypeReader.functionType(cursor));
        }
    }

    private void readImports(ByteCursor cursor) {
        int count = cursor.count("imports", 4);
        for (int i = 0; i < count; i++) {
            String from = cursor.name("the module name of an import");
            String name = cursor.name("the name of an import");
            ExternType type = readImportedType(cursor);
            imports.add(new Import(from, name, type));
            spaces.add(type);
        }
    }

    private ExternType readImportedType(ByteCursor cursor) {
        return switch (readKind(cursor)) {
            case FUNCTION -> types.get(cursor.index("type", types.size()));
            case TABLE -> readTable(cursor);
            case MEMORY -> readMemory(cursor);
            case GLOBAL -> TypeReader.globalType(cursor);
        };
    }

    private static ExternKind readKind(ByteCursor cursor) {
        int start = cursor.position();
        int code = cursor.u8("a kind");
        return ExternKind.ofCode(code)
                .orElseThrow(() -> code == TAG_KIND
                        ? cursor.unsupported(start, "exceptions (a tag)")
                        : cursor.malformed(start, "0x%02x is not a kind of import or export".formatted(code)));
    }

    private TableType readTable(ByteCursor cursor) {
        int start = cursor.position();
        TableType type = TypeReader.tableType(cursor);
        sites.add(new TypeSite(start, cursor.position(), type));
        return type;
    }

    private MemoryType readMemory(ByteCursor cursor) {
        int start = cursor.position();
        MemoryType type = TypeReader.memoryType(cursor);
        if (sites.stream().anyMatch(site -> site.type().kind() == ExternKind.MEMORY)) {
            throw cursor.unsupported(start, "more than one memory (multi-memory)");
        }
        sites.add(new TypeSite(start, cursor.position(), type));
        return type;
    }

    private void readFunctions(ByteCursor cursor) {
        ownFunctions = cursor.count("functions", 1);
        for (int i = 0; i < ownFunctions; i++) {
            spaces.add(types.get(cursor.index("type", types.size())));
        }
    }

    private void readTables(ByteCursor cursor) {
        int count = cursor.count("tables", 3);
        for (int i = 0; i < count; i++) {
            TableType type = readTable(cursor);
            tables.add(type);
            spaces.add(type);
        }
    }

    private void readMemories(ByteCursor cursor) {
        int count = cursor.count("memories", 2);
        for (int i = 0; i < count; i++) {
            MemoryType type = readMemory(cursor);
            memories.add(type);
            spaces.add(type);
        }
    }

    private void readGlobals(ByteCursor cursor) {
        int count = cursor.count("globals", 3);
        for (int i = 0; i < count; i++) {
            spaces.add(TypeReader.globalType(cursor));
            ConstantExpression.skip(cursor);
        }
    }

    private void readExports(ByteCursor cursor) {
        int count = cursor.count("exports", 3);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            int start = cursor.position();
            String name = cursor.name("the name of an export");
            if (!names.add(name)) {
                throw cursor.malformed(start, "there are two exports named '%s'".formatted(printable(name)));
            }
            ExternKind kind = readKind(cursor);
            int index = cursor.index(kind.watName(), spaces.size(kind));
            exports.add(new Export(name, index, spaces.get(kind, index)));
        }
    }

    /** A name from the module, made short and harmless enough for a line of a log. */
    private static String printable(String name) {
        String start = name.length() > MAX_PRINTED_NAME ? name.substring(0, MAX_PRINTED_NAME) + "..." : name;
        return start.replaceAll("\\p{Cntrl}", "?");
    }

    private void readStart(ByteCursor cursor) {
        int start = cursor.position();
        int index = cursor.index("func", spaces.size(ExternKind.FUNCTION));
        ExternType type = spaces.get(ExternKind.FUNCTION, index);
        if (!type.equals(START_TYPE)) {
            throw cursor.malformed(start, "the start function must be %s, but is %s".formatted(START_TYPE, type));
        }
        startFunction = OptionalInt.of(index);
    }

    private void readCode(ByteCursor cursor) {
        codeBytes = cursor.remaining();
        bodies = cursor.count("function bodies", 2);
        for (int i = 0; i < bodies; i++) {
            long size = cursor.u32("the size of a function body");
            FunctionBody.skipLocals(cursor.part(size, "a function body"));
        }
    }
}
