package dev.proxywasm.cel;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;

/**
 * The language of expressions: standard CEL without what could take long. The same for all VMs; immutable.
 *
 * <p>An expression's cost is bounded by its size and that of the attributes: no comprehensions, regular expressions in linear time and of
 * limited size, expressions of limited size and depth.
 */
final class Language {

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .enableComprehension(false)
            .maxExpressionCodePointSize(16 * 1024)
            .maxParseRecursionDepth(64)
            .maxParseExpressionNodeCount(1000)
            .maxRegexProgramSize(100)
            .build();

    private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.HAS)
            .build();

    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

    private Language() {}

    /**
     * An expression ready for evaluation. As in Envoy, types are not checked: attributes have none before they are there.
     *
     * @throws CelValidationException if it cannot be parsed
     * @throws CelEvaluationException if it cannot be planned
     */
    static Program compile(String expression) throws CelValidationException, CelEvaluationException {
        return RUNTIME.createProgram(PARSER.parse(expression).getAst());
    }
}
