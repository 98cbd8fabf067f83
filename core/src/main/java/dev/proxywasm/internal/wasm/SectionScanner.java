package dev.proxywasm.internal.wasm;

import java.util.ArrayList;
import java.util.List;

/** Finds the sections of a module: checks the header, and the order and sizes of what follows it. */
final class SectionScanner {

    /** The size of the header: four bytes of magic and four of version. */
    static final int HEADER_BYTES = 8;

    private static final int MODULE_VERSION = 1;
    private static final int COMPONENT_LAYER = 1;

    private final byte[] module;
    private final ByteCursor cursor;
    private SectionId last = SectionId.CUSTOM;

    private SectionScanner(byte[] module) {
        this.module = module;
        this.cursor = new ByteCursor(module, 0, module.length, "header");
    }

    /** The sections of {@code module} in order, custom ones included. */
    static List<Section> scan(byte[] module) {
        SectionScanner scanner = new SectionScanner(module);
        scanner.readHeader();
        return scanner.readSections();
    }

    private void readHeader() {
        ModuleFormat format = ModuleFormat.of(module);
        if (format != ModuleFormat.BINARY) {
            throw cursor.malformed("not a WebAssembly module: it is " + format.description());
        }
        cursor.skip(4, "the magic number");
        int versionAt = cursor.position();
        int version = u16();
        int layer = u16();
        if (layer == COMPONENT_LAYER) {
            throw cursor.malformed(
                    versionAt,
                    "the file is a WebAssembly component, not a core module: build the filter without the component model");
        }
        if (version != MODULE_VERSION || layer != 0) {
            throw cursor.malformed(
                    versionAt,
                    "WebAssembly version %d is unknown: only version %d exists"
                            .formatted(version | ((long) layer << 16), MODULE_VERSION));
        }
    }

    private int u16() {
        return cursor.u8("the version") | (cursor.u8("the version") << 8);
    }

    private List<Section> readSections() {
        List<Section> sections = new ArrayList<>();
        while (cursor.remaining() > 0) {
            sections.add(readSection());
        }
        return sections;
    }

    private Section readSection() {
        int start = cursor.position();
        SectionId id = readId();
        ByteCursor header = new ByteCursor(module, cursor.position(), module.length, id.label());
        long size = header.u32("the size");
        int contentStart = header.position();
        header.skip(size, "the content");
        cursor.skip(header.position() - cursor.position(), "the section");
        return new Section(id, start, contentStart, header.position());
    }

    private SectionId readId() {
        int start = cursor.position();
        int code = cursor.u8("the section id");
        SectionId id = SectionId.ofCode(code)
                .orElseThrow(() ->
                        new MalformedModuleException("section list", start, "there is no section with id " + code));
        if (id != SectionId.CUSTOM) {
            checkOrder(id, start);
            last = id;
        }
        return id;
    }

    private void checkOrder(SectionId id, int start) {
        if (id == last) {
            throw new MalformedModuleException(id.label(), start, "the section occurs twice");
        }
        if (id.compareTo(last) < 0) {
            throw new MalformedModuleException(id.label(), start, "the section must come before the " + last.label());
        }
    }
}
