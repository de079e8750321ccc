/**
 * Verifiers that shape a reward: {@link io.lanpo.verifier.composite.CompositeVerifier} adds up
 * others, {@link io.lanpo.verifier.composite.FormatVerifier} rewards a form, {@link
 * io.lanpo.verifier.composite.LengthVerifier} takes off for length.
 */
@NullMarked
package io.lanpo.verifier.composite;

import org.jspecify.annotations.NullMarked;
