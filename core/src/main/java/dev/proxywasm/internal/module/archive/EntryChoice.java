package dev.proxywasm.internal.module.archive;

import dev.proxywasm.internal.module.source.ModuleException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which file of an archive is the module. */
public enum EntryChoice {

    /** The first regular file, as Istio's agent takes it from an archive that a web server hands out. */
    FIRST_FILE {
        @Override
        byte[] choose(TarReader archive) throws IOException, ModuleException {
            if (archive.next().isEmpty()) {
                throw new ModuleException("is a tar archive without a file; pack the module into it");
            }
            return archive.content();
        }
    },

    /** {@code plugin.wasm} in whatever directory, as layers of images have it; or else the only {@code .wasm} file. */
    PLUGIN_WASM {
        @Override
        byte[] choose(TarReader archive) throws IOException, ModuleException {
            byte @Nullable [] only = null;
            int count = 0;
            List<String> names = new ArrayList<>();
            for (Optional<TarHeader> file = archive.next(); file.isPresent(); file = archive.next()) {
                String name = file.get().baseName();
                if (name.equals(MODULE_NAME)) {
                    return archive.content();
                }
                if (name.toLowerCase(Locale.ROOT).endsWith(".wasm")) {
                    only = count == 0 ? archive.content() : null;
                    count++;
                    if (names.size() < MOST_NAMED) {
                        names.add(file.get().name());
                    }
                }
            }
            if (only == null) {
                throw new ModuleException("is a tar archive with " + listed(count, names) + ", and none is named '"
                        + MODULE_NAME + "'; name the module so");
            }
            return only;
        }
    };

    private static final String MODULE_NAME = "plugin.wasm";
    private static final int MOST_NAMED = 5;

    /** The content of that file. */
    abstract byte[] choose(TarReader archive) throws IOException, ModuleException;

    private static String listed(int count, List<String> names) {
        if (names.isEmpty()) {
            return "no .wasm file";
        }
        String some = names.stream()
                .map(name -> name.replaceAll("\\p{Cntrl}", "?"))
                .map(name -> name.length() > 80 ? name.substring(0, 80) + "..." : name)
                .collect(Collectors.joining(", "));
        return count + " .wasm files (" + some + (count > names.size() ? ", ..." : "") + ")";
    }
}
