package dev.proxywasm.internal.module;

import dev.proxywasm.ImagePull;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.internal.files.Address;
import dev.proxywasm.internal.files.ClasspathPlace;
import dev.proxywasm.internal.files.FilePlace;
import dev.proxywasm.internal.files.LocalPlace;
import dev.proxywasm.internal.files.PlaceException;
import dev.proxywasm.internal.module.http.HttpSource;
import dev.proxywasm.internal.module.oci.OciSource;
import dev.proxywasm.internal.module.source.ModuleException;
import dev.proxywasm.internal.module.source.ModuleSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the address that a plugin names to where the module comes from. Safe for use by several threads. */
final class ModuleSources {

    private final Path baseDirectory;
    private final ClassLoader classLoader;
    private final RemoteAccess.Opener opener;
    private final int maxBytes;
    private @Nullable RemoteAccess remote;

    /**
     * Knows all sources.
     *
     * @param opener makes ready what is needed for other servers; called when the first such module is wanted
     */
    ModuleSources(Path baseDirectory, ClassLoader classLoader, RemoteAccess.Opener opener, int maxBytes) {
        this.baseDirectory = baseDirectory;
        this.classLoader = classLoader;
        this.opener = opener;
        this.maxBytes = maxBytes;
    }

    /**
     * The source of a plugin's module.
     *
     * @throws ModuleException if the address leads nowhere, or what is needed to go there cannot be made ready
     */
    ModuleSource sourceOf(PluginConfig plugin) throws ModuleException {
        Address address = new Address(plugin.module());
        return switch (address.scheme()) {
            case "file" -> local(file(address), plugin);
            case "classpath" -> local(new ClasspathPlace(address.afterScheme(), classLoader), plugin);
            case "http", "https" -> http(address, plugin);
            case "oci" -> oci(address, plugin);
            default ->
                throw new ModuleException("cannot be fetched: '" + address.scheme()
                        + ":' is unknown; name a path, file:, classpath:, http:, https: or oci:");
        };
    }

    /** The file that a plugin's module is in, or would be; empty for a module that is in none. */
    Optional<Path> fileOf(PluginConfig plugin) {
        Address address = new Address(plugin.module());
        try {
            return address.scheme().equals("file")
                    ? Optional.of(address.file(baseDirectory).file())
                    : Optional.empty();
        } catch (PlaceException noPath) {
            return Optional.empty();
        }
    }

    private FilePlace file(Address address) throws ModuleException {
        try {
            return address.file(baseDirectory);
        } catch (PlaceException e) {
            throw LocalSource.unusable(e);
        }
    }

    private ModuleSource local(LocalPlace place, PluginConfig plugin) {
        return new LocalSource(place, plugin.sha256(), maxBytes);
    }

    private ModuleSource http(Address address, PluginConfig plugin) throws ModuleException {
        boolean always = plugin.imagePull().policy() == ImagePull.Policy.ALWAYS;
        RemoteAccess access = remote();
        return new HttpSource(access.fetcher(), access.cache(), url(address), plugin.sha256(), always, maxBytes);
    }

    private static URI url(Address address) throws ModuleException {
        try {
            return new URI(address.text());
        } catch (URISyntaxException e) {
            // Its message quotes the text, in which a password may stand.
            throw new ModuleException("is no URL: " + e.getReason() + " at character " + (e.getIndex() + 1)
                    + "; write spaces and the like as %20");
        }
    }

    private ModuleSource oci(Address address, PluginConfig plugin) throws ModuleException {
        String reference = address.afterScheme().replaceFirst("^//", "");
        return new OciSource(remote().images(maxBytes), reference, plugin.sha256(), plugin.imagePull());
    }

    private synchronized RemoteAccess remote() throws ModuleException {
        RemoteAccess open = remote;
        if (open == null) {
            open = opener.open();
            remote = open;
        }
        return open;
    }
}
