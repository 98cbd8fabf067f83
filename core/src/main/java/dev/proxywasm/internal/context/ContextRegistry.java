package dev.proxywasm.internal.context;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of one VM: those that are live, and the one that hostcalls act on.
 *
 * <p>Current is the context of the callback under way, effective the one that the guest chose with
 * {@code proxy_set_effective_context}. Hostcalls act on the effective one while it lives, otherwise on the current one.
 */
public final class ContextRegistry {

    private final ContextTable live = new ContextTable();
    private final VmContext vmContext = new VmContext();
    private Context current = vmContext;
    private @Nullable Context effective;
    private int lastId;
    private boolean wrapped;

    /** A number that no live context has; numbers rise from 1 and are not used again until they wrap around. */
    public int nextId() {
        do {
            lastId++;
            wrapped |= lastId == 0;
        } while (wrapped && (lastId == 0 || live.find(lastId) != null));
        return lastId;
    }

    /** Adds a context under its number. */
    public void add(Context context) {
        live.add(context);
    }

    /** Removes a context; the guest can no longer name it. */
    public void remove(Context context) {
        live.remove(context.id());
        if (effective == context) {
            effective = null;
        }
    }

    /** Ends every context at once, because the VM is over. */
    public void endAll() {
        List<Context> ended = live.all();
        live.clear();
        leave();
        ended.forEach(Context::onVmEnded);
    }

    /** How many contexts are live, the VM's own not counted. */
    public int size() {
        return live.size();
    }

    /** The live contexts but for one, in the order of their numbers. */
    public List<Context> others(Context one) {
        return live.all().stream()
                .filter(context -> context != one)
                .sorted(Comparator.comparingInt(Context::id))
                .toList();
    }

    /** The live context of that number, or null. */
    public @Nullable Context find(int id) {
        return live.find(id);
    }

    /** The context that hostcalls act on. */
    public Context active() {
        Context chosen = effective;
        return chosen == null ? current : chosen;
    }

    /** The context of the callback under way, or the VM's own. */
    public Context current() {
        return current;
    }

    /**
     * Chooses the context that hostcalls act on until the callback returns; tells whether a live one has that number. The VM's own, 0,
     * means none: the current one is acted on again.
     */
    public boolean setEffective(int id) {
        Context chosen = live.find(id);
        if (chosen == null && id != vmContext.id()) {
            return false;
        }
        effective = chosen;
        return true;
    }

    /** Begins a callback: its context is current, none is effective. */
    public void enter(Context context) {
        current = context;
        effective = null;
    }

    /** Ends a callback: the VM's own context is current again. */
    public void leave() {
        enter(vmContext);
    }
}
