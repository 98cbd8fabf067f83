package dev.proxywasm.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON text of YAML values. */
class JsonTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {}                          | {}
            []                          | []
            {b: 1, a: 2, c: {}}         | {"b":1,"a":2,"c":{}}
            [true, True, FALSE]         | [true,true,false]
            [yes, no, on, off]          | ["yes","no","on","off"]
            ["true", '1', "null"]       | ["true","1","null"]
            [~, null, ]                 | [null,null]
            {a: , b: }                  | {"a":null,"b":null}
            [0, -0, 12, +7, 007]        | [0,0,12,7,7]
            [0x1F, 0o17]                | [31,15]
            [123456789012345678901234]  | [123456789012345678901234]
            [1.50, 1., .5, -.5, +1.5]   | [1.50,1,0.5,-0.5,1.5]
            [1e3, 1E+400, 0.1e-2]       | [1e3,1E+400,0.1e-2]
            [1.0.0, 12:30, 2026-01-01]  | ["1.0.0","12:30","2026-01-01"]
            ["a\\"b\\\\c/d"]            | ["a\\"b\\\\c/d"]
            ["\\n\\r\\t\\0\\e"]         | ["\\n\\r\\t\\u0000\\u001b"]
            [grüße, "\\U0001F600"]      | ["grüße","😀"]
            {1: a, true: b, ~: c}       | {"1":"a","true":"b","~":"c"}
            {a: &x [1, 2], b: *x}       | {"a":[1,2],"b":[1,2]}
            """)
    void keepsKindsAndOrder(String yaml, String json) {
        assertThat(json(yaml)).isEqualTo(json);
    }

    @Test
    void joinsTextOfSeveralLinesAsYamlDoes() {
        assertThat(json("folded: >\n  one\n  two\nkept: |\n  one\n  two\n"))
                .isEqualTo("{\"folded\":\"one two\\n\",\"kept\":\"one\\ntwo\\n\"}");
    }

    private static String json(String yaml) {
        return new JsonText().of(new Located(new YamlTree("test").read(yaml), ""));
    }
}
