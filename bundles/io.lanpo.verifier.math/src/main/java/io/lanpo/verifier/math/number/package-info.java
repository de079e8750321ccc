/** Numbers: exact fractions of any size, and real and complex numbers with 50 digits. */
@NullMarked
package io.lanpo.verifier.math.number;

import org.jspecify.annotations.NullMarked;
