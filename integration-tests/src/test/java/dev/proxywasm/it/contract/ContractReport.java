package dev.proxywasm.it.contract;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Writes a line for each server into the table of the contract, and prints it: name, cases, run, skipped, failed.
 *
 * <p>The table is {@code target/contract.txt}, or what the system property {@code contract.report} says. A line replaces an earlier one of
 * the same server.
 */
final class ContractReport implements TestWatcher, AfterAllCallback {

    private static final int NAME_WIDTH = 34;
    private static final String HEAD = line("server", "cases", "run", "skipped", "failed");

    private int passed;
    private int failed;
    private int skipped;

    @Override
    public void testSuccessful(ExtensionContext context) {
        passed++;
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        failed++;
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        skipped++;
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        skipped++;
    }

    /** A server that does not start has no cases, and is itself the failure. */
    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        int startFailures = context.getExecutionException().isPresent() ? 1 : 0;
        String server = ((AdapterContract) context.getRequiredTestInstance()).server();
        int run = passed + failed;
        String line = line(server, run + skipped, run, skipped, failed + startFailures);
        System.out.println(HEAD + System.lineSeparator() + line);
        add(server, line);
    }

    /** Several JVMs of one build may write at once. */
    private static void add(String server, String line) throws IOException {
        Path table = Path.of(System.getProperty("contract.report", "target/contract.txt"));
        Files.createDirectories(table.toAbsolutePath().getParent());
        try (FileChannel guard = FileChannel.open(table.resolveSibling("contract.lock"), CREATE, WRITE)) {
            guard.lock();
            TreeSet<String> lines = new TreeSet<>(Files.exists(table) ? Files.readAllLines(table) : List.of());
            lines.removeIf(known -> known.equals(HEAD) || known.startsWith(name(server)));
            lines.add(line);
            List<String> all = new ArrayList<>(lines);
            all.add(0, HEAD);
            Files.write(table, all);
        }
    }

    private static String line(String server, Object... counts) {
        StringBuilder line = new StringBuilder(name(server));
        for (Object count : counts) {
            line.append(String.format("%9s", count));
        }
        return line.toString();
    }

    private static String name(String server) {
        return String.format("%-" + NAME_WIDTH + "s", server);
    }
}
