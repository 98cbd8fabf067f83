package dev.proxywasm.internal.config;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.ProxyWasmConfig;
import java.nio.file.Path;
import java.util.List;

/** The last step of every door: from settings to the configuration. */
public final class ConfigBinding {

    private static final Binder<ConfigDraft> BINDER = new Binder<>(ConfigKeys.TABLE);

    private ConfigBinding() {}

    /**
     * Binds what stands below the top key.
     *
     * @param settings a mapping of the keys of the whole configuration, or nothing
     * @param baseDirectory what relative paths of modules and files of TLS are relative to
     * @param files what the settings were read from
     * @throws ConfigurationException naming the place, what was found and what was expected
     */
    public static ProxyWasmConfig bind(Setting settings, Path baseDirectory, List<Path> files) {
        ConfigDraft draft = new ConfigDraft(baseDirectory, files);
        if (!settings.isNothing()) {
            BINDER.bind(new Located(settings, ""), draft);
        }
        return draft.build();
    }
}
