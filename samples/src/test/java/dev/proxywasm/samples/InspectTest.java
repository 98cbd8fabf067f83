package dev.proxywasm.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InspectTest {

    @Test
    void aFilterThatRunsIsSuccess() {
        assertThat(Inspect.inspect("filters/wat/api-key.wat", false)).isZero();
    }

    @Test
    void whatDoesNotRunOrIsMissingIsFailure() {
        assertThat(Inspect.inspect("filters/README.md", false)).isEqualTo(1);
        assertThat(Inspect.inspect("filters/none.wasm", false)).isEqualTo(1);
        assertThat(Inspect.inspect("http://127.0.0.1:1/none.wasm", false)).isEqualTo(1);
    }
}
