package dev.proxywasm.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricLabelsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reporter=.=source;.;code=.=200;.;requests_total",
                "reporter.=.source;.;code.=.200;.;requests_total",
                "requests_total.reporter=.=source;.;code=.=200;.;"
            })
    void takesLabelsOutOfTheName(String name) {
        MetricLabels labels = MetricLabels.of(name);

        assertThat(labels.name()).isEqualTo("requests_total");
        assertThat(labels.labels()).containsExactly(entry("reporter", "source"), entry("code", "200"));
    }

    @Test
    void keepsDotsAndEqualSignsInValues() {
        assertThat(MetricLabels.of("host=.=a.b=c;.;hits").labels()).containsExactly(entry("host", "a.b=c"));
    }

    @Test
    void letsTheFirstOfTwoLabelsCount() {
        assertThat(MetricLabels.of("a=.=1;.;a=.=2;.;hits").labels()).containsExactly(entry("a", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hits", "a.b.c", "a=1;hits", "=.=1;.;", "a=.=1;.;"})
    void leavesOtherNamesAsTheyAre(String name) {
        assertThat(MetricLabels.of(name).name()).isEqualTo(name);
        assertThat(MetricLabels.of(name).labels()).isEmpty();
    }

    @Test
    void takesNoLongerForAHostileName() {
        String hostile = "a=.=".repeat(25_000);

        assertThat(MetricLabels.of(hostile).labels()).isEmpty();
    }
}
