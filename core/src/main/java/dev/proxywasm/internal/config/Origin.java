package dev.proxywasm.internal.config;

/** Where a setting was written, for messages. */
sealed interface Origin {

    /**
     * The place as a message begins with it.
     *
     * @param path the key path within the document; empty for the document itself
     */
    String at(String path);

    /** A place in a file. Lines and columns count from 1. */
    record InFile(String file, int line, int column) implements Origin {
        @Override
        public String at(String path) {
            String place = file + ":" + line + ":" + column;
            return path.isEmpty() ? place : place + ": " + path;
        }
    }

    /** A door of names and values, which knows the whole name of each setting. */
    record Named(String door, String name) implements Origin {
        @Override
        public String at(String path) {
            return name.isEmpty() ? door : door + ": " + name;
        }
    }
}
