package dev.proxywasm.internal.module.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChallengeTest {

    static Stream<Arguments> values() {
        return Stream.of(
                row("Basic realm=\"x\"", challenge("basic", "realm", "x")),
                row("BASIC", challenge("basic")),
                row(
                        "Bearer realm=\"https://auth.example/token\",service=\"registry\",scope=\"a:b:pull,push\"",
                        challenge(
                                "bearer",
                                "realm",
                                "https://auth.example/token",
                                "service",
                                "registry",
                                "scope",
                                "a:b:pull,push")),
                row(
                        "Bearer Realm = \"a\\\"b\\\\c\" , service=s",
                        challenge("bearer", "realm", "a\"b\\c", "service", "s")),
                row(
                        "Negotiate, Basic realm=x, Bearer realm=y",
                        challenge("negotiate"),
                        challenge("basic", "realm", "x"),
                        challenge("bearer", "realm", "y")),
                row("Negotiate YWJj==, Basic realm=x", challenge("negotiate"), challenge("basic", "realm", "x")),
                row("Bearer realm=a, realm=b", challenge("bearer", "realm", "a")),
                row(" , ,Basic", challenge("basic")),
                row("Bearer realm=\"never closed", challenge("bearer")),
                row("=x"),
                row(""),
                row("Bearer realm=\"" + "x".repeat(10_000) + "\""));
    }

    @ParameterizedTest
    @MethodSource("values")
    void isReadFromAValue(String value, List<Challenge> challenges) {
        assertThat(Challenge.parse(List.of(value))).isEqualTo(challenges);
    }

    private static Arguments row(String value, Challenge... challenges) {
        return Arguments.of(value, List.of(challenges));
    }

    private static Challenge challenge(String scheme, String... parameters) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            map.put(parameters[i], parameters[i + 1]);
        }
        return new Challenge(scheme, map);
    }
}
