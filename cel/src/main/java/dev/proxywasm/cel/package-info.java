/**
 * Expressions of plugins in Google's Common Expression Language, as foreign functions: {@code expr_create}, {@code expr_evaluate},
 * {@code expr_delete}.
 *
 * <p>Main type: {@link dev.proxywasm.cel.ExpressionFunctions}, which a host finds when this module is on its class path; without it, guests
 * get NOT_FOUND. May depend on {@code dev.proxywasm.spi} and {@code dev.proxywasm.abi}, and on CEL.
 */
@NullMarked
package dev.proxywasm.cel;

import org.jspecify.annotations.NullMarked;
