package dev.proxywasm.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/** A directory that holds what will run in this process, so that nobody else may write there. */
public final class PrivateDirectory {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private PrivateDirectory() {}

    /**
     * Opens a directory, creating it for its owner alone if it is missing. On Windows the permissions that it inherits decide.
     *
     * @return its real path
     * @throws IOException if it cannot be made, belongs to another user, or others may write in it; the message names it
     */
    public static Path open(Path directory) throws IOException {
        boolean posix = Files.getFileStore(existing(directory)).supportsFileAttributeView(PosixFileAttributeView.class);
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, posix ? ownerOnly() : new FileAttribute<?>[0]);
        }
        Path real = directory.toRealPath();
        if (posix) {
            check(real);
        }
        return real;
    }

    private static FileAttribute<?>[] ownerOnly() {
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)};
    }

    private static Path existing(Path directory) {
        Path path = directory.toAbsolutePath();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }

    private static void check(Path directory) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        permissions.addAll(Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS));
        permissions.retainAll(OTHERS_WRITE);
        if (!permissions.isEmpty()) {
            throw new IOException(
                    "directory %s is writable by other users, who could put code into this process: run chmod 700 on it, or choose another"
                            .formatted(directory));
        }
        UserPrincipal owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(self(directory))) {
            throw new IOException("directory %s belongs to %s, not to the user of this process: choose another"
                    .formatted(directory, owner.getName()));
        }
    }

    /** Who owns what this process creates. */
    private static UserPrincipal self(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, "owner", null);
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }
}
