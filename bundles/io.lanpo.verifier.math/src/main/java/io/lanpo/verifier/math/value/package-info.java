/**
 * The value of a term: exactly, as a fraction of polynomials ({@link
 * io.lanpo.verifier.math.value.Normaliser}), or with 50 digits at a given point ({@link
 * io.lanpo.verifier.math.value.Evaluator}).
 */
@NullMarked
package io.lanpo.verifier.math.value;

import org.jspecify.annotations.NullMarked;
