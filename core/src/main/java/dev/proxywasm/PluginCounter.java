package dev.proxywasm;

import java.util.Locale;

/** What a host counts of each plugin, from its start and over all its VMs. */
public enum PluginCounter {
    /** Exchanges that it was asked about. */
    REQUESTS("exchanges that it was asked about"),
    /** Local responses that its guest gave. */
    LOCAL_RESPONSES("local responses that its guest gave"),
    /** Exchanges that its guest ended without an answer. */
    RESETS("exchanges that its guest ended without an answer"),
    /** Exchanges that it paused beyond its pause-timeout. */
    PAUSE_TIMEOUTS("exchanges that it paused beyond its pause-timeout"),
    /** Bodies of which it held more than it may. */
    BODIES_TOO_LARGE("bodies of which it held more than it may"),
    /** Exchanges that were refused because it could not be asked, as its failure policy says. */
    REFUSED("exchanges refused by its failure-policy, because it could not be asked"),
    /** Exchanges that passed although it could not be asked, as its failure policy says. */
    BYPASSED("exchanges let pass by its failure-policy, although it could not be asked"),
    /** VMs that ended because their guest was stopped: by its own fault or by a limit. */
    TRAPS("VMs that ended because their guest was stopped"),
    /** VMs that were started. */
    STARTS("VMs that were started"),
    /** VMs that did not start. */
    START_FAILURES("VMs that did not start"),
    /** VMs that were started in place of ones that trapped. */
    RESTARTS("VMs that were started in place of ones that trapped"),
    /** Callouts that were started, HTTP and gRPC. */
    CALLOUTS("callouts that were started"),
    /** Callouts that ended without an answer, or with a gRPC status other than 0. */
    CALLOUT_FAILURES("callouts that failed"),
    /** Entries into its guest, each with one or more callbacks. */
    ENTRIES("entries into its guest, each with one or more callbacks");

    private final String meaning;

    PluginCounter(String meaning) {
        this.meaning = meaning;
    }

    /** Its name in kebab-case, as documents and endpoints show it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it counts, in a few words. */
    public String meaning() {
        return meaning;
    }
}
