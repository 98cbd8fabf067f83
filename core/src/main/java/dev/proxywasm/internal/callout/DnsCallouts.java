package dev.proxywasm.internal.callout;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.callback.Callback;
import dev.proxywasm.spi.DnsAddress;
import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names that one VM has asked to be resolved. Confined to the VM.
 *
 * <p>An answer is, as in Envoy: the number of addresses (u32), their times to live in seconds (u32 each), the addresses as text with port 0,
 * each behind the other with a NUL after it. All numbers are little-endian. Nothing at all is the answer to a name without an address.
 */
public final class DnsCallouts {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.callout");

    /** Names and addresses as text; the most that DNS has room for. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,253}");

    private static final Duration NO_OTHER_LIMIT = Duration.ofDays(1);
    private static final long MOST_SECONDS = 0xFFFF_FFFFL;

    private final Callouts callouts;
    private final CalloutServices services;

    DnsCallouts(Callouts callouts, CalloutServices services) {
        this.callouts = callouts;
        this.services = services;
    }

    /** Begins to look a name up. */
    public CalloutStart resolve(String name) {
        if (!NAME.matcher(name).matches()) {
            return CalloutStart.refused(Status.BAD_ARGUMENT, "the name is none that DNS could have");
        }
        if (!services.upstreams().mayResolve(name)) {
            return CalloutStart.refused(
                    Status.BAD_ARGUMENT,
                    "'" + name
                            + "' is the host of no upstream; add one, or set 'allow-direct-callouts' to let plugins resolve any name");
        }
        String full = callouts.refusal();
        if (full != null) {
            return CalloutStart.refused(Status.INTERNAL_FAILURE, full);
        }
        Lookup lookup = callouts.add(token -> new Lookup(token, name));
        try {
            lookup.started(
                    services.dns().resolve(name, found -> callouts.post(() -> lookup.ended(found))),
                    callouts.watch(lookup, callouts.timeout(0, NO_OTHER_LIMIT)));
            return CalloutStart.started(lookup.token());
        } catch (RuntimeException broken) {
            callouts.end(lookup);
            LOG.error(
                    "plugin '{}': '{}' could not be looked up",
                    callouts.plugin().name(),
                    name,
                    broken);
            return CalloutStart.refused(Status.INTERNAL_FAILURE, "the look-up could not be started: " + broken);
        }
    }

    private static byte[] encode(List<DnsAddress> found) {
        ByteBuffer numbers = ByteBuffer.allocate(4 + 4 * found.size()).order(ByteOrder.LITTLE_ENDIAN);
        numbers.putInt(found.size());
        ByteArrayOutputStream texts = new ByteArrayOutputStream();
        for (DnsAddress one : found) {
            numbers.putInt((int) Math.min(MOST_SECONDS, one.timeToLive().toSeconds()));
            texts.writeBytes(text(one.address()).getBytes(US_ASCII));
            texts.write(0);
        }
        byte[] answer = new byte[numbers.capacity() + texts.size()];
        System.arraycopy(numbers.array(), 0, answer, 0, numbers.capacity());
        System.arraycopy(texts.toByteArray(), 0, answer, numbers.capacity(), texts.size());
        return answer;
    }

    private static String text(InetAddress address) {
        String literal = address.getHostAddress();
        return (address instanceof Inet6Address ? "[" + literal + "]" : literal) + ":0";
    }

    /** One name. */
    private final class Lookup extends OutstandingCall {

        private final String name;

        Lookup(int token, String name) {
            super(token);
            this.name = name;
        }

        @Override
        void timedOut(String reason) {
            if (callouts.end(this)) {
                cancel();
                callouts.warn("the look-up " + token() + " of '" + name + "' failed: " + reason);
                tell(new byte[0]);
            }
        }

        void ended(List<DnsAddress> found) {
            if (callouts.end(this)) {
                tell(found.isEmpty() ? new byte[0] : encode(found));
            }
        }

        private void tell(byte[] answer) {
            callouts.view().show(BufferType.CALL_DATA, ByteBuffer.wrap(answer));
            callouts.tell(Callback.RESOLVE_DNS, this, answer.length, 0, 0);
        }
    }
}
