package dev.proxywasm.internal.hostcall;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginCounter;
import dev.proxywasm.internal.callback.Callback;
import dev.proxywasm.internal.callout.CalloutServices;
import dev.proxywasm.internal.callout.CalloutVm;
import dev.proxywasm.internal.callout.Callouts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The VM's side of callouts without a guest: notes the callbacks, and runs answers and time-outs when a test says so. */
final class FakeCallouts extends ScheduledThreadPoolExecutor implements CalloutVm {

    final List<String> calls = new ArrayList<>();
    final Map<PluginCounter, Integer> counts = new EnumMap<>(PluginCounter.class);
    final List<String> warnings = new ArrayList<>();
    final List<Long> timeoutMillis = new ArrayList<>();
    Runnable duringCall = () -> {};
    private final Queue<Runnable> answers = new ArrayDeque<>();
    private final Queue<Runnable> timers = new ArrayDeque<>();

    FakeCallouts() {
        super(0);
    }

    Callouts calling(CalloutServices services, PluginConfig plugin) {
        return new Callouts(services, plugin, this, this);
    }

    /** Runs the answers that came, and those that come of them. */
    void runAnswers() {
        for (Runnable answer = answers.poll(); answer != null; answer = answers.poll()) {
            answer.run();
        }
    }

    /** Lets the time of every call run out. */
    void runTimers() {
        timers.forEach(Runnable::run);
        timers.clear();
        runAnswers();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable timer, long delay, TimeUnit unit) {
        timeoutMillis.add(unit.toMillis(delay));
        timers.add(timer);
        return super.schedule(() -> {}, 1, TimeUnit.DAYS);
    }

    @Override
    public void post(Runnable action) {
        answers.add(action);
    }

    @Override
    public void call(Callback callback, int token, int first, int second, int third) {
        calls.add(callback + " " + token + " " + first + " " + second + " " + third);
        duringCall.run();
    }

    @Override
    public void count(PluginCounter counter) {
        counts.merge(counter, 1, Integer::sum);
    }

    @Override
    public void warn(String problem) {
        warnings.add(problem);
    }
}
