package dev.proxywasm.internal.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a module fit for a host that cannot limit memory and must run code before a start function.
 *
 * <p>In the module that it returns
 *
 * <ul>
 *   <li>every memory and table, imported or own, has a maximum within the {@link RewriteLimits}, so that growth beyond
 *       answers -1; a smaller maximum is kept;
 *   <li>there is no start section; the function it named is exported instead.
 * </ul>
 *
 * Every other byte stays as it is, custom sections such as {@code name} included. Rewriting a rewritten module changes
 * nothing. Immutable, and so safe for any thread.
 */
public final class ModuleRewriter {

    private final LimitEdits limitEdits;
    private final String startName;

    /**
     * A rewriter that grants {@code limits}.
     *
     * @param startName what to export a start function as; a number is appended if the module has such an export already
     */
    public ModuleRewriter(RewriteLimits limits, String startName) {
        this.limitEdits = new LimitEdits(limits);
        this.startName = startName;
    }

    /**
     * Rewrites {@code module}, which is never written to.
     *
     * @throws MalformedModuleException if the bytes are not a module of the supported kind
     * @throws ModuleLimitException if the module needs more than the limits from the start
     */
    public RewrittenModule rewrite(byte[] module) {
        ParsedModule parsed = ModuleParser.parse(module);
        List<Edit> edits = new ArrayList<>(limitEdits.of(parsed.sites()));
        Optional<Export> start = startExport(parsed.info());
        if (edits.isEmpty() && start.isEmpty()) {
            return new RewrittenModule(module, Optional.empty());
        }
        Optional<Section> exports = exportSection(parsed.sections());
        start.ifPresent(export -> exports.ifPresent(
                section -> edits.addAll(Edit.appending(module, section, new ByteWriter().export(export)))));
        SectionWriter out = new SectionWriter(module);
        for (Section section : parsed.sections()) {
            if (section.id() != SectionId.START) {
                out.copy(section, edits);
            } else if (exports.isEmpty()) {
                // The place of the start section is right behind that of the export section.
                start.ifPresent(export ->
                        out.add(SectionId.EXPORT, new ByteWriter().u32(1).export(export)));
            }
        }
        return new RewrittenModule(out.toByteArray(), start.map(Export::name));
    }

    private Optional<Export> startExport(ModuleInfo info) {
        if (info.startFunction().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Export(freeName(info.exports()), info.startFunction().getAsInt(), ModuleParser.START_TYPE));
    }

    private String freeName(List<Export> exports) {
        Set<String> taken = exports.stream().map(Export::name).collect(Collectors.toSet());
        String name = startName;
        for (int i = 1; taken.contains(name); i++) {
            name = startName + "." + i;
        }
        return name;
    }

    private static Optional<Section> exportSection(List<Section> sections) {
        return sections.stream()
                .filter(section -> section.id() == SectionId.EXPORT)
                .findFirst();
    }
}
