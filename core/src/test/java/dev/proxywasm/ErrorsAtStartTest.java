package dev.proxywasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A host that does not start because of an error leaves nothing of the plugins that had started. */
class ErrorsAtStartTest {

    private static final String SAYS_WHEN_IT_BEGINS_AND_ENDS =
            """
            (module
              (import "env" "proxy_log" (func $log (param i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "beginend")
              (func (export "proxy_abi_version_0_2_1"))
              (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
              (func (export "_initialize") (drop (call $log (i32.const 2) (i32.const 0) (i32.const 5))))
              (func (export "proxy_on_delete") (param i32) (drop (call $log (i32.const 2) (i32.const 5) (i32.const 3)))))
            """;

    private final OutOfMemoryError error = new OutOfMemoryError("as if");

    @TempDir
    private Path directory;

    private final List<String> said = new ArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.proxywasm.plugin.first");
    private int beginningsUntilTheError = Integer.MAX_VALUE;
    private final Appender<ILoggingEvent> appender = new UnsynchronizedAppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            String line = event.getFormattedMessage();
            said.add(line.substring(line.indexOf("] ") + 2));
            if (said.stream().filter("begin"::equals).count() == beginningsUntilTheError) {
                throw error;
            }
        }
    };

    @BeforeEach
    void listen() throws IOException {
        Files.write(directory.resolve("first.wat"), SAYS_WHEN_IT_BEGINS_AND_ENDS.getBytes(UTF_8));
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
    }

    private static PluginConfig.Builder first() {
        return PluginConfig.builder("first", "first.wat").engine(Engine.JVM).instances(1);
    }

    private void startFails(PluginConfig... plugins) {
        ClassLoader failing = new ClassLoader(getClass().getClassLoader()) {
            @Override
            public URL getResource(String name) {
                throw error;
            }
        };
        ProxyWasmConfig config = new ProxyWasmConfig(true, List.of(plugins), directory);
        assertThatThrownBy(() -> ProxyWasm.start(config, failing)).isSameAs(error);
    }

    @Test
    void endsThePluginsBeforeTheOneThatMeetsIt() {
        startFails(
                first().build(),
                PluginConfig.builder("second", "classpath:second.wasm").build());
        assertThat(said).containsExactly("begin", "end");
    }

    @Test
    void endsTheVmsOfAPluginOfWhichAnotherOneMeetsIt() {
        beginningsUntilTheError = 2;
        startFails(
                first().overrides(List.of(PluginOverride.configured(new Match(List.of("/other"), Set.of()), "other")))
                        .build());
        assertThat(said).containsExactly("begin", "begin", "end");
    }
}
