/**
 * Whether two answers mean the same: {@link io.lanpo.verifier.math.compare.Comparison} calls the
 * rule for the kinds of answer at hand, under the {@link
 * io.lanpo.verifier.math.compare.Conventions} of a profile, and each {@link
 * io.lanpo.verifier.math.compare.Decision} names the rule that made it.
 */
@NullMarked
package io.lanpo.verifier.math.compare;

import org.jspecify.annotations.NullMarked;
