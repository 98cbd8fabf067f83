package dev.proxywasm;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One plugin: a module and how it is used.
 *
 * @param name names the plugin in messages, logs and metrics; unique in a host
 * @param module address of the module: a path, {@code file:}, {@code classpath:}, {@code http:}, {@code https:} or {@code oci:}; Wasm or
 *     WebAssembly text, in gzip or tar or as it is
 * @param sha256 hex digest that the module must have, unpacked; of an image, its manifest. Or empty
 * @param imagePull how the module is fetched if it is on another server
 * @param rootId chooses one of several plugins in a module; may be empty
 * @param configuration handed to {@code proxy_on_configure}; may be empty
 * @param engine what runs its guests
 * @param vm what its VM is started with
 * @param phase where in the chain it stands
 * @param priority within its phase, higher first; equal ones in the order in which they were declared
 * @param failurePolicy what becomes of requests that it cannot judge
 * @param match the requests that it is for
 * @param overrides requests among them that it treats in another way; the first that fits counts
 * @param instances how many VM instances may serve it at once; as many serve each override that has a configuration
 * @param limits what it may use
 * @param allowOnHeadersStopIteration whether Pause from a headers callback holds the headers alone and lets body callbacks come, as the
 *     Envoy option of that name does; otherwise Pause holds everything
 * @param capabilities hostcalls and callbacks that it may use, by name; empty for all
 */
public record PluginConfig(
        String name,
        String module,
        String sha256,
        ImagePull imagePull,
        String rootId,
        String configuration,
        Engine engine,
        VmConfig vm,
        Phase phase,
        int priority,
        FailurePolicy failurePolicy,
        Match match,
        List<PluginOverride> overrides,
        int instances,
        Limits limits,
        boolean allowOnHeadersStopIteration,
        Set<String> capabilities) {

    /** User and password of a URL, also where the password has a {@code @} or {@code /} that should have been written as %40 or %2F. */
    private static final Pattern CREDENTIALS =
            Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*:)//(?:[^/]*@|[^/:@\\[]*:(?!\\d*(?:[/?#]|$)).*@)");

    /**
     * Checks what can be checked without the module.
     *
     * @throws IllegalArgumentException naming the plugin, the key and what is allowed
     */
    public PluginConfig {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a plugin has no name; give it one with 'name'");
        }
        if (module.isBlank()) {
            throw new IllegalArgumentException(
                    "plugin '" + name + "' has no module; name a .wasm or .wat file with 'module'");
        }
        if (!sha256.isEmpty() && !sha256.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException(
                    "plugin '" + name + "': sha256 must be 64 hexadecimal digits, not '" + sha256 + "'");
        }
        if (instances < 1 || instances > 1024) {
            throw new IllegalArgumentException(
                    "plugin '" + name + "': instances is " + instances + "; it must be from 1 to 1024");
        }
        overrides = List.copyOf(overrides);
        capabilities = Set.copyOf(capabilities);
    }

    /** A builder that begins with the defaults of everything else. */
    public static Builder builder(String name, String module) {
        return new Builder(name, module);
    }

    /** How many VM instances there may be in all: overrides with a configuration of their own have as many as the plugin. */
    public int allInstances() {
        long configured = overrides.stream()
                .filter(override -> override.configuration().isPresent())
                .count();
        return instances * (1 + (int) configured);
    }

    /** A builder that begins with everything as it is here. */
    public Builder toBuilder() {
        return new Builder(name, module)
                .sha256(sha256)
                .imagePull(imagePull)
                .rootId(rootId)
                .configuration(configuration)
                .engine(engine)
                .vm(vm)
                .phase(phase)
                .priority(priority)
                .failurePolicy(failurePolicy)
                .match(match)
                .overrides(overrides)
                .instances(instances)
                .limits(limits)
                .allowOnHeadersStopIteration(allowOnHeadersStopIteration)
                .capabilities(capabilities);
    }

    /**
     * {@link #module} for people: without user and password, and of a web address without query and fragment, which may hold secrets too.
     */
    public String displayedModule() {
        String noUser = CREDENTIALS.matcher(module).replaceFirst("$1//***@");
        return noUser.regionMatches(true, 0, "http", 0, 4) ? noUser.replaceFirst("[?#].*", "?***") : noUser;
    }

    /** Without the configuration, which may hold secrets. */
    @Override
    public String toString() {
        return "PluginConfig[name=" + name + ", module=" + displayedModule() + ", rootId=" + rootId + ", phase=" + phase
                + "]";
    }

    /** Builds a {@link PluginConfig}. */
    public static final class Builder {
        private final String name;
        private final String module;
        private String sha256 = "";
        private ImagePull imagePull = ImagePull.DEFAULT;
        private String rootId = "";
        private String configuration = "";
        private Engine engine = Engine.AUTO;
        private VmConfig vm = VmConfig.DEFAULT;
        private Phase phase = Phase.UNSPECIFIED;
        private int priority;
        private FailurePolicy failurePolicy = FailurePolicy.CLOSED;
        private Match match = Match.ALL;
        private List<PluginOverride> overrides = List.of();
        private int instances = Runtime.getRuntime().availableProcessors();
        private Limits limits = Limits.DEFAULT;
        private boolean allowOnHeadersStopIteration;
        private Set<String> capabilities = Set.of();

        private Builder(String name, String module) {
            this.name = name;
            this.module = module;
        }

        /** Hex digest that the module must have; default none. */
        public Builder sha256(String value) {
            sha256 = value;
            return this;
        }

        /** How the module is fetched if it is on another server; default {@link ImagePull#DEFAULT}. */
        public Builder imagePull(ImagePull value) {
            imagePull = value;
            return this;
        }

        /** Chooses one of several plugins in a module; default empty. */
        public Builder rootId(String value) {
            rootId = value;
            return this;
        }

        /** Handed to {@code proxy_on_configure}; default empty. */
        public Builder configuration(String value) {
            configuration = value;
            return this;
        }

        /** What runs its guests; default {@link Engine#AUTO}. */
        public Builder engine(Engine value) {
            engine = value;
            return this;
        }

        /** What its VM is started with. */
        public Builder vm(VmConfig value) {
            vm = value;
            return this;
        }

        /** Where in the chain it stands; default {@link Phase#UNSPECIFIED}. */
        public Builder phase(Phase value) {
            phase = value;
            return this;
        }

        /** Within its phase, higher first; default 0. */
        public Builder priority(int value) {
            priority = value;
            return this;
        }

        /** What becomes of requests that it cannot judge; default {@link FailurePolicy#CLOSED}. */
        public Builder failurePolicy(FailurePolicy value) {
            failurePolicy = value;
            return this;
        }

        /** The requests that it is for; default all. */
        public Builder match(Match value) {
            match = value;
            return this;
        }

        /** Requests that it treats in another way, the first that fits; default none. */
        public Builder overrides(List<PluginOverride> value) {
            overrides = value;
            return this;
        }

        /** How many VM instances may serve it at once; default the number of processors. */
        public Builder instances(int value) {
            instances = value;
            return this;
        }

        /** What it may use. */
        public Builder limits(Limits value) {
            limits = value;
            return this;
        }

        /** Whether Pause from a headers callback lets body callbacks come; default false. */
        public Builder allowOnHeadersStopIteration(boolean value) {
            allowOnHeadersStopIteration = value;
            return this;
        }

        /** Hostcalls and callbacks that it may use; default all. */
        public Builder capabilities(Set<String> value) {
            capabilities = value;
            return this;
        }

        /**
         * The configuration.
         *
         * @throws IllegalArgumentException if something is missing or out of range
         */
        public PluginConfig build() {
            return new PluginConfig(
                    name,
                    module,
                    sha256,
                    imagePull,
                    rootId,
                    configuration,
                    engine,
                    vm,
                    phase,
                    priority,
                    failurePolicy,
                    match,
                    overrides,
                    instances,
                    limits,
                    allowOnHeadersStopIteration,
                    capabilities);
        }
    }
}
