package dev.proxywasm.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** A semicolon of a label that is none is a part of the name, and the next one may end a label. */
    @ParameterizedTest
    @CsvSource({
        "'a=.=1;b=.=2;.;x', 'a=.=1;x', b, 2",
        "';.;a=.=1;.;x', ';.;x', a, 1",
        "'x;.;a=.=1;.;', 'x;.;', a, 1",
        "'-a=.=b=.=1;.;x', '-x', a, 'b=.=1'",
        "'a=.=1;.;.;x', ;x, a, 1"
    })
    void findsALabelBehindWhatIsNone(String metric, String name, String key, String value) {
        assertThat(MetricLabels.of(metric)).isEqualTo(new MetricLabels(name, Map.of(key, value)));
    }

    /** What takes the square of the length takes minutes here. */
    @ParameterizedTest
    @ValueSource(strings = {"a=.=", "a", "a=.=1;", ";", ";."})
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void takesNoLongerForAHostileName(String repeated) {
        String hostile = repeated.repeat(500_000 / repeated.length()) + ";";

        assertThat(MetricLabels.of(hostile).labels()).isEmpty();
    }
}
