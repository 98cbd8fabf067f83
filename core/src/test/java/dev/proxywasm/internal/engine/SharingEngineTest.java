package dev.proxywasm.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.proxywasm.internal.wasm.ModuleInfo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharingEngineTest {

    private static final byte[] MODULE = {1, 2, 3};
    private static final ModuleLimits LIMITS = new ModuleLimits(1 << 20, 10);

    private final List<String> log = new ArrayList<>();
    private final WasmEngine engine = new SharingEngine(new WasmEngine() {
        @Override
        public CompiledModule compile(String name, byte[] module, ModuleLimits limits) {
            log.add("compile " + name);
            return new Code(name);
        }

        @Override
        public void close() {
            log.add("close the engine");
        }
    });

    private final class Code implements CompiledModule {
        private final String name;

        Code(String name) {
            this.name = name;
        }

        @Override
        public ModuleInfo info() {
            throw new IllegalStateException("nobody asks");
        }

        @Override
        public StackRoom stackRoom() {
            throw new IllegalStateException("nobody asks");
        }

        @Override
        public String engine() {
            throw new IllegalStateException("nobody asks");
        }

        @Override
        public WasmInstance instantiate(InstanceSpec spec) {
            throw new IllegalStateException("nobody asks");
        }

        @Override
        public void close() {
            log.add("release " + name);
        }
    }

    @Test
    void compilesOneModuleOnceAndReleasesItWithItsLastOwner() {
        CompiledModule one = engine.compile("one", MODULE, LIMITS);
        CompiledModule two = engine.compile("two", MODULE.clone(), new ModuleLimits(1 << 20, 10));
        one.close();
        one.close();
        assertThat(log).containsExactly("compile one");
        two.close();
        assertThat(log).containsExactly("compile one", "release one");
    }

    @Test
    void compilesAnewWhatNobodyUsesAnyLonger() {
        engine.compile("one", MODULE, LIMITS).close();
        engine.compile("two", MODULE, LIMITS).close();
        assertThat(log).containsExactly("compile one", "release one", "compile two", "release two");
    }

    @Test
    void sharesNothingWithOtherLimitsOrBytes() {
        engine.compile("one", MODULE, LIMITS);
        engine.compile("two", MODULE, new ModuleLimits(1 << 21, 10));
        engine.compile("three", new byte[] {1, 2}, LIMITS);
        assertThat(log).containsExactly("compile one", "compile two", "compile three");
    }

    @Test
    void aReleasedShareGivesNoOther() {
        SharedCode code = new SharedCode(new Code("one"));
        code.close();
        assertThatIllegalStateException().isThrownBy(code::forAnother);
    }

    @Test
    void closesTheEngine() {
        engine.close();
        assertThat(log).containsExactly("close the engine");
    }
}
