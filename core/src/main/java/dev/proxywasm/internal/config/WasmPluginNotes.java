package dev.proxywasm.internal.config;

import java.util.ArrayList;
import java.util.List;

/** What WasmPlugin documents say that has no meaning in this host, or that keeps one of them from being used: for the log. */
final class WasmPluginNotes {

    private final List<String> notes = new ArrayList<>();

    /** Notes what stands at a place. */
    void add(Located place, String note) {
        notes.add(place.setting().origin().at(place.path()) + ": " + note);
    }

    List<String> all() {
        return List.copyOf(notes);
    }
}
