/**
 * A verifier for mathematical answers.
 *
 * <p>An answer passes through these packages: {@code parse} reads it into a {@code tree}, {@code
 * compare} decides whether two trees mean the same, for which {@code value} works out terms,
 * exactly where that is possible and else with 50 digits at fixed points. {@link
 * io.lanpo.verifier.math.Judge} puts them together and explains; {@link
 * io.lanpo.verifier.math.MathVerifier} is the service.
 *
 * <p>Responses are hostile until shown otherwise: length, depth, size of numbers and number of
 * steps are bounded ({@code limit}), and what is beyond a bound is reported, not tried.
 */
@NullMarked
package io.lanpo.verifier.math;

import org.jspecify.annotations.NullMarked;
