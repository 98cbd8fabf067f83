package dev.proxywasm.internal.callout.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.spi.DnsAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JdkDnsResolverTest {

    private final BlockingQueue<List<DnsAddress>> answers = new LinkedBlockingQueue<>();

    @Test
    void resolvesOffTheCallersThread() throws InterruptedException {
        try (JdkDnsResolver resolver = new JdkDnsResolver()) {
            resolver.resolve("localhost", answers::add);
            assertThat(next()).isNotEmpty().allMatch(one -> one.address().isLoopbackAddress());
            resolver.resolve("127.0.0.1", answers::add);
            assertThat(next())
                    .singleElement()
                    .satisfies(one -> assertThat(one.address().getHostAddress()).isEqualTo("127.0.0.1"));
        }
    }

    @Test
    void answersNothingForANameThatIsUnknown() throws InterruptedException {
        JdkDnsResolver.Lookup unknown = name -> {
            throw new UnknownHostException(name);
        };
        try (JdkDnsResolver resolver = new JdkDnsResolver(unknown)) {
            resolver.resolve("nowhere.example", answers::add);
            assertThat(next()).isEmpty();
        }
    }

    @Test
    void answersNothingForWhatCannotWait() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        JdkDnsResolver.Lookup slow = name -> {
            awaitQuietly(open);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        try (JdkDnsResolver resolver = new JdkDnsResolver(slow)) {
            int started = 0;
            while (answers.isEmpty()) {
                resolver.resolve("slow.example", answers::add);
                started++;
            }
            assertThat(next()).as("the answer to look-up " + started).isEmpty();
            assertThat(started).isEqualTo(4 + 1000 + 1);
            open.countDown();
            for (int i = 1; i < started; i++) {
                assertThat(next()).hasSize(1);
            }
        }
    }

    @Test
    void tellsHowLongTheJdkItselfUsesAnAddress() {
        assertThat(JdkDnsResolver.cacheSeconds(null)).isEqualTo(30);
        assertThat(JdkDnsResolver.cacheSeconds("")).isEqualTo(30);
        assertThat(JdkDnsResolver.cacheSeconds(" 60 ")).isEqualTo(60);
        assertThat(JdkDnsResolver.cacheSeconds("-1")).isEqualTo(0xFFFF_FFFFL);
    }

    private List<DnsAddress> next() throws InterruptedException {
        return answers.poll(20, TimeUnit.SECONDS);
    }

    private static void awaitQuietly(CountDownLatch latch) throws UnknownHostException {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("interrupted");
        }
    }
}
