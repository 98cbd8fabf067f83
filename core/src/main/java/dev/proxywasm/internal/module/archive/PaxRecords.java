package dev.proxywasm.internal.module.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a pax header says of the file after it (POSIX.1-2001): records of {@code length SP keyword=value LF}, of which two matter here.
 *
 * @param path the file's name
 * @param size the file's size in bytes
 */
record PaxRecords(Optional<String> path, OptionalLong size) {

    static final PaxRecords NONE = new PaxRecords(Optional.empty(), OptionalLong.empty());

    static PaxRecords parse(byte[] bytes) throws IOException {
        PaxRecords records = NONE;
        int at = 0;
        while (at < bytes.length) {
            int space = at;
            while (space < bytes.length && bytes[space] != ' ') {
                space++;
            }
            long length = number(text(bytes, at, space));
            if (length <= space + 1L - at || length > bytes.length - at) {
                throw damaged();
            }
            int end = at + (int) length;
            records = records.with(text(bytes, space + 1, end - 1));
            at = end;
        }
        return records;
    }

    private PaxRecords with(String record) throws IOException {
        int equals = record.indexOf('=');
        String value = record.substring(equals + 1);
        return switch (equals < 0 ? "" : record.substring(0, equals)) {
            case "path" -> new PaxRecords(Optional.of(value), size);
            case "size" -> new PaxRecords(path, OptionalLong.of(number(value)));
            default -> this;
        };
    }

    private static long number(String digits) throws IOException {
        if (!digits.matches("[0-9]{1,18}")) {
            throw damaged();
        }
        return Long.parseLong(digits);
    }

    private static IOException damaged() {
        return new IOException("a pax header makes no sense");
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
