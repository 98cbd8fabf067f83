package dev.proxywasm.internal.wasm;

import java.util.List;

/** Assembles a module from sections of another one. */
final class SectionWriter {

    private final byte[] module;
    private final ByteWriter out = new ByteWriter();

    /** A writer that starts with the header of {@code module}, and copies sections from it. */
    SectionWriter(byte[] module) {
        this.module = module;
        out.bytes(module, 0, SectionScanner.HEADER_BYTES);
    }

    /** Adds {@code section} with those of {@code edits} that lie in it; byte for byte if there is none. */
    void copy(Section section, List<Edit> edits) {
        List<Edit> own = edits.stream().filter(edit -> edit.isIn(section)).toList();
        if (own.isEmpty()) {
            out.bytes(module, section.start(), section.end());
        } else {
            add(section.id(), edited(section, own));
        }
    }

    private ByteWriter edited(Section section, List<Edit> edits) {
        ByteWriter content = new ByteWriter();
        int position = section.contentStart();
        for (Edit edit : edits) {
            content.bytes(module, position, edit.from())
                    .bytes(edit.replacement().toByteArray());
            position = edit.to();
        }
        return content.bytes(module, position, section.end());
    }

    /** Adds a section of its own; its size in as few bytes as it needs. */
    void add(SectionId id, ByteWriter content) {
        byte[] bytes = content.toByteArray();
        out.u8(id.code()).u32(bytes.length).bytes(bytes);
    }

    /** The module so far. */
    byte[] toByteArray() {
        return out.toByteArray();
    }
}
