package dev.proxywasm.internal.wasm;

import java.util.ArrayList;
import java.util.List;

/** Decides which types of memories and tables must change so that a module obeys its {@link RewriteLimits}. */
final class LimitEdits {

    private final RewriteLimits limits;

    LimitEdits(RewriteLimits limits) {
        this.limits = limits;
    }

    /** The edits that give each of {@code sites} a maximum within the limits, in the order of their offsets. */
    List<Edit> of(List<TypeSite> sites) {
        checkTableCount(sites);
        List<Edit> edits = new ArrayList<>();
        for (TypeSite site : sites) {
            ExternType capped = capped(site.type());
            if (!capped.equals(site.type())) {
                edits.add(new Edit(site.from(), site.to(), new ByteWriter().type(capped)));
            }
        }
        return edits;
    }

    private void checkTableCount(List<TypeSite> sites) {
        long tables = sites.stream()
                .filter(site -> site.type().kind() == ExternKind.TABLE)
                .count();
        if (tables > limits.maxTables()) {
            throw new ModuleLimitException("the module has %d tables, but at most %d are allowed: build it with fewer"
                    .formatted(tables, limits.maxTables()));
        }
    }

    private ExternType capped(ExternType type) {
        if (type instanceof MemoryType memory) {
            return cappedMemory(memory);
        }
        if (type instanceof TableType table) {
            return cappedTable(table);
        }
        throw new IllegalStateException(
                "a %s has no limits".formatted(type.kind().watName()));
    }

    private MemoryType cappedMemory(MemoryType memory) {
        long minimum = memory.limits().minimum();
        if (minimum > limits.maxMemoryPages()) {
            throw new ModuleLimitException(
                    ("the module starts with a memory of %s, but its limit is %s: raise the setting 'limits.memory',"
                                    + " or build the module with a smaller initial memory")
                            .formatted(pages(minimum), pages(limits.maxMemoryPages())));
        }
        return new MemoryType(memory.limits().cappedAt(limits.maxMemoryPages()));
    }

    private TableType cappedTable(TableType table) {
        long minimum = table.limits().minimum();
        if (minimum > limits.maxTableElements()) {
            throw new ModuleLimitException(
                    "the module starts with a table of %d elements, but at most %d are allowed: build it with a smaller table"
                            .formatted(minimum, limits.maxTableElements()));
        }
        return new TableType(table.elementType(), table.limits().cappedAt(limits.maxTableElements()));
    }

    /** A number of pages in MiB, with as many digits as it needs: a page is a sixteenth of a MiB. */
    private static String pages(long pages) {
        long pagesPerMiB = (1 << 20) / MemoryType.PAGE_BYTES;
        String mebibytes = pages % pagesPerMiB == 0
                ? Long.toString(pages / pagesPerMiB)
                : Double.toString((double) pages / pagesPerMiB);
        return "%s MiB (%d pages)".formatted(mebibytes, pages);
    }
}
