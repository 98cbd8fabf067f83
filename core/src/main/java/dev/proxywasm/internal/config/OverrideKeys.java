package dev.proxywasm.internal.config;

import dev.proxywasm.PluginOverride;
import dev.proxywasm.internal.config.Setting.Kind;
import dev.proxywasm.internal.config.Setting.Scalar;
import dev.proxywasm.internal.config.Setting.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of an override of a plugin. */
final class OverrideKeys {

    /** One row for each key. */
    static final List<Key<OverrideDraft, ?>> TABLE = List.of(
            new Key<>(
                    "match",
                    ValueForm.table("match", "match").of(MatchKeys::read),
                    Key.REQUIRED,
                    "the requests: an object of paths, methods, hosts and ports, as for the plugin",
                    (d, v) -> d.match = v),
            new Key<>(
                    "enabled",
                    Values.FLAG,
                    "true",
                    "false: the plugin is left out of these requests",
                    (d, v) -> d.enabled = v),
            new Key<>(
                    "configuration",
                    Values.TEXT_OR_OBJECT,
                    "(the plugin's)",
                    "handed to proxy_on_configure of the VMs that serve these requests",
                    (d, v) -> d.configuration = Optional.of(v)));

    /** Overrides; from an untyped door the list is written as in YAML or JSON. */
    static final ValueType<List<PluginOverride>> LIST =
            ValueForm.tables("overrides", "override").of(OverrideKeys::list);

    private static final String EXPECTED =
            "a list of overrides, such as [{match: {paths: [\"/health\"]}, enabled: false}]";
    private static final Binder<OverrideDraft> BINDER = new Binder<>(TABLE);

    private OverrideKeys() {}

    private static List<PluginOverride> list(Located value) {
        if (value.setting() instanceof Scalar scalar && scalar.kind() == Kind.UNTYPED) {
            return list(new Located(new YamlTree(scalar.origin().at("")).read(scalar.text()), value.path()));
        }
        if (!(value.setting() instanceof Sequence sequence)) {
            throw value.unexpected(EXPECTED);
        }
        List<PluginOverride> overrides = new ArrayList<>();
        for (Setting item : sequence.items()) {
            overrides.add(read(value.item(overrides.size(), item)));
        }
        return overrides;
    }

    private static PluginOverride read(Located value) {
        OverrideDraft draft = new OverrideDraft();
        BINDER.bind(value, draft);
        if (draft.enabled && draft.configuration.isEmpty()) {
            throw value.error("changes nothing; set 'enabled: false', or another 'configuration'");
        }
        return draft.build();
    }
}
