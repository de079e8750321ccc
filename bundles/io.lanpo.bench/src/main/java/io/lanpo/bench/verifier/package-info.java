/**
 * {@code bench verifier}: how many responses any verifier judges a second, and how long one takes.
 */
@NullMarked
package io.lanpo.bench.verifier;

import org.jspecify.annotations.NullMarked;
