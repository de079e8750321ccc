/**
 * A verifier for answers that are equal as text or as numbers.
 *
 * <p>{@link io.lanpo.verifier.exact.NumberReader} reads exact numbers, {@link
 * io.lanpo.verifier.exact.Equality} decides by rules that have names, and {@link
 * io.lanpo.verifier.exact.ExactVerifier} is the service.
 */
@NullMarked
package io.lanpo.verifier.exact;

import org.jspecify.annotations.NullMarked;
