package dev.proxywasm.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeaderMapTest {

    private static final List<String> NAMES = List.of(
            "a",
            "A",
            "host",
            "Host",
            "content-length",
            "Content-Length",
            "x-1",
            "X-2",
            ":path",
            ":status",
            "\u00c9-X",
            "\u00e9-x",
            "");

    @Test
    void finds() {
        HeaderMap map = HeaderMap.of(":status", "200", "Set-Cookie", "a=b", "set-cookie", "c=d");
        assertThat(map.get("SET-COOKIE")).isEqualTo("a=b");
        assertThat(map.getAll("set-cookie")).containsExactly("a=b", "c=d");
        assertThat(map.contains("set-cookies")).isFalse();
        assertThat(map.spelling(1)).isEqualTo("Set-Cookie");
    }

    @Test
    void addsOnlyWhatIsAbsent() {
        HeaderMap map = HeaderMap.of(":path", "/", "Accept", "*/*");
        assertThat(map.addIfAbsent("accept", "text/html")).isFalse();
        assertThat(map.addIfAbsent("Via", "1.1 a")).isTrue();
        assertThat(map.addIfAbsent(":method", "GET")).isTrue();
        assertThat(map).isEqualTo(HeaderMap.of(":path", "/", ":method", "GET", "accept", "*/*", "via", "1.1 a"));
    }

    @Test
    void behavesAsAListOfPairsWhateverIsDoneToIt() {
        Random random = new Random(42);
        HeaderMap map = new HeaderMap(2);
        List<String[]> expected = new ArrayList<>();
        for (int step = 0; step < 50_000; step++) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            change(random.nextInt(40), name, "v" + step, map, expected);
            String asked = NAMES.get(random.nextInt(NAMES.size()));
            assertThat(map.getAll(asked)).isEqualTo(values(expected, asked));
            assertThat(map.contains(asked)).isEqualTo(!values(expected, asked).isEmpty());
        }
    }

    private static void change(int what, String name, String value, HeaderMap map, List<String[]> expected) {
        List<String> before = values(expected, name);
        if (what < 16) {
            map.add(name, value);
            expected.add(new String[] {key(name), value});
        } else if (what < 24) {
            assertThat(map.addIfAbsent(name, value)).isEqualTo(before.isEmpty());
            if (before.isEmpty()) {
                expected.add(new String[] {key(name), value});
            }
        } else if (what < 39) {
            assertThat(map.remove(name)).isEqualTo(!before.isEmpty());
            expected.removeIf(pair -> pair[0].equals(key(name)));
        } else {
            map.clear();
            expected.clear();
        }
        assertThat(map.size()).isEqualTo(expected.size());
    }

    private static List<String> values(List<String[]> pairs, String name) {
        return pairs.stream()
                .filter(pair -> pair[0].equals(key(name)))
                .map(pair -> pair[1])
                .toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
