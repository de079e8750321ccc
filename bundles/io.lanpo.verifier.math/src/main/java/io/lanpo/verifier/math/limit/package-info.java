/**
 * What one comparison may cost, counted in steps, digits and depth and never in time, and the
 * refusal of what would cost more or has no meaning.
 */
@NullMarked
package io.lanpo.verifier.math.limit;

import org.jspecify.annotations.NullMarked;
