/**
 * A verifier for mathematical answers.
 *
 * <p>The way of an answer: {@link io.lanpo.verifier.math.AnswerFinder} finds it in a response,
 * {@link io.lanpo.verifier.math.Lexer} and {@link io.lanpo.verifier.math.AnswerParser} read TeX or
 * plain notation into an {@link io.lanpo.verifier.math.Expr}, and {@link
 * io.lanpo.verifier.math.Comparison} decides whether two of them mean the same under {@link
 * io.lanpo.verifier.math.Conventions}. What is a single value goes to {@link
 * io.lanpo.verifier.math.Scalars}: first exactly, as fractions of polynomials over roots and
 * constants ({@link io.lanpo.verifier.math.Normaliser}), then, where that does not decide, with 50
 * digits at fixed points ({@link io.lanpo.verifier.math.Evaluator}). {@link
 * io.lanpo.verifier.math.MathVerifier} is the service.
 *
 * <p>Responses are hostile until shown otherwise: length, depth, size of numbers and number of
 * steps are bounded by a {@link io.lanpo.verifier.math.Budget}, and what is beyond it is said, not
 * tried.
 */
@NullMarked
package io.lanpo.verifier.math;

import org.jspecify.annotations.NullMarked;
